"""When will a condition have held for so long, if nothing happens?

Between events the course of everything measured is known: a level stays, an age grows, a window
slides, hours begin and end. So the instant can be named beforehand, and nothing is polled.
"""

from typing import NamedTuple

Steps = list[tuple[int, bool]]
"""(from when, whether the condition holds), the first from now on, each until the next."""


class Stretch(NamedTuple):
    """A time without a break in which the condition holds; `end_ms` None: it stays so."""

    begin_ms: int
    end_ms: int | None


def find_stretches(steps: Steps, before: list[Stretch], now_ms: int) -> list[Stretch]:
    """All stretches from now on; one that was under way among those of before began then."""
    stretches: list[Stretch] = []
    begin_ms: int | None = None
    for at_ms, holds in steps:
        if holds and begin_ms is None:
            begin_ms = at_ms
        elif not holds and begin_ms is not None:
            stretches.append(Stretch(begin_ms, at_ms))
            begin_ms = None
    if begin_ms is not None:
        stretches.append(Stretch(begin_ms, None))
    under_way = find_under_way(before, now_ms)
    if stretches and stretches[0].begin_ms == now_ms and under_way is not None:
        stretches[0] = Stretch(under_way.begin_ms, stretches[0].end_ms)
    return stretches


def find_under_way(stretches: list[Stretch], now_ms: int) -> Stretch | None:
    """The stretch that now is in."""
    for stretch in stretches:
        if stretch.begin_ms <= now_ms and (stretch.end_ms is None or now_ms < stretch.end_ms):
            return stretch
    return None


def find_due_ms(stretches: list[Stretch], hold_ms: int, now_ms: int) -> int | None:
    """When the condition will have held for so long; None: it won't."""
    for begin_ms, end_ms in stretches:
        if end_ms is None or end_ms - begin_ms > hold_ms:  # it must still hold by then
            return max(now_ms, begin_ms + hold_ms)
    return None


def both(one: Steps, other: Steps) -> Steps:
    """Where both conditions hold; both courses begin at the same instant."""
    instants = sorted({at_ms for at_ms, _ in one} | {at_ms for at_ms, _ in other})
    return [(at_ms, _holds_at(one, at_ms) and _holds_at(other, at_ms)) for at_ms in instants]


def _holds_at(steps: Steps, at_ms: int) -> bool:
    return [holds for from_ms, holds in steps if from_ms <= at_ms][-1]


def opposite(steps: Steps) -> Steps:
    return [(at_ms, not holds) for at_ms, holds in steps]
