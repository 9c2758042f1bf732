"""Any commands in any order, under changing settings: what must always hold, holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.explain import Explanation, explain_arrival
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.settings import Strategy
from frontdesk.kernel.state import digest, dump, load
from tests.kernel import moves
from tests.kernel.invariants import Witness, check_state

START_MS = 1_000_000


class DrawnChooser:
    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def integer(self, least: int, most: int) -> int:
        return self._data.draw(st.integers(least, most))


class CentreMachine(RuleBasedStateMachine):
    """One centre, a twin that is reloaded now and then, and a witness of the events."""

    def __init__(self) -> None:
        super().__init__()
        self.now_ms = START_MS
        self.centre = Centre()
        self.twin = Centre()
        self.witness = Witness()
        for command in moves.first_settings():
            self.obey(command)

    def obey(self, command: cmd.AnyCommand) -> list[ev.AnyEvent] | Refusal:
        before = digest(self.centre.state)
        outcome = self.centre.decide(command, self.now_ms)
        assert self.twin.decide(command, self.now_ms) == outcome, "the twin decides otherwise"
        if isinstance(outcome, Refusal):
            assert digest(self.centre.state) == before, "a refusal has changed something"
        else:
            self.witness.follow(outcome, self.now_ms)
        return outcome

    @rule(data=st.data(), move=st.sampled_from(moves.SETTINGS_MOVES))
    def change_settings(self, data: st.DataObject, move: moves.Move) -> None:
        self.obey(move(self.centre.state, DrawnChooser(data)))

    @rule(data=st.data(), move=st.sampled_from(moves.CONTACT_MOVES))
    def touch_contact(self, data: st.DataObject, move: moves.Move) -> None:
        self.obey(move(self.centre.state, DrawnChooser(data)))

    @rule(data=st.data(), move=st.sampled_from(moves.AGENT_MOVES))
    def touch_agent(self, data: st.DataObject, move: moves.Move) -> None:
        self.obey(move(self.centre.state, DrawnChooser(data)))

    @rule(data=st.data())
    def accept_offer(self, data: st.DataObject) -> None:
        self.obey(moves.accept_offer(self.centre.state, DrawnChooser(data)))

    @rule(data=st.data())
    def become_available(self, data: st.DataObject) -> None:
        self.obey(moves.become_available(self.centre.state, DrawnChooser(data)))

    @rule(data=st.data())
    def open_contact(self, data: st.DataObject) -> None:
        command = moves.open_contact(self.centre.state, DrawnChooser(data))
        assert isinstance(command, cmd.OpenContact)
        before = digest(self.centre.state)
        dry_run = explain_arrival(self.centre.state, command, self.now_ms)
        assert digest(self.centre.state) == before, "a dry run has changed something"
        events = self.obey(command)
        if not isinstance(events, Refusal):
            check_dry_run(command, dry_run, events)

    @rule(wait_ms=st.sampled_from(moves.WAIT_MS))
    def let_time_pass(self, wait_ms: int) -> None:
        """The runtime may be late: the next command can come before the due `Advance`."""
        self.now_ms += wait_ms

    @rule(wait_ms=st.sampled_from(moves.WAIT_MS))
    def advance(self, wait_ms: int) -> None:
        self.now_ms += wait_ms
        self.obey_advance()

    @rule()
    def advance_to_wakeup(self) -> None:
        wakeup_ms = self.centre.next_wakeup_ms()
        if wakeup_ms is not None:
            self.now_ms = max(self.now_ms, wakeup_ms)
            assert self.obey_advance(), "there was nothing to wake up for"

    def obey_advance(self) -> list[ev.AnyEvent]:
        events = self.obey(cmd.Advance())
        assert not isinstance(events, Refusal)
        wakeup_ms = self.centre.next_wakeup_ms()
        assert wakeup_ms is None or wakeup_ms > self.now_ms, "something is still due"
        return events

    @rule()
    def reload_twin(self) -> None:
        """What is written down is enough to decide as before."""
        written = dump(self.centre.state)
        self.twin = Centre(load(written))
        assert dump(self.twin.state) == written

    @invariant()
    def all_is_sound(self) -> None:
        check_state(self.centre.state)
        self.witness.agrees_with(self.centre.state)
        assert self.twin.next_wakeup_ms() == self.centre.next_wakeup_ms()


def check_dry_run(
    command: cmd.OpenContact, dry_run: Explanation | Refusal, events: list[ev.AnyEvent]
) -> None:
    """Who the dry run chose is offered the contact, unless the queue sent it elsewhere."""
    if any(isinstance(event, ev.ContactOverflowed) for event in events):
        return
    assert isinstance(dry_run, Explanation)
    offered = [e.agent_id for e in events if isinstance(e, ev.ContactOffered)]
    if dry_run.strategy is Strategy.RANDOM:
        return
    assert offered[:1] == ([] if dry_run.chosen_agent_id is None else [dry_run.chosen_agent_id])


def run_machine(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        CentreMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_any_commands_in_any_order() -> None:
    run_machine(examples=100, steps=50)


@pytest.mark.chaos
def test_any_commands_in_any_order_for_long() -> None:
    run_machine(examples=3_000, steps=100)
