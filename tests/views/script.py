"""A centre's life at random, as the journal would have it: commands, and the events they made."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import commands as cmd
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.settings import CentreSettings
from tests.kernel import moves, repertoire

START_MS = 1_790_000_000_000
LONG_WAIT_MS = 5 * 3_600_000
"""Now and then hours pass, so that scripts run over midnight and over quarter-hours."""


class Script:
    """A centre, its clock and its journal so far."""

    def __init__(self, chooser: moves.Chooser) -> None:
        self.chooser = chooser
        self.centre = Centre()
        self.now_ms = START_MS
        self.envelopes: list[Envelope[AnyEvent]] = []

    def run(self, steps: int) -> Iterator[list[Envelope[AnyEvent]]]:
        """Step by step what has become durable; refused commands give nothing."""
        for command in [cmd.SaveSetting(CentreSettings()), *repertoire.first_settings()]:
            yield self.obey(command)
        for _ in range(steps):
            yield self.obey(self._draw_command())

    def _draw_command(self) -> cmd.AnyCommand:
        if moves.chance(self.chooser, 5):
            self.now_ms += moves.pick(self.chooser, (*moves.WAIT_MS, LONG_WAIT_MS))
            return cmd.Advance()
        return moves.pick(self.chooser, repertoire.ALL_MOVES)(self.centre.state, self.chooser)

    def obey(self, command: cmd.AnyCommand) -> list[Envelope[AnyEvent]]:
        events = self.centre.decide(command, self.now_ms)
        if isinstance(events, Refusal):
            return []
        first = len(self.envelopes) + 1
        made = [
            Envelope(
                seq=first + i,
                at_ms=self.now_ms,
                actor="test",
                command_id=None,
                command_seq=first,
                causation=None,
                correlation=first,
                event=event,
            )
            for i, event in enumerate(events)
        ]
        self.envelopes += made
        return made
