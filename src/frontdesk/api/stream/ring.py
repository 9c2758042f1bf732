"""What was sent lately, so that a client who was away for a moment gets only what it missed."""

from collections import deque

from frontdesk.views.changes import Key


class Ring:
    """Changed keys by the seq of the frame that carried them; the oldest are forgotten."""

    def __init__(self, keys_max: int) -> None:
        self._entries: deque[tuple[int, Key, tuple[str, ...]]] = deque(maxlen=keys_max)
        self._forgotten_seq = -1

    def add(self, seq: int, key: Key, agent_ids: tuple[str, ...] = ()) -> None:
        if len(self._entries) == self._entries.maxlen:
            self._forgotten_seq = self._entries[0][0]
        self._entries.append((seq, key, agent_ids))

    def find_since(self, seq: int, agent_id: str | None = None) -> dict[Key, None] | None:
        """Keys sent in frames of this seq or later (of one agent's); None: it was too long ago.

        The seq itself counts too: what changes without an event goes out under the last seq.
        """
        if seq <= self._forgotten_seq:
            return None
        found: dict[Key, None] = {}
        for sent, key, agent_ids in reversed(self._entries):
            if sent < seq:
                break
            if agent_id is None or agent_id in agent_ids:
                found[key] = None
        return found
