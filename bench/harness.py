"""How a measurement is taken and told: repeated, the median, beside its anchor, in one run."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Timing:
    """Seconds that the repeats of one piece of work took."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median_s(self) -> float:
        return statistics.median(self.seconds)

    def rate(self, count: int) -> float:
        """How many a second, at the median."""
        return count / self.median_s


@dataclass(frozen=True)
class Figure:
    """One result: what was measured, and what it is held against.

    ``aim`` is the bound in words; ``met`` says whether it is kept (None: there is no bound).
    """

    name: str
    value: float
    unit: str
    anchor: str = ""
    anchor_value: float | None = None
    aim: str = ""
    met: bool | None = None


def measure(
    name: str, work: Callable[[], object], repeats: int, prepare: Callable[[], object] = int
) -> Timing:
    """Times ``work`` so many times; ``prepare`` runs before each, unmeasured."""
    seconds: list[float] = []
    for _ in range(repeats):
        prepare()
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return Timing(name, tuple(seconds))


def report(bench: str, figures: list[Figure]) -> bool:
    """Prints the figures and keeps them in ``results/``; whether every aim is met."""
    print(f"\n{bench}: {describe_machine()}")
    width = max(len(figure.name) for figure in figures)
    for figure in figures:
        print(f"  {figure.name:<{width}}  {_describe(figure)}")
    RESULTS.mkdir(exist_ok=True)
    kept = {"machine": describe_machine(), "figures": [asdict(figure) for figure in figures]}
    (RESULTS / f"{bench}.json").write_text(json.dumps(kept, indent=2) + "\n")
    return all(figure.met is not False for figure in figures)


def describe_machine() -> str:
    """What the figures depend on most."""
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f}"
    )


def _describe(figure: Figure) -> str:
    text = f"{_number(figure.value):>10} {figure.unit}"
    if figure.anchor_value is not None:
        ratio = figure.value / figure.anchor_value
        text += f"   {figure.anchor}: {_number(figure.anchor_value)} ({ratio:.2f} of it)"
    if figure.aim:
        verdict = {True: "met", False: "MISSED", None: ""}[figure.met]
        text += f"   aim {figure.aim}: {verdict}"
    return text


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
