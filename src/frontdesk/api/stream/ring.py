"""What was sent lately, so that a client who was away for a moment gets only what it missed."""

from collections import deque

from frontdesk.views.changes import Key

EVERYBODY = ""


class Ring:
    """Changed keys by whom they were sent to, with the seq of the frame; the oldest are forgotten.

    Both adding and finding cost what is added and found, however many others there are.
    """

    def __init__(self, keys_max: int) -> None:
        self._keys_max = keys_max
        self._sent: dict[str, deque[tuple[int, Key]]] = {}
        self._order: deque[str] = deque()
        self._forgotten_seq = -1

    def add(self, seq: int, key: Key, agent_id: str = EVERYBODY) -> None:
        if len(self._order) == self._keys_max:
            self._forget_oldest()
        sent = self._sent.get(agent_id)
        if sent is None:
            sent = self._sent[agent_id] = deque()
        sent.append((seq, key))
        self._order.append(agent_id)

    def _forget_oldest(self) -> None:
        agent_id = self._order.popleft()
        sent = self._sent[agent_id]
        self._forgotten_seq = sent.popleft()[0]
        if not sent:
            del self._sent[agent_id]

    def find_since(self, seq: int, agent_id: str = EVERYBODY) -> dict[Key, None] | None:
        """Keys sent in frames of this seq or later; None: it was too long ago to tell.

        The seq itself counts too: what changes without an event goes out under the last seq.
        """
        if seq <= self._forgotten_seq:
            return None
        found: dict[Key, None] = {}
        for sent_seq, key in reversed(self._sent.get(agent_id, ())):
            if sent_seq < seq:
                break
            found[key] = None
        return found
