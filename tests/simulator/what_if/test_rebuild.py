import numpy as np
import pytest

from frontdesk.simulator.what_if.rebuild import Span, edges_of, minutes_of, periods_of_arrivals

DAY = Span(0, 24 * 3_600_000)


def ms(minutes: float) -> int:
    return round(minutes * 60_000)


def test_a_centre_that_opens_at_ten_past_has_its_contacts_from_then_on() -> None:
    came = [ms(8 * 60 + 10 + 0.5 * number) for number in range(160)]
    edges = edges_of(came, DAY)
    assert 8 * 60 + 10 in edges
    assert edges[edges > 9 * 60][0] == 9 * 60 + 29 + 31 / 60, "and none after its last contact"
    periods = periods_of_arrivals(minutes_of(came, DAY), edges, 0.0, 1.0)
    assert [period.start for period in periods][1] == "08:10"
    assert periods[1].per_hour == pytest.approx(120)


def test_a_few_contacts_say_nothing_of_when_it_opens() -> None:
    edges = edges_of([ms(8 * 60 + 10), ms(8 * 60 + 20)], DAY)
    assert len(edges) == 49


def test_no_contact_is_lost_whatever_the_edges() -> None:
    came = [ms(float(minute)) for minute in np.random.default_rng(1).uniform(0, 1440, 5_000)]
    came += [ms(1440) - 1] * 30
    edges = edges_of(came, DAY)
    periods = periods_of_arrivals(minutes_of(came, DAY), edges, 0.0, 1.0)
    starts = [int(p.start[:2]) + int(p.start[3:5]) / 60 for p in periods if p.start.count(":") == 1]
    assert starts == sorted(starts)
    counts = np.histogram(minutes_of(came, DAY), edges)[0]
    assert counts.sum() == len(came)
