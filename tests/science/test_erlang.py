"""Every digit was computed with mpmath at 50 digits, or printed by a third party (named)."""

import math

import pytest

from frontdesk.science.erlang import (
    erlang_b,
    erlang_c,
    palm_inverse,
    palm_inverse_large,
    solve_erlang_a,
    solve_erlang_c,
)


@pytest.mark.parametrize(
    ("servers", "load", "blocking"),
    [
        (1, 1, 0.5),
        (5, 3, 0.110054347826087),
        (10, 10, 0.214582343107347),
        (20, 12, 0.00979563942006408),
        (50, 40, 0.0186906711096322),
        (100, 100, 0.075700452710861),
        (100, 84.06, 0.00999170258802648),
        (200, 180, 0.0103249952049823),
        (1000, 1000, 0.0248119176461604),
        (1000, 950, 0.00364929368894241),
        (10.5, 9, 0.143216674698975),
        (10, 9, 0.167963226291586),
    ],
)
def test_erlang_b(servers: float, load: float, blocking: float) -> None:
    assert erlang_b(servers, load) == pytest.approx(blocking, rel=1e-13)


def test_fractional_servers_lie_between_whole_ones_at_any_load() -> None:
    for load in (0.1, 5.0, 49.9, 50.1, 900.0):
        whole = [erlang_b(servers, load) for servers in (0, 1)]
        assert whole[1] < erlang_b(0.5, load) < whole[0]
    assert erlang_b(0.5, 49.999999) == pytest.approx(erlang_b(0.5, 50.000001), rel=1e-6)


ERLANG_C_ROWS = [
    (200, 180, 14, 20, 0.174131933595, 7.83593701178, 0.888350019179),
    (360, 240, 28, 20, 0.333138527993, 19.9883116796, 0.761295813935),
    (800, 225, 100, 20, 3.26063870428e-10, 1.46728741692e-9, 0.999999999996),
    (2880, 60, 50, 20, 0.694455611197, 20.8336683359, 0.643454600803),
    (600, 300, 55, 20, 0.384547317933, 23.072839076, 0.724459806304),
    (60, 300, 8, 20, 0.167266506662, 16.7266506662, 0.863053767036),
    (1200, 180, 65, 30, 0.420072292571, 15.1226025326, 0.817437334205),
    (120, 280, 12, 20, 0.320520346906, 33.6546364251, 0.735068959192),
]


@pytest.mark.parametrize("row", ERLANG_C_ROWS)
def test_erlang_c(row: tuple[float, float, int, float, float, float, float]) -> None:
    calls_per_hour, handle_time_s, agents, target_s, waits, answer_s, level = row
    figures = solve_erlang_c(calls_per_hour, handle_time_s, agents, target_s)
    assert figures.wait_ratio == pytest.approx(waits, rel=1e-11)
    assert figures.speed_of_answer_s == pytest.approx(answer_s, rel=1e-11)
    assert figures.service_levels.answered_of_offered == pytest.approx(level, rel=1e-11)


def test_erlang_c_of_a_pool_that_cannot_carry_its_load() -> None:
    figures = solve_erlang_c(120, 300, 10, 20)
    assert erlang_c(10, 10) == 1
    assert math.isinf(figures.speed_of_answer_s)
    assert figures.service_levels.answered_of_offered == 0


ERLANG_A_ROWS = """
2880  60 120  50 20 0.4677740686 0.03091224916 3.709469899 3.61590024  0.9430189547 0.9730996537 0.972029603  0.9728643917 0.9303242408
 120 280 100  12 20 0.1882111126 0.0556346878  5.56346878  4.305596641 0.8710386649 0.9223535147 0.8962831187 0.8992043787 0.7345063539
 360 240 120  26 20 0.3137057439 0.05846854258 7.016225109 6.254395243 0.8234686243 0.8746055353 0.8546520636 0.8599553312 0.8691059607
1140 300 180 100 20 0.2812171043 0.02401962981 4.323533366 4.111265419 0.8989243505 0.9210475722 0.9160786691 0.9176501643 0.9271813517
1200 300 180 100 20 0.4516175087 0.04491271576 8.084288837 7.780689588 0.8019110965 0.8396207443 0.829189721  0.8348090254 0.9550872842
  60 300 120   6 20 0.3215469901 0.1289600328  15.47520393 11.19130266 0.7354345578 0.8443178103 0.76983005   0.7801138896 0.7258666394
 252 120  60  12 20 0.1273722818 0.02967890554 1.780734333 1.443604621 0.9452695756 0.9741822382 0.9678715387 0.9686218101 0.6792247661
 200 180  60  10 30 0.4234176749 0.1575268715  9.451612289 7.494469741 0.7629279343 0.9055813277 0.8687788972 0.8847667166 0.8424731285
""".strip().splitlines()  # noqa: E501, a table is read by its columns


