"""What a queue can't take goes to another centre, or becomes a message or a callback."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from frontdesk.api.ready_flows.library import fill_in, ready_flows
from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author
from frontdesk.kernel.contact_deadlines import OVERFLOWS_MAX
from frontdesk.kernel.flows.document import Flow
from frontdesk.kernel.settings import OverflowWhen
from tests.kernel.flows.storyteller import HOURS
from tests.kernel.scene import Scene, agent, only, queue

DAY_MS = 24 * 3_600_000
MONDAY_EVENING_MS = 10 * 3_600_000

WAYS: dict[OverflowWhen, tuple[dict[str, Any], int]] = {
    OverflowWhen.CLOSED: ({"hours_id": "usual"}, MONDAY_EVENING_MS),
    OverflowWhen.HOLIDAY: ({"hours_id": "usual"}, DAY_MS),
    OverflowWhen.SHUT: ({"shut": True}, 0),
    OverflowWhen.FULL: ({"waiting_max": 0}, 0),
    OverflowWhen.WAITED: ({}, 0),
    OverflowWhen.UNSTAFFED: ({}, 0),
}
"""By when: what makes the queue so, and how long after Monday, 9 o'clock."""


def overflown(when: OverflowWhen, flow_id: str, channel: str) -> tuple[Scene, int]:
    """A contact that its queue has sent into a ready flow."""
    scene = Scene(HOURS, queue(), agent("ann"))
    settings = scene.state.settings
    scene.save(
        *(
            msgspec.convert(fill_in(ready, settings, "en").flow, Flow)
            for ready in ready_flows()
            if ready.template_id == flow_id
        )
    )
    changes, later_ms = WAYS[when]
    wait_ms = 60_000 if when is OverflowWhen.WAITED else None
    rule = st.Overflow(when=when, flow_id=flow_id, wait_ms=wait_ms)
    scene.save(queue(overflows=(rule,), **changes))
    scene.wait(later_ms)
    contact_id = scene.open(channel=channel)
    scene.wait(wait_ms or 0)
    return scene, contact_id


def answer(scene: Scene, contact_id: int, *texts: str) -> list[ev.AnyEvent]:
    """What the last of the answers did."""
    events: list[ev.AnyEvent] = []
    for number, text in enumerate(texts):
        events = scene.does(cmd.PostMessage(contact_id, Author.CUSTOMER, f"m{number}", text))
    return events


@pytest.mark.parametrize("when", WAYS)
def test_a_call_goes_on_to_the_other_centre(when: OverflowWhen) -> None:
    scene, contact_id = overflown(when, "back_up", "voice")
    events = answer(scene, contact_id, "1")
    assert only(events, ev.TransferredOutside).address == "+37322111111"
    assert contact_id not in scene.state.contacts


@pytest.mark.parametrize("when", [when for when in WAYS if when is not OverflowWhen.FULL])
def test_who_would_rather_wait_is_not_asked_again(when: OverflowWhen) -> None:
    scene, contact_id = overflown(when, "back_up", "voice")
    events = [*answer(scene, contact_id, "4"), *scene.wait(DAY_MS)]
    assert not [event for event in events if isinstance(event, ev.ContactOverflowed)]
    contact = scene.contact(contact_id)
    assert (contact.queue_id, contact.run_id) == ("sales", None)
    scene.available("ann")
    assert scene.offered_to(contact_id) == "ann"


def test_a_full_queue_lets_nobody_wait_however_often_it_is_asked() -> None:
    scene, contact_id = overflown(OverflowWhen.FULL, "back_up", "voice")
    again = scene.does(cmd.PostMessage(contact_id, Author.CUSTOMER, "m0", "4"))
    assert only(again, ev.ContactOverflowed).when is OverflowWhen.FULL
    assert scene.contact(contact_id).run_id is not None
    number = 0
    while contact_id in scene.state.contacts:
        number += 1
        again = scene.does(cmd.PostMessage(contact_id, Author.CUSTOMER, f"m{number}", "4"))
    assert only(again, ev.ContactClosed).by is ev.ClosedBy.FULL
    assert number < OVERFLOWS_MAX


@pytest.mark.parametrize("when", WAYS)
def test_a_message_or_a_callback_is_promised_instead(when: OverflowWhen) -> None:
    scene, contact_id = overflown(when, "closed", "webchat")
    events = answer(scene, contact_id, "3", "Call me")
    assert only(events, ev.MessageTaken).queue_id == "sales"
    scene, contact_id = overflown(when, "closed", "webchat")
    events = answer(scene, contact_id, "1", "069123456")
    assert only(events, ev.CallbackPromised).address == "069123456"
