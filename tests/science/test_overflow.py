import pytest

from frontdesk.science.overflow import (
    equivalent_group,
    exact_overflow_losses,
    hayward_blocking,
    overflow,
    rapp_group,
    servers_for_overflow,
)

COMBINED = overflow(10, 10) + overflow(5, 4)


@pytest.mark.parametrize(
    ("servers", "load", "mean", "variance"),
    [
        (10, 10, 2.14582343107, 4.36244728062),
        (20, 25, 6.99725377474, 16.3995682919),
        (5, 4, 0.796267496112, 1.30126895228),
    ],
)
def test_moments(servers: int, load: float, mean: float, variance: float) -> None:
    stream = overflow(servers, load)
    assert (stream.mean, stream.variance) == pytest.approx((mean, variance), rel=1e-11)


def test_combined_stream() -> None:
    assert COMBINED.mean == pytest.approx(2.94209092719, rel=1e-11)
    assert COMBINED.variance == pytest.approx(5.66371623291, rel=1e-11)
    assert COMBINED.peakedness == pytest.approx(1.92506498714, rel=1e-11)


def test_hayward() -> None:
    assert hayward_blocking(6, COMBINED) == pytest.approx(0.124392735129, rel=1e-11)


def test_equivalent_group_by_rapp() -> None:
    group = rapp_group(COMBINED)
    assert group.load == pytest.approx(11.0061468856, rel=1e-11)
    assert group.servers == pytest.approx(9.91011314605, rel=1e-11)
    assert group.blocking(6, COMBINED) == pytest.approx(0.15159021183, rel=1e-10)


def test_equivalent_group_solved() -> None:
    group = equivalent_group(COMBINED)
    assert group.load == pytest.approx(10.3716817788, rel=1e-10)
    assert group.servers == pytest.approx(9.11158299479, rel=1e-10)
    assert group.blocking(6, COMBINED) == pytest.approx(0.148229107867, rel=1e-10)


def test_exact_losses() -> None:
    losses = exact_overflow_losses(((10, 10.0), (5, 4.0)), 6)
    assert losses == pytest.approx([0.340791414170, 0.093055375931], rel=1e-11)
    assert sum(losses) / COMBINED.mean == pytest.approx(0.147462060432, rel=1e-11)


def test_the_least_further_group_that_loses_few_enough() -> None:
    servers = servers_for_overflow(COMBINED, 0.01)
    group = equivalent_group(COMBINED)
    assert group.blocking(servers, COMBINED) <= 0.01 < group.blocking(servers - 1, COMBINED)
