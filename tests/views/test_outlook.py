"""What no event tells of a queue: whether it is open, and the wait to expect by each channel."""

from __future__ import annotations

from frontdesk.kernel import settings as st
from frontdesk.views.board import Outlook
from frontdesk.views.documents import WaitRange
from frontdesk.views.outlook import find_outlooks
from tests.kernel.scene import Scene, agent, channel, queue

SUNDAYS = st.Hours(
    hours_id="sundays",
    name="Sundays",
    time_zone="UTC",
    spans=(st.OpeningSpan(weekday=6, start_minute=0, end_minute=1_440),),
)
NO_WAIT = WaitRange(low_ms=0, high_ms=0)


def look(scene: Scene, *channels: str) -> Outlook:
    return find_outlooks(scene.state, {"sales": channels, "gone": ()}, scene.now_ms)["sales"]


def test_each_channel_has_a_wait_of_its_own() -> None:
    chats = st.CentreSettings(channels=(channel("voice"), channel("webchat", 33)))
    scene = Scene(chats, queue(), agent("ann"))
    scene.available("ann")
    assert look(scene, "voice", "webchat").expected_waits == {"voice": NO_WAIT, "webchat": NO_WAIT}
    scene.engage(channel="webchat")
    assert look(scene, "voice", "webchat").expected_waits == {"voice": None, "webchat": NO_WAIT}


def test_before_the_first_contact_it_is_that_of_a_chat() -> None:
    scene = Scene(queue(), agent("ann"))
    assert look(scene).expected_waits == {"webchat": None}
    scene.available("ann")
    assert look(scene).expected_waits == {"webchat": NO_WAIT}


def test_nothing_is_expected_of_a_queue_that_takes_no_contacts() -> None:
    for closed in (queue(hours_id="sundays"), queue(shut=True)):
        scene = Scene(SUNDAYS, closed, agent("ann"))
        scene.available("ann")
        assert look(scene, "voice") == Outlook(open=False, expected_waits={"voice": None})


def test_a_queue_that_is_gone_has_none() -> None:
    scene = Scene(queue())
    assert "gone" not in find_outlooks(scene.state, {"gone": ()}, scene.now_ms)
