"""All cases that are checked, and cases for any numbers that someone asks about."""

import math
from collections.abc import Callable, Sequence
from typing import Final

from frontdesk.science.concurrency import CHAT_DESIGNS
from frontdesk.science.designs import DESIGNS
from frontdesk.simulator.check.comparison import Case
from frontdesk.simulator.check.models import (
    chat_case,
    design_case,
    erlang_a_case,
    erlang_c_case,
    limited_case,
)
from frontdesk.simulator.check.published import published_cases

DAYS: Final = 200
QUICK_CONTACTS: Final = 20_000
QUICK_DAYS: Final = 16
CONTACTS: Final = 150_000
AGENTS_MAX: Final = 20_000

MODELS: Final[dict[str, tuple[str, ...]]] = {
    "erlang-a": ("CALLS_PER_HOUR", "AHT", "PATIENCE", "AGENTS", "T"),
    "erlang-c": ("CALLS_PER_HOUR", "AHT", "AGENTS", "T"),
    "limited": ("CALLS_PER_HOUR", "AHT", "AGENTS", "WAITING_MAX", "T"),
}
"""Models that take any numbers, with their parameters in order; times in seconds."""

WHOLE: Final = ("AGENTS", "WAITING_MAX")
MAY_BE_ZERO: Final = ("T", "WAITING_MAX")
CONTACTS_MAX: Final = 4_000_000
"""In one replication: an eighth of them may be in the system at once, a kilobyte or two each."""


class CheckError(ValueError):
    """Numbers that mean nothing, or a model nobody knows."""


def all_cases(*, quick: bool = False, seed: int = 1) -> list[Case]:
    """The whole check, or (`quick`) a short one over the same models.

    Every case has a seed of its own, so that chance does not favour all of them together.
    """
    contacts = QUICK_CONTACTS if quick else CONTACTS
    builders: list[Callable[[int], Case]] = [
        lambda s: erlang_c_case(200, 180, 14, 20, contacts=contacts, seed=s),
        lambda s: erlang_c_case(600, 300, 55, 20, contacts=contacts, seed=s),
        lambda s: erlang_a_case(1140, 300, 180, 100, 20, contacts=contacts, seed=s),
        lambda s: erlang_a_case(200, 180, 60, 10, 30, contacts=contacts, seed=s),
        lambda s: limited_case(252, 120, 12, 5, 20, contacts=contacts, seed=s),
        *(lambda s, one=one: design_case(one, contacts=contacts, seed=s) for one in DESIGNS),
        *(lambda s, one=one: chat_case(one, contacts=contacts, seed=s) for one in CHAT_DESIGNS),
    ]
    cases = [build(seed * 1000 + at) for at, build in enumerate(builders)]
    return cases + published_cases(QUICK_DAYS if quick else DAYS, seed * 1000 + len(builders))


def chosen_case(words: Sequence[str], seed: int = 1) -> Case:
    """A case from the command line's words: a model's name and its numbers.

    Raises CheckError with a sentence that says what is wrong.
    """
    model, texts = words[0], words[1:]
    if model not in MODELS:
        raise CheckError(f"there is no model {model!r}; there are: {', '.join(MODELS)}")
    names = MODELS[model]
    if len(texts) != len(names):
        raise CheckError(f"{model} takes {len(names)} numbers: {' '.join(names)}")
    number = {name: parse(name, text) for name, text in zip(names, texts, strict=True)}
    try:
        case = build_case(model, number, seed)
    except ValueError as error:
        raise CheckError(str(error)) from error
    contacts = number["CALLS_PER_HOUR"] * case.scenario.duration_min / 60
    if contacts > CONTACTS_MAX:
        raise CheckError(
            f"one replication would take {contacts:,.0f} contacts, more than {CONTACTS_MAX:,}; "
            "choose fewer calls or shorter times"
        )
    return case


def parse(name: str, text: str) -> float:
    """One number, in its range."""
    try:
        value = float(text)
    except ValueError as error:
        raise CheckError(f"{name} must be a number, not {text!r}") from error
    least = 0 if name in MAY_BE_ZERO else math.ulp(0)
    if not math.isfinite(value) or value < least:
        bound = "zero or more" if name in MAY_BE_ZERO else "greater than zero"
        raise CheckError(f"{name} must be {bound}, not {text}")
    if name in WHOLE and value != int(value):
        raise CheckError(f"{name} must be a whole number, not {text}")
    if name == "AGENTS" and value > AGENTS_MAX:
        raise CheckError(f"AGENTS must be at most {AGENTS_MAX}, not {text}")
    return value


def build_case(model: str, number: dict[str, float], seed: int) -> Case:
    """The case of a model that is known, with numbers that were parsed."""
    calls, handle_time_s = number["CALLS_PER_HOUR"], number["AHT"]
    agents, target_s = int(number["AGENTS"]), number["T"]
    if model == "erlang-a":
        return erlang_a_case(calls, handle_time_s, number["PATIENCE"], agents, target_s, seed=seed)
    if model == "limited":
        places = int(number["WAITING_MAX"])
        return limited_case(calls, handle_time_s, agents, places, target_s, seed=seed)
    if calls * handle_time_s / 3600 >= agents:
        raise CheckError("the agents can't carry this load: without abandonment waits never end")
    return erlang_c_case(calls, handle_time_s, agents, target_s, seed=seed)
