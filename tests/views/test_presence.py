"""Since when an agent is there, as the live picture has it."""

from __future__ import annotations

from frontdesk.kernel import commands as cmd
from frontdesk.kernel.commands import Presence
from frontdesk.views.documents import AgentDocument, QueueDocument
from frontdesk.views.live import LivePart, LiveView
from tests.kernel import moves
from tests.kernel.scene import agent, queue
from tests.views.script import Script


class Floor:
    """A centre with one agent and one queue, and its live picture."""

    def __init__(self) -> None:
        self.script = Script(moves.SeededChooser(1))
        self.live: LiveView = LivePart().build()
        for entity in (queue(), queue("other"), agent("ann")):
            self.does(cmd.SaveSetting(entity))

    def does(self, command: cmd.AnyCommand, after_ms: int = 0) -> int:
        """Obeyed after so long; returns when."""
        self.script.now_ms += after_ms
        for envelope in self.script.obey(command):
            self.live.fold(envelope)
        return self.script.now_ms

    def agent(self) -> AgentDocument:
        document = self.live.find(("agents", "ann"))
        assert isinstance(document, AgentDocument)
        return document

    def queue(self) -> QueueDocument:
        document = self.live.find(("queues", "sales"))
        assert isinstance(document, QueueDocument)
        return document


def test_a_break_is_not_the_end_of_being_signed_in() -> None:
    floor = Floor()
    assert floor.agent().signed_in_since_ms is None
    since_ms = floor.does(cmd.SetPresence("ann", Presence.AVAILABLE), after_ms=5_000)
    floor.does(cmd.SetPresence("ann", Presence.BREAK), after_ms=60_000)
    assert floor.agent().signed_in_since_ms == since_ms
    floor.does(cmd.SetPresence("ann", Presence.OFFLINE), after_ms=60_000)
    assert floor.agent().signed_in_since_ms is None
    again_ms = floor.does(cmd.SetPresence("ann", Presence.AVAILABLE), after_ms=60_000)
    assert floor.agent().signed_in_since_ms == again_ms


def test_a_desk_is_connected_since_it_came() -> None:
    floor = Floor()
    assert (floor.agent().connected, floor.agent().connected_since_ms) == (False, None)
    since_ms = floor.does(cmd.ConnectAgent("ann"), after_ms=5_000)
    assert (floor.agent().connected, floor.agent().connected_since_ms) == (True, since_ms)
    floor.does(cmd.DisconnectAgent("ann"), after_ms=5_000)
    assert (floor.agent().connected, floor.agent().connected_since_ms) == (False, None)


def test_the_channels_of_a_queue_outlast_the_day() -> None:
    floor = Floor()
    for number, channel in enumerate(("webchat", "voice", "webchat")):
        floor.does(cmd.OpenContact(channel, str(number), "sales"))
    assert floor.live.board.state.queues["sales"].channels == ("webchat", "voice")
    assert floor.queue().offered_today == 3
    floor.does(cmd.SetPresence("ann", Presence.AVAILABLE), after_ms=24 * 3_600_000)
    assert floor.live.board.state.queues["sales"].channels == ("webchat", "voice")
    assert floor.queue().offered_today == 0
