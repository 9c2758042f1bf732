"""What the live picture asks of the kernel's state, because no event tells it."""

from collections.abc import Iterable

from frontdesk.kernel.hours import is_open
from frontdesk.kernel.state import State
from frontdesk.kernel.waiting import (
    expected_wait_of_contact,
    expected_wait_of_queue,
    position,
)
from frontdesk.views.board import Outlook
from frontdesk.views.documents import PlaceDocument, WaitRange

ANNOUNCED_CHANNEL = "webchat"
"""The channel for whose contacts a queue's expected wait is shown."""


def find_outlooks(state: State, queue_ids: Iterable[str], now_ms: int) -> dict[str, Outlook]:
    """The outlook of those of the queues that exist."""
    queues = state.settings.queues
    return {id_: _find_outlook(state, id_, now_ms) for id_ in queue_ids if id_ in queues}


def _find_outlook(state: State, queue_id: str, now_ms: int) -> Outlook:
    hours_id = state.settings.queues[queue_id].hours_id
    hours = state.settings.hours.get(hours_id) if hours_id is not None else None
    return Outlook(
        open=hours is None or is_open(hours, now_ms),
        expected_wait=_to_range(expected_wait_of_queue(state, queue_id, ANNOUNCED_CHANNEL)),
    )


def find_place(state: State, contact_id: int) -> PlaceDocument | None:
    """Where a contact stands; None: it doesn't wait (it may be on offer to an agent)."""
    place = position(state, contact_id)
    if place is None:
        return None
    return PlaceDocument(
        contact_id=contact_id,
        position=place,
        expected_wait=_to_range(expected_wait_of_contact(state, contact_id)),
    )


def _to_range(wait: tuple[int, int] | None) -> WaitRange | None:
    return None if wait is None else WaitRange(low_ms=wait[0], high_ms=wait[1])
