"""A short run of every kind of model; `frontdesk simulate --check` is the long one."""

import msgspec
import pytest

from frontdesk.science.concurrency import CHAT_DESIGNS, ChatDesign, ChatPolicy
from frontdesk.science.designs import DESIGNS
from frontdesk.simulator.check.catalogue import MODELS, CheckError, all_cases, chosen_case
from frontdesk.simulator.check.comparison import Case, Comparison, Expectation, run_cases
from frontdesk.simulator.check.models import (
    chat_case,
    design_case,
    erlang_a_case,
    erlang_c_case,
    limited_case,
)
from frontdesk.simulator.check.published import published_cases

CONTACTS = 5_000
DAYS = 6
FEW = {
    "M/M/n": lambda: erlang_c_case(200, 180, 14, 20, contacts=CONTACTS),
    "M/M/n+M": lambda: erlang_a_case(200, 180, 60, 10, 30, contacts=CONTACTS),
    "M/M/n/K": lambda: limited_case(252, 120, 12, 5, 20, contacts=CONTACTS),
    "N": lambda: design_case(DESIGNS[0], contacts=CONTACTS),
    "X": lambda: design_case(DESIGNS[3], contacts=CONTACTS),
    "M": lambda: design_case(DESIGNS[4], contacts=CONTACTS),
    "chat": lambda: chat_case(CHAT_DESIGNS[1], contacts=CONTACTS),
}


def differing(case: Case) -> list[Comparison]:
    (verdict,) = run_cases([case], 1)
    return [one for one in verdict.comparisons if not one.agrees]


@pytest.mark.parametrize("name", FEW)
def test_exact_models(name: str) -> None:
    assert differing(FEW[name]()) == []


@pytest.mark.parametrize("case", published_cases(DAYS, seed=11), ids=lambda case: case.name)
def test_published_instances(case: Case) -> None:
    if "W design" in case.name:
        case = msgspec.structs.replace(
            case, scenario=msgspec.structs.replace(case.scenario, replications=DAYS)
        )
    assert differing(case) == []


def test_the_kernel_clock_of_milliseconds_biases_nothing() -> None:
    """Handle times of five milliseconds on average: rounding would show at once."""
    case = erlang_a_case(800_000, 0.005, 0.004, 1, 0.002, contacts=20_000, seed=2)
    assert differing(case) == []


def test_a_wrong_figure_is_found() -> None:
    case = FEW["M/M/n+M"]()
    wrong = Expectation("P(abandon)", 0.25, case.expectations[1].measure)
    (found,) = differing(msgspec.structs.replace(case, expectations=(wrong,)))
    assert found.distance < -4


def test_packing_is_told_from_spreading() -> None:
    """The exact result of another policy must not pass for the kernel's."""
    packed: ChatDesign = msgspec.structs.replace(CHAT_DESIGNS[3], policy=ChatPolicy.PACK)
    assert differing(chat_case(packed, contacts=CONTACTS)) != []


def test_what_never_happens_agrees_with_what_nearly_never_does() -> None:
    """P(wait) is 1e-9: no simulation sees one, and none is expected."""
    assert differing(erlang_a_case(100, 60, 60, 20, 20, contacts=3_000)) == []


def test_every_case_has_a_seed_of_its_own() -> None:
    cases = all_cases(quick=True)
    assert len({case.scenario.seed for case in cases}) == len(cases)
    assert len({case.name for case in cases}) == len(cases)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["erlang-x", "1"], "there is no model 'erlang-x'"),
        (["erlang-a", "1", "2"], "erlang-a takes 5 numbers"),
        (["erlang-a", "many", "300", "180", "10", "20"], "CALLS_PER_HOUR must be a number"),
        (["erlang-a", "0", "300", "180", "10", "20"], "CALLS_PER_HOUR must be greater than zero"),
        (["erlang-a", "100", "-1", "180", "10", "20"], "AHT must be greater than zero"),
        (["erlang-a", "100", "300", "inf", "10", "20"], "PATIENCE must be greater than zero"),
        (["erlang-a", "100", "300", "180", "2.5", "20"], "AGENTS must be a whole number"),
        (["erlang-a", "100", "300", "180", "1e9", "20"], "AGENTS must be at most"),
        (["erlang-a", "100", "300", "180", "10", "-1"], "T must be zero or more"),
        (["erlang-a", "1e9", "180", "60", "1000", "20"], "one replication would take"),
        (["erlang-c", "200", "180", "10", "20"], "the agents can't carry this load"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(words: list[str], complaint: str) -> None:
    with pytest.raises(CheckError) as caught:
        chosen_case(words)
    assert complaint in str(caught.value)


@pytest.mark.parametrize("model", MODELS)
def test_any_numbers_make_a_case(model: str) -> None:
    numbers = {"CALLS_PER_HOUR": "200", "AHT": "180", "PATIENCE": "60", "AGENTS": "14"}
    words = [model, *(numbers.get(name, "20") for name in MODELS[model])]
    assert chosen_case(words).expectations
