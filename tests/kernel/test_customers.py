"""Customers who fall silent, vanish, come back, and say what they thought of it."""

from __future__ import annotations

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author
from frontdesk.kernel.decide_messages import COMMENT_CHARS_MAX
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.scene import Scene, agent, channel, kinds, only, queue

CHATS = st.CentreSettings(
    channels=(
        channel("webchat", idle_close_ms=60_000, leave_grace_ms=20_000, rating_time_ms=90_000),
    )
)


def floor(**rest: object) -> Scene:
    scene = Scene(CHATS, queue("other"), queue(**rest), agent("ann"))
    scene.available("ann")
    return scene


def write(scene: Scene, contact_id: int, author: Author, client_id: str, **rest: object) -> None:
    agent_id = "ann" if author is Author.AGENT else None
    scene.does(
        cmd.PostMessage(
            contact_id,
            author,
            client_id,
            "Hello.",
            agent_id,
            **rest,  # pyright: ignore[reportArgumentType]
        )
    )


# -- silence


def test_a_customer_who_falls_silent_is_let_go() -> None:
    scene = floor()
    contact_id = scene.engage(channel="webchat")
    assert scene.wait(600_000) == [], "nobody has said anything yet"
    write(scene, contact_id, Author.AGENT, "m1")
    assert scene.wait(59_999) == []
    events = scene.wait(1)
    assert only(events, ev.ContactClosed).by is ev.ClosedBy.IDLE


def test_an_answer_ends_the_silence_and_the_agent_s_last_word_begins_it_anew() -> None:
    scene = floor()
    contact_id = scene.engage(channel="webchat")
    write(scene, contact_id, Author.AGENT, "m1")
    write(scene, contact_id, Author.CUSTOMER, "m2")
    assert scene.wait(600_000) == []
    write(scene, contact_id, Author.AGENT, "m3")
    scene.wait(30_000)
    write(scene, contact_id, Author.AGENT, "m4")
    assert scene.wait(59_999) == []
    assert "ContactClosed" in kinds(scene.wait(1))


def test_an_internal_note_is_no_word_to_the_customer() -> None:
    scene = floor()
    contact_id = scene.engage(channel="webchat")
    write(scene, contact_id, Author.AGENT, "m1", internal=True)
    assert scene.wait(600_000) == []


def test_whoever_waits_again_is_not_silent() -> None:
    scene = floor()
    contact_id = scene.engage(channel="webchat")
    write(scene, contact_id, Author.AGENT, "m1")
    scene.does(cmd.TransferContact(contact_id, "ann", to_queue_id="other"))
    assert [e for e in scene.wait(600_000) if isinstance(e, ev.ContactClosed)] == []


# -- connection


def test_a_customer_who_vanishes_while_waiting_has_abandoned_after_a_while() -> None:
    scene = Scene(CHATS, queue())
    contact_id = scene.open(channel="webchat")
    assert kinds(scene.does(cmd.DisconnectCustomer(contact_id))) == ["CustomerDisconnected"]
    assert scene.does(cmd.DisconnectCustomer(contact_id)) == []
    assert scene.wait(19_999) == []
    assert kinds(scene.wait(1)) == ["ContactAbandoned", "ContactClosed"]


def test_a_customer_who_comes_back_in_time_has_lost_nothing() -> None:
    scene = Scene(CHATS, queue())
    contact_id = scene.open(channel="webchat")
    scene.does(cmd.DisconnectCustomer(contact_id))
    scene.wait(19_999)
    scene.does(cmd.ConnectCustomer(contact_id))
    assert scene.does(cmd.ConnectCustomer(contact_id)) == []
    assert scene.wait(600_000) == []


def test_a_vanished_customer_s_offer_is_withdrawn() -> None:
    scene = floor(offer_time_ms=600_000)
    contact_id = scene.open(channel="webchat")
    scene.does(cmd.DisconnectCustomer(contact_id))
    assert kinds(scene.wait(20_000)) == ["OfferWithdrawn", "ContactAbandoned", "ContactClosed"]


def test_a_served_customer_may_vanish_until_waiting_again() -> None:
    scene = floor()
    contact_id = scene.engage(channel="webchat")
    scene.does(cmd.DisconnectCustomer(contact_id))
    assert scene.wait(600_000) == []
    scene.does(cmd.TransferContact(contact_id, "ann", to_queue_id="other"))
    assert "ContactAbandoned" in kinds(scene.wait(20_000))


def test_the_grace_runs_on_through_an_overflow() -> None:
    """Found by reading: every overflow gave a vanished customer the whole grace again."""
    waited = st.Overflow(when=st.OverflowWhen.WAITED, queue_id="other", wait_ms=15_000)
    scene = floor(overflows=(waited,), steps=(st.RoutingStep(team_ids=()),))
    contact_id = scene.open(channel="webchat")
    scene.does(cmd.DisconnectCustomer(contact_id))
    assert "ContactOverflowed" in kinds(scene.wait(15_000))
    assert "ContactAbandoned" in kinds(scene.wait(5_000))


def test_a_channel_may_let_customers_vanish_for_ever() -> None:
    scene = Scene(queue())
    contact_id = scene.open(channel="email")
    scene.does(cmd.DisconnectCustomer(contact_id))
    assert scene.wait(86_400_000) == []


def test_customers_who_are_not_there() -> None:
    scene = floor()
    assert scene.refuses(cmd.ConnectCustomer(9)) is RefusalReason.NOT_FOUND
    assert scene.refuses(cmd.DisconnectCustomer(9)) is RefusalReason.NOT_FOUND


# -- rating


def ended() -> tuple[Scene, int]:
    scene = floor()
    contact_id = scene.engage(channel="webchat")
    scene.end(contact_id)
    return scene, contact_id


def test_a_contact_can_be_rated_once_while_the_time_lasts() -> None:
    scene, contact_id = ended()
    scene.wait(89_999)
    assert scene.does(cmd.RateContact(contact_id, 4, "Fine.")) == [
        ev.ContactRated(contact_id, 4, "Fine.")
    ]
    again = scene.refusal(cmd.RateContact(contact_id, 1))
    assert (again.reason, again.existing_id) == (RefusalReason.ALREADY_DONE, 4)
    assert kinds(scene.wait(1)) == ["RatingEnded"]
    assert scene.refuses(cmd.RateContact(contact_id, 5)) is RefusalReason.NOT_FOUND


@pytest.mark.parametrize(
    ("score", "comment"), [(0, ""), (6, ""), (5, "x" * (COMMENT_CHARS_MAX + 1))]
)
def test_what_is_no_rating(score: int, comment: str) -> None:
    scene, contact_id = ended()
    assert scene.refuses(cmd.RateContact(contact_id, score, comment)) is RefusalReason.INVALID


def test_not_before_the_end() -> None:
    scene = floor()
    contact_id = scene.engage(channel="webchat")
    assert scene.refuses(cmd.RateContact(contact_id, 5)) is RefusalReason.WRONG_STATE


def test_who_was_not_served_is_not_asked() -> None:
    scene = Scene(CHATS, queue())
    contact_id = scene.open(channel="webchat")
    scene.does(cmd.EndContact(contact_id, Author.CUSTOMER))
    assert contact_id not in scene.state.contacts


def test_where_there_is_no_rating_there_is_no_waiting_for_it() -> None:
    scene = floor()
    scene.end(scene.engage(channel="voice"))
    assert scene.state.contacts == {}
