"""A centre under proof: every command is decided three ways, and held to what must be true."""

from __future__ import annotations

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.explain import Explanation, explain_arrival
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.settings import Strategy
from frontdesk.kernel.state import digest, dump, load
from tests.kernel import repertoire
from tests.kernel.alarm_laws import check_nothing_missed
from tests.kernel.invariants import Witness, check_state

START_MS = 1_763_974_800_000


class Proof:
    """One centre, a twin that is reloaded now and then, and a witness of the events."""

    def __init__(self) -> None:
        self.now_ms = START_MS
        self.centre = Centre()
        self.twin = Centre()
        self.witness = Witness()
        for command in repertoire.first_settings():
            self.obey(command)

    def obey(self, command: cmd.AnyCommand) -> list[ev.AnyEvent] | Refusal:
        """Decides, and finds the twin of the same mind; a refusal must have changed nothing."""
        dry_run = self._dry_run(command)
        before = digest(self.centre.state)
        outcome = self.centre.decide(command, self.now_ms)
        assert self.twin.decide(command, self.now_ms) == outcome, "the twin decides otherwise"
        if isinstance(outcome, Refusal):
            assert digest(self.centre.state) == before, "a refusal has changed something"
            return outcome
        self.witness.follow(outcome, self.now_ms)
        if isinstance(command, cmd.Advance):
            wakeup_ms = self.centre.next_wakeup_ms()
            assert wakeup_ms is None or wakeup_ms > self.now_ms, "something is still due"
            check_nothing_missed(self.centre.state, self.now_ms)
        if dry_run is not None:
            check_dry_run(dry_run, outcome)
        return outcome

    def _dry_run(self, command: cmd.AnyCommand) -> Explanation | None:
        if not isinstance(command, cmd.OpenContact):
            return None
        before = digest(self.centre.state)
        explanation = explain_arrival(self.centre.state, command, self.now_ms)
        assert digest(self.centre.state) == before, "a dry run has changed something"
        return None if isinstance(explanation, Refusal) else explanation

    def advance_to_wakeup(self) -> None:
        """Comes when the kernel asks for it, and finds something to do."""
        wakeup_ms = self.centre.next_wakeup_ms()
        if wakeup_ms is not None:
            self.now_ms = max(self.now_ms, wakeup_ms)
            assert self.obey(cmd.Advance()), "there was nothing to wake up for"

    def reload_twin(self) -> None:
        """What is written down is enough to decide as before."""
        written = dump(self.centre.state)
        self.twin = Centre(load(written))
        assert dump(self.twin.state) == written

    def check(self) -> None:
        check_state(self.centre.state)
        self.witness.agrees_with(self.centre.state)
        assert self.twin.next_wakeup_ms() == self.centre.next_wakeup_ms()


def check_dry_run(dry_run: Explanation, events: list[ev.AnyEvent]) -> None:
    """Who the dry run chose is offered the contact, unless the queue sent it elsewhere."""
    overflowed = any(isinstance(event, ev.ContactOverflowed) for event in events)
    if overflowed or dry_run.strategy is Strategy.RANDOM:
        return
    offered = [event.agent_id for event in events if isinstance(event, ev.ContactOffered)]
    chosen = dry_run.chosen_agent_id
    assert offered[:1] == ([] if chosen is None else [chosen])
