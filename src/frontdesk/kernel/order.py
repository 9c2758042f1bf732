"""An ordered set of keys that knows the rank of each, in blocks so that no operation is linear."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator

WaitKey = tuple[int, int, int]
"""(−priority, age_from_ms, contact_id): the smaller is served first."""

BLOCK_KEYS_MAX = 1024


class OrderedKeys:
    """Unique keys in ascending order; add, remove and rank cost about √n at worst, log n in use.

    The last key added stands apart until somebody asks about the order: most contacts find an agent
    in the decision that brings them, and are never compared with anybody.
    """

    __slots__ = ("_blocks", "_count", "_lasts", "_late")

    def __init__(self) -> None:
        self._blocks: list[list[WaitKey]] = []
        self._lasts: list[WaitKey] = []
        self._count = 0
        self._late: WaitKey | None = None

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[WaitKey]:
        self._settle()
        for block in self._blocks:
            yield from block

    def first(self) -> WaitKey:
        """The smallest key; the set may not be empty."""
        if self._late is not None:
            self._settle()
        return self._blocks[0][0]

    def add(self, key: WaitKey) -> None:
        self._count += 1
        if self._late is not None:
            self._settle()
        self._late = key

    def remove(self, key: WaitKey) -> None:
        """Removes a key that is present."""
        self._count -= 1
        if self._late == key:
            self._late = None
            return
        at = bisect_left(self._lasts, key)
        block = self._blocks[at]
        index = bisect_left(block, key)
        assert block[index] == key, "the key is not in the set"
        del block[index]
        if not block:
            del self._blocks[at]
            del self._lasts[at]
        elif index == len(block):
            self._lasts[at] = block[-1]

    def rank(self, key: WaitKey) -> int:
        """How many keys are smaller."""
        self._settle()
        at = bisect_left(self._lasts, key)
        before = sum(map(len, self._blocks[:at]))
        return before + (bisect_left(self._blocks[at], key) if at < len(self._blocks) else 0)

    def after(self, key: WaitKey) -> WaitKey | None:
        """The smallest key beyond this one, which need not be in the set."""
        self._settle()
        at = bisect_right(self._lasts, key)
        if at == len(self._blocks):
            return None
        block = self._blocks[at]
        return block[bisect_right(block, key)]

    def _settle(self) -> None:
        """Puts the last key added into its place."""
        key, self._late = self._late, None
        if key is None:
            return
        lasts = self._lasts
        if not lasts:
            self._blocks.append([key])
            lasts.append(key)
            return
        if key > lasts[-1]:
            at = len(lasts) - 1
            block = self._blocks[at]
            block.append(key)
            lasts[at] = key
        else:
            at = bisect_left(lasts, key)
            block = self._blocks[at]
            insort(block, key)
        if len(block) > BLOCK_KEYS_MAX:
            self._split(at)

    def _split(self, at: int) -> None:
        block = self._blocks[at]
        half = len(block) // 2
        self._blocks[at : at + 1] = [block[:half], block[half:]]
        self._lasts[at : at + 1] = [block[half - 1], block[-1]]