@pytest.mark.parametrize("line", ERLANG_A_ROWS)
def test_erlang_a(line: str) -> None:
    calls, handle_s, patience_s, agents, target_s, *expected = map(float, line.split())
    figures = solve_erlang_a(calls, handle_s, patience_s, int(agents), target_s)
    levels = figures.service_levels
    found = [
        figures.wait_ratio,
        figures.abandoned_ratio,
        figures.mean_wait_s,
        figures.speed_of_answer_s,
        levels.answered_of_offered,
        levels.answered_of_answered,
        levels.less_short_abandons,
        levels.short_abandons_met,
        figures.occupancy_ratio,
    ]
    assert found == pytest.approx(expected, rel=1e-9)


def test_erlang_a_agrees_with_figures_others_print() -> None:
    """README of the R package erlangR (120/h, 280 s, patience 100 s); n = 9 to 15."""
    printed = [
        0.17955929,
        0.12735028,
        0.08627226,
        0.05563469,
        0.03407010,
        0.01978727,
        0.01089631,
    ]
    found = [solve_erlang_a(120, 280, 100, agents, 20).abandoned_ratio for agents in range(9, 16)]
    assert found == pytest.approx(printed, abs=6e-9)


def test_erlang_a_and_c_of_the_callcenter_simulator() -> None:
    """Unit tests of A. Herzog's Callcenter-Simulator: 3.5 a minute, 3 minutes, 13 agents."""
    assert solve_erlang_c(210, 180, 13, 20).mean_wait_s == pytest.approx(26.556886, abs=1e-6)
    assert solve_erlang_a(210, 180, 300, 13, 20).mean_wait_s == pytest.approx(9.9128026, abs=1e-7)


def test_erlang_a_at_loads_where_its_series_would_overflow() -> None:
    figures = solve_erlang_a(3600 * 500, 300, 60, 10_000, 20)
    assert figures.wait_ratio == pytest.approx(1)
    assert figures.abandoned_ratio == pytest.approx(1 - 10_000 / 150_000, rel=1e-9)


def test_erlang_a_at_the_critical_load() -> None:
    """Garnett, Mandelbaum, Reiman: P(wait) tends to one half; exact for a thousand agents."""
    figures = solve_erlang_a(3600, 1000, 1000, 1000, 20)
    assert figures.wait_ratio == pytest.approx(0.5042052, abs=5e-8)


def test_endless_patience_leads_back_to_erlang_c() -> None:
    patient = solve_erlang_a(200, 180, 1e7, 14, 20)
    endless = solve_erlang_c(200, 180, 14, 20)
    assert patient.mean_wait_s == pytest.approx(endless.mean_wait_s, rel=1e-4)


def test_erlang_a_of_thousands_who_are_patient_and_too_few() -> None:
    """The series would take 17 million terms; Little's law says what is lost."""
    figures = solve_erlang_a(60_000, 300, 1e6, 4_000, 20)
    assert figures.wait_ratio == pytest.approx(1)
    assert figures.abandoned_ratio == pytest.approx(0.2, rel=1e-9)


def test_the_closed_form_meets_the_series_where_it_takes_over() -> None:
    for pressure in (1e5, 1.001e5, 1.01e5, 1.2e5):
        series = palm_inverse(99_999.999, pressure)
        closed = palm_inverse_large(99_999.999, pressure)
        assert closed == pytest.approx(series, rel=1e-8)


@pytest.mark.parametrize("bad", [0, -1, math.nan, math.inf])
def test_numbers_that_mean_nothing_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="handle_time_s must be a positive number"):
        solve_erlang_a(120, bad, 60, 10, 20)
