"""What the live picture asks of the kernel's state, because no event tells it."""

from collections.abc import Mapping

from frontdesk.kernel.estimators.ranges import WaitRangeMs
from frontdesk.kernel.estimators.said import MINUTE_MS, band_to_say
from frontdesk.kernel.hours import is_open
from frontdesk.kernel.state import State
from frontdesk.kernel.waiting import (
    expected_wait_of_contact,
    expected_wait_of_queue,
    position,
)
from frontdesk.views.board import Outlook
from frontdesk.views.documents import PlaceDocument, WaitRange

FIRST_CHANNEL = "webchat"
"""The channel of which a queue speaks before any contact has come to it.

Not all there are: a channel that is asked about gets a lane, and every lane costs each agent.
"""


def find_outlooks(
    state: State, channels_of: Mapping[str, tuple[str, ...]], now_ms: int
) -> dict[str, Outlook]:
    """The outlook of those of the queues that exist; of each its channels are given."""
    queues = state.settings.queues
    return {
        queue_id: _find_outlook(state, queue_id, channels or (FIRST_CHANNEL,), now_ms)
        for queue_id, channels in channels_of.items()
        if queue_id in queues
    }


def _find_outlook(state: State, queue_id: str, channels: tuple[str, ...], now_ms: int) -> Outlook:
    if not _takes_contacts(state, queue_id, now_ms):
        return Outlook(open=False, expected_waits=dict.fromkeys(channels))
    waits = {channel: expected_wait_of_queue(state, queue_id, channel) for channel in channels}
    return Outlook(expected_waits={channel: _to_range(wait) for channel, wait in waits.items()})


def _takes_contacts(state: State, queue_id: str, now_ms: int) -> bool:
    queue = state.settings.queues[queue_id]
    hours = state.settings.hours.get(queue.hours_id) if queue.hours_id is not None else None
    return not queue.shut and (hours is None or is_open(hours, now_ms))


def find_place(state: State, contact_id: int) -> PlaceDocument | None:
    """Where a contact stands, as its customer is told; None: it doesn't wait.

    (It may be on offer to an agent.)
    """
    place = position(state, contact_id)
    if place is None:
        return None
    return PlaceDocument(
        contact_id=contact_id,
        position=place,
        expected_wait=_to_band(expected_wait_of_contact(state, contact_id)),
    )


def _to_range(wait: WaitRangeMs | None) -> WaitRange | None:
    """For staff: eight cases of ten."""
    return None if wait is None else WaitRange(low_ms=wait.low_ms, high_ms=wait.high_ms)


def _to_band(wait: WaitRangeMs | None) -> WaitRange | None:
    """For the customer: in whole steps, and rather too long than too short."""
    if wait is None:
        return None
    low, high = band_to_say(wait)
    return WaitRange(low_ms=low * MINUTE_MS, high_ms=(high or low) * MINUTE_MS)
