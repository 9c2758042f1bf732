"""Capacity in units, several contacts at once, and what gives way to what."""

from __future__ import annotations

import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author
from tests.kernel.scene import Scene, agent, channel, queue

CHANNELS = st.CentreSettings(
    channels=(
        channel("voice", 100),
        channel("webchat", 33),
        channel("email", 100, yields_to=("voice", "webchat")),
        channel("form", 33, yields_to=("voice",)),
    )
)


def floor(**profile: object) -> Scene:
    scene = Scene(CHANNELS, queue(), agent("ann", **profile))
    scene.available("ann")
    return scene


def test_a_call_fills_an_agent() -> None:
    scene = floor()
    scene.engage(channel="voice")
    assert scene.offered_to(scene.open(channel="webchat")) is None


def test_three_chats_do_and_a_fourth_waits() -> None:
    scene = floor()
    chats = [scene.engage(channel="webchat") for _ in range(3)]
    fourth = scene.open(channel="webchat")
    assert scene.offered_to(fourth) is None
    scene.end(chats[1])
    assert scene.offered_to(fourth) == "ann"
    assert scene.agent("ann").load_units == 99


def test_an_offer_weighs_as_much_as_a_contact() -> None:
    scene = floor()
    for _ in range(3):
        assert scene.offered_to(scene.open(channel="webchat")) == "ann"
    assert scene.offered_to(scene.open(channel="webchat")) is None


def test_a_freed_agent_takes_as_many_as_fit() -> None:
    scene = Scene(CHANNELS, queue(), agent("ann"))
    chats = [scene.open(channel="webchat") for _ in range(4)]
    scene.available("ann")
    assert [scene.offered_to(chat) for chat in chats] == ["ann", "ann", "ann", None]


def test_a_big_contact_that_does_not_fit_lets_a_small_one_pass() -> None:
    scene = floor()
    scene.engage(channel="webchat")
    call = scene.open(channel="voice")
    assert scene.offered_to(scene.open(channel="webchat")) == "ann"
    assert scene.offered_to(call) is None


@pytest.mark.parametrize("small", ["email", "form"])
def test_what_is_in_hand_gives_way_to_a_call(small: str) -> None:
    """Found by random commands: what was once accepted never gave way."""
    scene = floor()
    in_hand = scene.engage(channel=small)
    call = scene.open(channel="voice")
    assert scene.offered_to(call) == "ann"
    scene.accept(call)
    assert scene.offered_to(scene.open(channel="voice")) is None, "a call gives way to nothing"
    scene.end(call)
    assert scene.contact(in_hand).agent_id == "ann", "it was not taken away"


def test_a_call_that_came_while_an_e_mail_was_offered_follows_its_acceptance() -> None:
    scene = floor()
    e_mail = scene.open(channel="email")
    call = scene.open(channel="voice")
    assert scene.offered_to(call) is None, "one thing at a time is offered"
    scene.accept(e_mail)
    assert scene.offered_to(call) == "ann"


def test_a_call_that_came_while_a_chat_was_offered_follows_too() -> None:
    scene = floor(capacity_units=200)
    scene.engage(channel="email")
    chat = scene.open(channel="webchat")
    call = scene.open(channel="voice")
    assert scene.offered_to(call) is None
    scene.accept(chat)
    assert scene.offered_to(call) == "ann"


def test_what_gives_way_to_one_channel_need_not_give_way_to_another() -> None:
    scene = floor(capacity_units=50)
    scene.engage(channel="form")
    assert scene.offered_to(scene.open(channel="webchat")) is None


def test_a_form_does_not_give_way_to_an_e_mail() -> None:
    scene = floor()
    scene.engage(channel="form")
    assert scene.offered_to(scene.open(channel="email")) is None


def test_wrap_up_still_weighs() -> None:
    scene = Scene(CHANNELS, queue(wrap_up_time_ms=10_000), agent("ann"))
    scene.available("ann")
    call = scene.engage(channel="voice")
    scene.does(cmd.EndContact(call, Author.CUSTOMER))
    waiting = scene.open(channel="webchat")
    assert scene.offered_to(waiting) is None
    scene.wait(10_000)
    assert scene.offered_to(waiting) == "ann"


def test_a_channel_without_a_rule_fills_an_agent() -> None:
    scene = floor(capacity_units=199)
    scene.engage(channel="fax")
    assert scene.offered_to(scene.open(channel="fax")) is None
    assert scene.agent("ann").load_units == 100


def test_a_greater_capacity_is_used_at_once() -> None:
    scene = floor()
    scene.engage(channel="voice")
    waiting = scene.open(channel="voice")
    scene.save(agent("ann", capacity_units=200))
    assert scene.offered_to(waiting) == "ann"


def test_a_smaller_capacity_takes_nothing_away() -> None:
    scene = floor()
    chats = [scene.engage(channel="webchat") for _ in range(3)]
    scene.save(agent("ann", capacity_units=33))
    assert scene.agent("ann").load_units == 99
    waiting = scene.open(channel="webchat")
    scene.end(chats[0])
    scene.end(chats[1])
    assert scene.offered_to(waiting) is None
    scene.end(chats[2])
    assert scene.offered_to(waiting) == "ann"


def test_cheaper_channels_are_felt_at_once_and_old_contacts_keep_their_weight() -> None:
    scene = floor()
    scene.engage(channel="webchat")
    call = scene.open(channel="voice")
    scene.save(st.CentreSettings(channels=(channel("voice", 60), channel("webchat", 10))))
    assert scene.offered_to(call) == "ann"
    assert scene.agent("ann").load_units == 93
