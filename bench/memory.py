"""What a full centre weighs: 10,000 agents signed in and 50,000 open web chats with a message each.

The kernel's state with its index, and the live picture of it folded from the
same events, in this process; the floor is that of `bench.routing`. The anchor is
the state as bytes, as a snapshot keeps it.
"""

from __future__ import annotations

import gc
from pathlib import Path

import msgspec

from bench.harness import Figure, report
from bench.routing import STEP_MS, Floor, build_floor
from frontdesk.journal.envelope import Envelope
from frontdesk.kernel import commands as cmd
from frontdesk.kernel.events import AnyEvent, ContactOpened
from frontdesk.kernel.state import dump
from frontdesk.views.live import LiveView

AGENTS, CONTACTS = 10_000, 50_000
MIB = 1 << 20
AIM_MIB = 1024
MESSAGE = "Good morning. Where is the parcel that was to come yesterday?"


class WatchedFloor(Floor):
    """A floor whose events are folded to the live picture."""

    view: LiveView

    def obey(self, command: cmd.AnyCommand) -> list[AnyEvent]:
        events = super().obey(command)
        for event in events:
            seq = self.view.seq + 1
            self.view.fold(
                Envelope(
                    seq=seq,
                    at_ms=self.now_ms,
                    actor="bench",
                    command_id=None,
                    command_seq=seq,
                    causation=None,
                    correlation=seq,
                    event=event,
                )
            )
        return events

    def arrival(self) -> cmd.OpenContact:
        """A web chat with a name and a topic; each brings a message."""
        command = super().arrival()
        return msgspec.structs.replace(
            command,
            channel="webchat",
            customer=cmd.CustomerCard(f"customer{self.opened}", f"Customer {self.opened}", "web"),
            topic="My order",
        )

    def write(self, contact_id: int) -> None:
        self.obey(cmd.PostMessage(contact_id, cmd.Author.CUSTOMER, f"m{contact_id}", MESSAGE))


def main() -> bool:
    empty_mib = resident_mib()
    view = LiveView()
    WatchedFloor.view = view
    floor = build_floor(AGENTS, WatchedFloor)
    while len(floor.centre.state.contacts) < CONTACTS:
        events = floor.obey(floor.arrival())
        floor.accept(events)
        floor.write(next(e.contact_id for e in events if isinstance(e, ContactOpened)))
        if floor.opened % 1_000 == 0:
            floor.advance(2 * STEP_MS)
    gc.collect()
    full_mib = resident_mib()
    state_mib = len(dump(floor.centre.state)) / MIB
    assert len(view.list_keys()) > AGENTS + CONTACTS, "the picture shows them all"
    return report(
        "memory",
        [
            Figure("before anything", empty_mib, "MiB"),
            Figure(
                f"{AGENTS:,} agents, {CONTACTS:,} open contacts, with the live picture",
                full_mib,
                "MiB",
                "the state as bytes",
                state_mib,
                f"under {AIM_MIB:,} MiB",
                full_mib < AIM_MIB,
            ),
        ],
    )


def resident_mib() -> float:
    """Memory this process has in use now (Linux), in MiB."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
