"""Any commands in any order, under changing settings: what must always hold, holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from frontdesk.kernel import commands as cmd
from tests.kernel import moves, repertoire
from tests.kernel.proof import Proof
from tests.kernel.walk import Walk


class DrawnChooser:
    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def integer(self, least: int, most: int) -> int:
        return self._data.draw(st.integers(least, most))


class CentreMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.proof = Proof()

    @rule(data=st.data(), move=st.sampled_from(repertoire.SETTINGS_MOVES))
    def change_settings(self, data: st.DataObject, move: moves.Move) -> None:
        self._make(move, data)

    @rule(data=st.data(), move=st.sampled_from(repertoire.WORK_MOVES))
    def work(self, data: st.DataObject, move: moves.Move) -> None:
        self._make(move, data)

    @rule(data=st.data())
    def become_available(self, data: st.DataObject) -> None:
        self._make(moves.become_available, data)

    @rule(data=st.data())
    def open_contact(self, data: st.DataObject) -> None:
        self._make(moves.open_contact, data)

    @rule(data=st.data())
    def accept_offer(self, data: st.DataObject) -> None:
        self._make(moves.accept_offer, data)

    def _make(self, move: moves.Move, data: st.DataObject) -> None:
        self.proof.obey(move(self.proof.centre.state, DrawnChooser(data)))

    @rule(wait_ms=st.sampled_from(moves.WAIT_MS), on_time=st.booleans())
    def let_time_pass(self, wait_ms: int, on_time: bool) -> None:
        """The runtime may be late: the next command can come before the due `Advance`."""
        self.proof.now_ms += wait_ms
        if on_time:
            self.proof.obey(cmd.Advance())

    @rule()
    def advance_to_wakeup(self) -> None:
        self.proof.advance_to_wakeup()

    @rule()
    def reload_twin(self) -> None:
        self.proof.reload_twin()

    @invariant()
    def all_is_sound(self) -> None:
        self.proof.check()


@pytest.mark.chaos
def test_any_commands_in_any_order(kills: int) -> None:
    """As often as chaos is wanted: five is a minute's work, fifty is ten's."""
    run_state_machine_as_test(
        CentreMachine,
        settings=settings(
            max_examples=16 * kills,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.chaos
def test_long_walks(kills: int, subtests: pytest.Subtests) -> None:
    """Random commands from a seed: less clever than Hypothesis, and longer at the same cost."""
    for seed in range(8 * kills):
        with subtests.test(seed=seed):
            walk_from(seed, steps=300)


def walk_from(seed: int, steps: int) -> None:
    proof = Proof()
    walk = Walk(seed, centre=proof.centre)
    for number in range(steps):
        command = walk.next_command()
        proof.now_ms = walk.now_ms
        proof.obey(command)
        proof.check()
        if number % 20 == 0:
            proof.reload_twin()
