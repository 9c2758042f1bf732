"""Counts over a window that slides, in a dozen parts of it.

A part is left out when the window no longer reaches its beginning, so that between eleven twelfths
of the window and all of it are counted.
"""

import msgspec

PARTS = 12


class Part(msgspec.Struct, gc=False):
    start_ms: int
    hits: int
    counted: int


class Tally(msgspec.Struct):
    """`hits` among `counted`, as of the last addition, and by part, oldest first."""

    window_ms: int
    hits: int = 0
    counted: int = 0
    parts: list[Part] = []

    def add(self, now_ms: int, *, hit: bool) -> None:
        while self.parts and self.parts[0].start_ms + self.window_ms <= now_ms:
            part = self.parts.pop(0)
            self.hits -= part.hits
            self.counted -= part.counted
        length_ms = max(1, self.window_ms // PARTS)
        start_ms = now_ms - now_ms % length_ms
        if not self.parts or self.parts[-1].start_ms != start_ms:
            self.parts.append(Part(start_ms, 0, 0))
        part = self.parts[-1]
        part.hits += hit
        part.counted += 1
        self.hits += hit
        self.counted += 1

    def sums(self, at_ms: int) -> tuple[int, int]:
        """Hits and counted within the window, if nothing is added until then."""
        kept = [part for part in self.parts if part.start_ms + self.window_ms > at_ms]
        return sum(part.hits for part in kept), sum(part.counted for part in kept)

    def course(self, now_ms: int) -> list[tuple[int, int, int]]:
        """(from when, hits, counted), now and as the parts grow too old, if nothing is added."""
        ends = [part.start_ms + self.window_ms for part in self.parts]
        return [(at_ms, *self.sums(at_ms)) for at_ms in (now_ms, *(e for e in ends if e > now_ms))]
