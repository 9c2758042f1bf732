"""What is written in a contact: once each, by whom it may be, within limits."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Attachment, Author
from frontdesk.kernel.decide_messages import (
    ATTACHMENTS_MAX,
    CLIENT_ID_CHARS_MAX,
    TEXT_CHARS_MAX,
)
from frontdesk.kernel.evolve_contacts import CLIENT_IDS_MAX
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.scene import Scene, agent, only, queue

PICTURE = Attachment("b1", "cat.png", "image/png", 1_000)


def floor(**rest: object) -> tuple[Scene, int]:
    scene = Scene(queue("other"), queue(**rest), agent("ann"), agent("bob", "other"))
    scene.available("ann", "bob")
    return scene, scene.engage()


def message(contact_id: int, author: Author, client_id: str = "m1", **rest: Any) -> cmd.PostMessage:
    rest.setdefault("text", "Hello.")
    if author is Author.AGENT:
        rest.setdefault("agent_id", "ann")
    return cmd.PostMessage(contact_id, author, client_id, **rest)


def test_messages_are_numbered_in_order() -> None:
    scene, contact_id = floor()
    first = scene.does(message(contact_id, Author.CUSTOMER, "m1"))
    second = scene.does(message(contact_id, Author.AGENT, "m2"))
    assert only(first, ev.MessagePosted).number == 1
    assert only(second, ev.MessagePosted) == ev.MessagePosted(
        contact_id, 2, Author.AGENT, "ann", "m2", "Hello.", (), False
    )


def test_the_same_message_again_is_told_its_number() -> None:
    scene, contact_id = floor()
    scene.does(message(contact_id, Author.CUSTOMER, "m1"))
    scene.does(message(contact_id, Author.CUSTOMER, "m2"))
    again = scene.refusal(message(contact_id, Author.CUSTOMER, "m1", text="Other words."))
    assert (again.reason, again.existing_id) == (RefusalReason.ALREADY_DONE, 1)


def test_senders_number_their_messages_as_they_like() -> None:
    """Found by reading: an agent's message was lost when the customer had used its id."""
    scene, contact_id = floor()
    for author in Author:
        scene.does(message(contact_id, author, "1"))
    scene.does(message(contact_id, Author.AGENT, "1", agent_id="bob", internal=True))
    assert scene.contact(contact_id).message_count == 1 + len(Author)


def test_only_so_many_ids_are_remembered() -> None:
    scene, contact_id = floor()
    for i in range(CLIENT_IDS_MAX + 1):
        scene.does(message(contact_id, Author.CUSTOMER, f"m{i}"))
    assert len(scene.contact(contact_id).recent_client_ids) == CLIENT_IDS_MAX
    assert scene.refuses(message(contact_id, Author.CUSTOMER, "m1")) is RefusalReason.ALREADY_DONE
    scene.does(message(contact_id, Author.CUSTOMER, "m0"))


@pytest.mark.parametrize(
    "rest",
    [
        {"text": ""},
        {"text": " \n"},
        {"text": "x" * (TEXT_CHARS_MAX + 1)},
        {"attachments": (PICTURE,) * (ATTACHMENTS_MAX + 1)},
        {"client_id": ""},
        {"client_id": "x" * (CLIENT_ID_CHARS_MAX + 1)},
        {"internal": True},
    ],
)
def test_what_is_no_message(rest: dict[str, Any]) -> None:
    scene, contact_id = floor()
    assert scene.refuses(message(contact_id, Author.CUSTOMER, **rest)) is RefusalReason.INVALID


def test_the_limits_themselves_are_kept() -> None:
    scene, contact_id = floor()
    scene.does(message(contact_id, Author.CUSTOMER, "x" * CLIENT_ID_CHARS_MAX))
    scene.does(message(contact_id, Author.CUSTOMER, "m2", text="x" * TEXT_CHARS_MAX))
    files = (PICTURE,) * ATTACHMENTS_MAX
    scene.does(message(contact_id, Author.CUSTOMER, "m3", text="", attachments=files))


def test_a_customer_may_write_while_waiting_and_an_agent_once_engaged() -> None:
    scene, _ = floor()
    waiting = scene.open()
    scene.does(message(waiting, Author.CUSTOMER))
    assert scene.refuses(message(waiting, Author.AGENT)) is RefusalReason.NOT_YOURS
    offered = scene.open("other")
    by_bob = message(offered, Author.AGENT, agent_id="bob")
    assert scene.refuses(by_bob) is RefusalReason.WRONG_STATE
    scene.accept(offered)
    scene.does(by_bob)


def test_anybody_of_the_centre_may_leave_an_internal_note() -> None:
    scene, contact_id = floor()
    scene.does(message(contact_id, Author.AGENT, agent_id="bob", internal=True))
    assert scene.contact(contact_id).last_author is None, "to the customer nothing was said"


def test_after_the_end_there_are_only_notes_and_only_during_wrap_up() -> None:
    scene, contact_id = floor(wrap_up_time_ms=10_000)
    scene.end(contact_id)
    for author in (Author.CUSTOMER, Author.AGENT):
        assert scene.refuses(message(contact_id, author)) is RefusalReason.WRONG_STATE
    scene.does(message(contact_id, Author.AGENT, "n1", internal=True))
    scene.wait(10_000)
    late = message(contact_id, Author.AGENT, "n2", internal=True)
    assert scene.refuses(late) is RefusalReason.NOT_FOUND


def test_reading_marks_move_forward_for_each_side() -> None:
    scene, contact_id = floor()
    for i in range(3):
        scene.does(message(contact_id, Author.CUSTOMER, f"m{i}"))
    read = cmd.ReadMessages(contact_id, 2, "ann")
    assert scene.does(read) == [ev.MessagesRead(contact_id, "ann", 2)]
    assert scene.does(read) == []
    assert scene.does(cmd.ReadMessages(contact_id, 1, "ann")) == []
    assert scene.does(cmd.ReadMessages(contact_id, 3)) == [ev.MessagesRead(contact_id, None, 3)]
    contact = scene.contact(contact_id)
    assert (contact.read_by_agent, contact.read_by_customer) == (2, 3)


def test_what_can_not_be_read() -> None:
    scene, contact_id = floor()
    assert scene.refuses(cmd.ReadMessages(contact_id, 1)) is RefusalReason.INVALID
    assert scene.refuses(cmd.ReadMessages(contact_id, -1)) is RefusalReason.INVALID
    assert scene.refuses(cmd.ReadMessages(contact_id, 0, "bob")) is RefusalReason.NOT_YOURS
    assert scene.refuses(cmd.ReadMessages(99, 0)) is RefusalReason.NOT_FOUND
