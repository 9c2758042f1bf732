"""Customers who would rather be called back: the kernel's own flow and callback, simulated."""

import msgspec
import pytest

from frontdesk.kernel.settings import ChannelRule
from frontdesk.simulator.laws import Endless, Exponential, Fixed, Mixture, Part
from frontdesk.simulator.ledger import Count, TeamTime
from tests.simulator.scenarios import minutes, run, small, total, with_customers

BUSY = small(per_hour=110, patience=Fixed(value_s=300))
CHANNELS = (*BUSY.channels, ChannelRule(channel="callback", patient=True))
SOON = Mixture(parts=(Part(0.5, Fixed(value_s=30)), Part(0.5, Endless())))


def test_where_agents_are_too_few_callbacks_make_no_more_of_them() -> None:
    """Who is called back keeps the place, so that others give up in their stead."""
    plain = msgspec.structs.replace(BUSY, channels=CHANNELS)
    without, offered = run(plain), run(with_customers(plain, callback_after=SOON))
    assert total(without, Count.CALLED_BACK) == 0
    assert total(offered, Count.CALLED_BACK) > 20
    busy = minutes(without, TeamTime.BUSY)
    assert minutes(offered, TeamTime.BUSY) == pytest.approx(busy, rel=0.03)
    outcomes = (Count.ANSWERED, Count.ABANDONED, Count.CALLED_BACK)
    assert sum(total(offered, outcome) for outcome in outcomes) == total(offered, Count.OFFERED)


def test_whoever_is_called_back_is_work_all_the_same() -> None:
    patient = small(per_hour=80, patience=Endless(), channels=CHANNELS)
    without, offered = run(patient), run(with_customers(patient, callback_after=SOON))
    assert total(offered, Count.CALLED_BACK) > 0
    assert minutes(offered, TeamTime.BUSY) == pytest.approx(minutes(without, TeamTime.BUSY))


def test_callbacks_asked_for_elsewhere_load_agents_and_count_as_no_arrivals() -> None:
    calls = small(per_hour=30, channels=CHANNELS)
    (voice,) = calls.customers
    written = msgspec.structs.replace(
        voice, channel="callback", patience=Endless(), handle_time=Exponential(mean_s=60)
    )
    both = run(msgspec.structs.replace(calls, customers=(voice, written)))
    alone = run(calls)
    assert total(both, Count.OFFERED) == total(alone, Count.OFFERED)
    assert minutes(both, TeamTime.BUSY) > minutes(alone, TeamTime.BUSY) + 20
