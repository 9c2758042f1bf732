"""A long walk of random commands from one seed, and what it leaves behind.

As a program: `python -m tests.kernel.walk SEED STEPS` prints the digests.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, field

import msgspec

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.state import digest
from tests.kernel import moves, repertoire

START_MS = 1_763_974_800_000


@dataclass
class Walk:
    """Draws commands and times; whoever walks decides what becomes of them."""

    seed: int
    now_ms: int = START_MS
    centre: Centre = field(default_factory=Centre)

    def __post_init__(self) -> None:
        self._chooser = moves.SeededChooser(self.seed)

    def next_command(self) -> cmd.AnyCommand:
        """The next command; time may have passed before it, on time for a deadline or late."""
        chooser = self._chooser
        if chooser.integer(1, 3) > 1:
            return moves.pick(chooser, repertoire.ALL_MOVES)(self.centre.state, chooser)
        wakeup_ms = self.centre.next_wakeup_ms()
        if wakeup_ms is not None and chooser.integer(0, 1):
            self.now_ms = max(self.now_ms, wakeup_ms)
        else:
            self.now_ms += moves.pick(chooser, moves.WAIT_MS)
        return cmd.Advance()


def digests(seed: int, steps: int) -> tuple[str, str]:
    """Of the state after so many commands, and of the bytes of all events until then."""
    walk = Walk(seed)
    written = hashlib.sha256()
    encoder = msgspec.json.Encoder()
    for number in range(steps):
        first = repertoire.first_settings()
        command = first[number] if number < len(first) else walk.next_command()
        outcome = walk.centre.decide(command, walk.now_ms)
        events: list[ev.AnyEvent] = [] if isinstance(outcome, Refusal) else outcome
        written.update(encoder.encode(events))
    return digest(walk.centre.state), written.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(" ".join(digests(int(sys.argv[1]), int(sys.argv[2]))))
