"""Deadlines as data: what must happen when, unless it is cancelled first."""

from enum import IntEnum
from heapq import heapify, heappop, heappush


class DeadlineKind(IntEnum):
    """What falls due; at the same instant the lower kind is first, then the lower id."""

    OFFER_EXPIRY = 1
    WRAP_UP_END = 2
    PERSONAL_WAIT_END = 3
    STEP_END = 4
    OVERFLOW = 5
    RETRY_REFUSED = 6
    CUSTOMER_IDLE = 7
    CUSTOMER_GONE = 8
    RATING_END = 9
    AGENT_LOST = 10
    RUN_STEP = 11
    """What a run waits for is out of time."""
    RUN_END = 12
    """A run has lasted too long."""
    CALLBACK_DUE = 13
    CALLBACK_EXPIRY = 14
    PARKING_END = 15
    ALARM_AGENT = 16
    """An alarm about what an agent is doing is to be raised, or is over; so the next two."""
    ALARM_ENGAGEMENT = 17
    ALARM_WATCH = 18
    ALARM_ESCALATION = 19


(
    OFFER_EXPIRY,
    WRAP_UP_END,
    PERSONAL_WAIT_END,
    STEP_END,
    OVERFLOW,
    RETRY_REFUSED,
    CUSTOMER_IDLE,
    CUSTOMER_GONE,
    RATING_END,
    AGENT_LOST,
    RUN_STEP,
    RUN_END,
    CALLBACK_DUE,
    CALLBACK_EXPIRY,
    PARKING_END,
    ALARM_AGENT,
    ALARM_ENGAGEMENT,
    ALARM_WATCH,
    ALARM_ESCALATION,
) = DeadlineKind

QUEUE_KINDS = (PERSONAL_WAIT_END, STEP_END, OVERFLOW)
"""Deadlines that a contact has of the queue it is in, until it is served or moves on."""

Deadline = tuple[int, int, int]
"""(at_ms, kind, id); the id is of the offer, engagement, contact, run, alarm, or an agent's number.

Of an alarm that is to be raised it is a watch's number, or made of its subject's and its rule's.
"""

_SLACK = 64


class Deadlines:
    """At most one deadline of a kind for an id; the earliest is found in O(log n)."""

    __slots__ = ("_at", "_heap")

    def __init__(self, deadlines: list[Deadline] | None = None) -> None:
        self._at: list[dict[int, int]] = [{} for _ in range(len(DeadlineKind) + 1)]
        """When, by id, by kind."""
        for at_ms, kind, id_ in deadlines or []:
            self._at[kind][id_] = at_ms
        self._heap = list(deadlines or [])
        heapify(self._heap)

    def __len__(self) -> int:
        return sum(map(len, self._at))

    def set(self, kind: DeadlineKind, id_: int, at_ms: int) -> None:
        """Sets or moves the deadline."""
        self._at[kind][id_] = at_ms
        heappush(self._heap, (at_ms, int(kind), id_))
        if len(self._heap) > 2 * len(self) + _SLACK:
            self._heap = self.as_list()

    def cancel(self, kind: DeadlineKind, id_: int) -> None:
        at = self._at[kind]
        if at:
            at.pop(id_, None)

    def cancel_all(self, kinds: tuple[DeadlineKind, ...], id_: int) -> None:
        for kind in kinds:
            at = self._at[kind]
            if at:
                at.pop(id_, None)

    def next_ms(self) -> int | None:
        """When the earliest falls due; None: there is none."""
        heap = self._heap
        while heap:
            at_ms, kind, id_ = heap[0]
            if self._at[kind].get(id_) == at_ms:
                return at_ms
            heappop(heap)
        return None

    def find_due(self, now_ms: int) -> Deadline | None:
        """The earliest deadline that is due, if any; it stands until it is cancelled or moved."""
        next_ms = self.next_ms()
        return None if next_ms is None or next_ms > now_ms else self._heap[0]

    def stands(self, deadline: Deadline) -> bool:
        at_ms, kind, id_ = deadline
        return self._at[kind].get(id_) == at_ms

    def as_list(self) -> list[Deadline]:
        """All deadlines, earliest first (a valid heap)."""
        return sorted(
            (at_ms, kind, id_) for kind, at in enumerate(self._at) for id_, at_ms in at.items()
        )
