"""Deadlines: set, moved, cancelled, found in order; nothing due is left behind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as hs

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.deadlines import DeadlineKind, Deadlines
from tests.kernel.scene import Scene, agent, kinds, queue

STEPS = hs.tuples(
    hs.sampled_from(list(DeadlineKind)), hs.integers(1, 5), hs.none() | hs.integers(0, 20)
)


@given(hs.lists(STEPS))
def test_the_earliest_is_next_whatever_was_moved_or_cancelled(
    steps: list[tuple[DeadlineKind, int, int | None]],
) -> None:
    kept = Deadlines()
    plain: dict[tuple[DeadlineKind, int], int] = {}
    for kind, id_, at_ms in steps:
        if at_ms is None:
            kept.cancel(kind, id_)
            plain.pop((kind, id_), None)
        else:
            kept.set(kind, id_, at_ms)
            plain[(kind, id_)] = at_ms
        expected = sorted((at, int(k), i) for (k, i), at in plain.items())
        assert kept.as_list() == expected
        assert kept.next_ms() == (expected[0][0] if expected else None)
        assert kept.find_due(10) == (expected[0] if expected and expected[0][0] <= 10 else None)
        assert Deadlines(kept.as_list()).as_list() == expected


def test_many_moves_do_not_pile_up() -> None:
    kept = Deadlines()
    for at_ms in range(10_000):
        kept.set(DeadlineKind.OFFER_EXPIRY, 1, at_ms)
    assert kept.as_list() == [(9_999, DeadlineKind.OFFER_EXPIRY, 1)]
    assert len(kept._heap) < 200


def test_nothing_is_due_before_its_time() -> None:
    scene = Scene(queue(), agent("ann"))
    assert scene.centre.next_wakeup_ms() is None
    scene.available("ann")
    scene.open()
    wakeup_ms = scene.centre.next_wakeup_ms()
    assert wakeup_ms is not None
    scene.now_ms = wakeup_ms - 1
    assert scene.does(cmd.Advance()) == []
    scene.now_ms = wakeup_ms
    assert kinds(scene.does(cmd.Advance()))[0] == "OfferExpired"


def test_at_one_instant_the_lower_kind_and_then_the_lower_id() -> None:
    scene = Scene(queue(offer_time_ms=10_000), agent("ann", capacity_units=300), agent("bob"))
    scene.does(cmd.SetPresence("ann", cmd.Presence.AVAILABLE))
    first, second = scene.open(), scene.open()
    scene.does(cmd.ConnectAgent("bob"))
    scene.does(cmd.SetPresence("bob", cmd.Presence.AVAILABLE))
    scene.now_ms += 10_000
    events = scene.does(cmd.Advance())
    expired = [e.contact_id for e in events if isinstance(e, ev.OfferExpired)]
    assert expired == [first], "taken off, the agent has given back the second"
    assert scene.contact(second).refused_by == ()


def test_what_is_too_much_for_one_decision_is_due_at_once_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("frontdesk.kernel.decide_deadlines.DUE_MAX", 3)
    steps = (st.RoutingStep(duration_ms=1_000), st.RoutingStep())
    scene = Scene(queue(steps=steps))
    for _ in range(5):
        scene.open()
    scene.now_ms += 1_000
    assert kinds(scene.does(cmd.Advance())) == ["StepAdvanced"] * 3
    assert scene.centre.next_wakeup_ms() == scene.now_ms
    assert kinds(scene.does(cmd.Advance())) == ["StepAdvanced"] * 2
    assert scene.centre.next_wakeup_ms() is None
