import pytest

from frontdesk.science.designs import (
    M_DEDICATED_FIRST,
    N_FLEXIBLE_FIRST,
    N_PULLS_OTHER_FIRST,
    N_PULLS_OWN_FIRST,
    X_HOME_FIRST,
    Design,
    solve_design,
)
from frontdesk.science.erlang import solve_erlang_a


@pytest.mark.parametrize(
    ("design", "abandoned", "waits", "occupancy"),
    [
        (
            N_PULLS_OWN_FIRST,
            (0.0530779033, 0.1318187956),
            (0.2540508241, 0.5021694011),
            (0.7427569122, 0.7913787678),
        ),
        (
            N_PULLS_OTHER_FIRST,
            (0.0314063534, 0.1732080119),
            (0.2295700406, 0.5105391910),
            (0.7306259479, 0.7945141843),
        ),
        (
            N_FLEXIBLE_FIRST,
            (0.0470863760, 0.1864876740),
            (0.2191505961, 0.7104328567),
            (0.5912066181, 0.9093193357),
        ),
        (
            X_HOME_FIRST,
            (0.0667439279, 0.0635883928),
            (0.3340803023, 0.3340803023),
            (0.8012239580, 0.7689182285),
        ),
        (
            M_DEDICATED_FIRST,
            (0.0753752379, 0.0993303810),
            (0.3590451276, 0.3655287052),
            (0.7916641825, 0.7632550793, 0.7413958395),
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Design) else "",
)
def test_designs(
    design: Design,
    abandoned: tuple[float, ...],
    waits: tuple[float, ...],
    occupancy: tuple[float, ...],
) -> None:
    figures = solve_design(design)
    assert figures.abandoned_ratios == pytest.approx(abandoned, abs=6e-11)
    assert figures.wait_ratios == pytest.approx(waits, abs=6e-11)
    assert figures.occupancy_ratios == pytest.approx(occupancy, abs=6e-11)


def test_one_type_and_one_group_is_erlang_a() -> None:
    pool = Design("one pool", (1.2,), (6,), ((0,),), ((0,),), service_rate=0.25, abandon_rate=0.5)
    figures = solve_design(pool)
    palm = solve_erlang_a(72, 240, 120, 6, 20)
    assert figures.wait_ratios[0] == pytest.approx(palm.wait_ratio, rel=1e-11)
    assert figures.abandoned_ratios[0] == pytest.approx(palm.abandoned_ratio, rel=1e-11)
