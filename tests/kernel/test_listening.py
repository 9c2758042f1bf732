"""A supervisor hears a conversation, helps the agent in it, or joins."""

from __future__ import annotations

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import ListeningMode, Presence
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.settings import Role
from tests.kernel.scene import Scene, agent, queue


def conversation() -> tuple[Scene, int]:
    """Ann talks with a customer; Sue supervises."""
    sue = agent("sue", "other", role=Role.SUPERVISOR)
    scene = Scene(queue(), queue("other"), agent("ann"), agent("bob", "other"), sue)
    scene.available("ann", "bob", "sue")
    return scene, scene.engage()


def test_a_supervisor_goes_in_and_out() -> None:
    scene, contact_id = conversation()
    listen = cmd.ListenIn(contact_id, "sue")
    assert scene.does(listen) == [ev.ListeningBegun(contact_id, "sue", ListeningMode.MONITOR)]
    assert scene.does(listen) == []
    scene.does(cmd.ListenIn(contact_id, "sue", ListeningMode.WHISPER))
    assert scene.contact(contact_id).listeners == {"sue": ListeningMode.WHISPER}
    stop = cmd.StopListening(contact_id, "sue")
    assert scene.does(stop) == [ev.ListeningEnded(contact_id, "sue")]
    assert scene.does(stop) == []


def test_nobody_listens_when_the_conversation_is_over() -> None:
    scene, contact_id = conversation()
    scene.does(cmd.ListenIn(contact_id, "sue"))
    scene.does(cmd.TransferContact(contact_id, "ann", to_queue_id="sales"))
    assert scene.contact(contact_id).listeners is None


def test_who_may_not_listen() -> None:
    scene, contact_id = conversation()
    assert scene.refuses(cmd.ListenIn(contact_id, "bob")) is RefusalReason.NOT_YOURS
    assert scene.refuses(cmd.ListenIn(contact_id, "nobody")) is RefusalReason.NOT_FOUND
    assert scene.refuses(cmd.ListenIn(99, "sue")) is RefusalReason.NOT_FOUND
    assert scene.refuses(cmd.StopListening(99, "sue")) is RefusalReason.NOT_FOUND
    assert scene.refuses(cmd.ListenIn(scene.open(), "sue")) is RefusalReason.WRONG_STATE
    chat_id = scene.engage("other", "webchat")
    assert scene.refuses(cmd.ListenIn(chat_id, "sue")) is RefusalReason.WRONG_STATE
    scene.does(cmd.SetPresence("sue", Presence.OFFLINE))
    assert scene.refuses(cmd.ListenIn(contact_id, "sue")) is RefusalReason.WRONG_STATE
