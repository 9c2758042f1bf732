"""A centre whose events are written down as a journal would, for views to fold."""

from __future__ import annotations

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import commands as cmd
from frontdesk.kernel import settings as st
from frontdesk.kernel.events import AnyEvent
from tests.kernel.scene import Scene


class Recording(Scene):
    def __init__(self, *entities: st.SettingsEntity) -> None:
        self.envelopes: list[Envelope[AnyEvent]] = []
        super().__init__(*entities)

    def does(self, command: cmd.AnyCommand) -> list[AnyEvent]:
        events = super().does(command)
        first = len(self.envelopes) + 1
        self.envelopes += [
            Envelope(
                seq=first + number,
                at_ms=self.now_ms,
                actor="test",
                command_id=None,
                command_seq=first,
                causation=None,
                correlation=first,
                event=event,
            )
            for number, event in enumerate(events)
        ]
        return events
