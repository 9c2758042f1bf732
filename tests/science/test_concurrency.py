import msgspec
import pytest

from frontdesk.science.concurrency import (
    CHAT_DESIGNS,
    ChatDesign,
    ChatPolicy,
    chat_agents_needed,
    solve_chat,
    solve_chat_balanced,
)
from frontdesk.science.erlang import solve_erlang_a

FIVE, SIX, EIGHT, FOUR, NO_SLOWDOWN = CHAT_DESIGNS


def packed(design: ChatDesign) -> ChatDesign:
    return msgspec.structs.replace(design, policy=ChatPolicy.PACK)


@pytest.mark.parametrize(
    ("design", "waits", "abandoned", "chat_time_min"),
    [
        (FIVE, 0.048203383, 0.012130876, 6.3855818),
        (packed(FIVE), 0.078936017, 0.019865059, 7.5450934),
        (SIX, 0.11135884, 0.027468395, 6.8345347),
        (packed(SIX), 0.15692168, 0.038707182, 7.7325913),
        (EIGHT, 0.13476832, 0.02900018, 5.7947389),
        (packed(EIGHT), 0.15299356, 0.032921984, 6.0709951),
        (FOUR, 0.019259704, 0.0050684587, 6.7105637),
        (packed(FOUR), 0.04269461, 0.01123568, 8.6230231),
        (NO_SLOWDOWN, 0.0051148048, 0.00067272455, 5),
        (packed(NO_SLOWDOWN), 0.0051148048, 0.00067272455, 5),
    ],
)
def test_concurrency(
    design: ChatDesign, waits: float, abandoned: float, chat_time_min: float
) -> None:
    figures = solve_chat(design)
    assert figures.wait_ratio == pytest.approx(waits, rel=5e-8)
    assert figures.abandoned_ratio == pytest.approx(abandoned, rel=5e-8)
    assert figures.chat_time_min == pytest.approx(chat_time_min, rel=5e-8)


def test_waits_and_idle_agents_of_the_first_design() -> None:
    spread, full = solve_chat(FIVE), solve_chat(packed(FIVE))
    assert spread.mean_wait_min == pytest.approx(0.036392629, rel=5e-8)
    assert full.mean_wait_min == pytest.approx(0.059595178, rel=5e-8)
    assert (spread.idle_ratio, full.idle_ratio) == pytest.approx((0.083, 0.216), abs=5e-4)


def test_without_slowdown_every_place_is_an_agent() -> None:
    palm = solve_erlang_a(108, 300, 180, 18, 20)
    assert solve_chat(NO_SLOWDOWN).wait_ratio == pytest.approx(palm.wait_ratio, rel=1e-10)


def test_evenly_shared_chats_are_a_shortcut_on_the_bright_side() -> None:
    assert solve_chat_balanced(FIVE).wait_ratio == pytest.approx(0.043739584, rel=5e-8)
    for design in (FIVE, SIX, EIGHT, FOUR):
        exact, even = solve_chat(design).wait_ratio, solve_chat_balanced(design).wait_ratio
        assert 0.85 * exact < even < exact
    alike = solve_chat_balanced(NO_SLOWDOWN)
    assert alike.wait_ratio == pytest.approx(solve_chat(NO_SLOWDOWN).wait_ratio, rel=1e-10)


def test_the_least_chat_agents() -> None:
    needed = chat_agents_needed(FIVE, 0.03)
    fewer, enough = (
        solve_chat_balanced(msgspec.structs.replace(FIVE, agents=agents)).abandoned_ratio
        for agents in (needed - 1, needed)
    )
    assert enough <= 0.03 < fewer
    assert 150 < chat_agents_needed(msgspec.structs.replace(FIVE, arrival_rate=60.0), 0.03) < 180
