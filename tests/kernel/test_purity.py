"""The kernel decides from what it is given: no clock, no chance, no environment, no I/O.

Import contracts keep it from importing what could do that; this keeps it from
doing it by other means, while it decides.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest

from frontdesk.kernel.refusals import Refusal
from tests.kernel import repertoire
from tests.kernel.walk import Walk, digests

STEPS = 2_000
ALLOWED_FILES = ("zoneinfo", "tzdata")
"""Time zones' rules are read when one is first met: they are part of the program."""

events_seen: list[str] = []
watching = False


def note(event: str, args: tuple[object, ...]) -> None:
    if not watching or event.startswith(("object.", "sys._getframe", "code.", "compile", "exec")):
        return
    if event in ("open", "os.listdir", "os.scandir", "import") and any(
        part in str(args) for part in ALLOWED_FILES
    ):
        return
    events_seen.append(f"{event} {args}")


sys.addaudithook(note)


@contextmanager
def audited() -> Iterator[list[str]]:
    """Notes whatever the interpreter is asked to do with the world."""
    global watching
    events_seen.clear()
    watching = True
    try:
        yield events_seen
    finally:
        watching = False


def test_deciding_touches_nothing_of_the_world() -> None:
    digests(1, 200)
    with audited() as seen:
        digests(2, STEPS)
    assert seen == []


class Forbidden(AssertionError):
    pass


class NoClock(datetime):
    @classmethod
    def now(cls, tz: object = None) -> NoClock:
        raise Forbidden

    @classmethod
    def utcnow(cls) -> NoClock:
        raise Forbidden

    @classmethod
    def today(cls) -> NoClock:
        raise Forbidden


class NoToday(date):
    @classmethod
    def today(cls) -> NoToday:
        raise Forbidden


def test_no_clock_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.kernel.hours.datetime", NoClock)
    monkeypatch.setattr("frontdesk.kernel.decide_settings.date", NoToday)
    digests(3, STEPS)


def test_the_clock_of_a_decision_is_the_one_it_is_given() -> None:
    """Shifted by whole weeks, the same commands come out the same, but for the times in them."""
    week_ms = 7 * 86_400_000
    now, later = Walk(5), Walk(5)
    later.now_ms += week_ms
    for command in repertoire.first_settings():
        for walk in (now, later):
            walk.centre.decide(command, walk.now_ms)
    for _ in range(500):
        outcomes = [walk.centre.decide(walk.next_command(), walk.now_ms) for walk in (now, later)]
        shapes = [
            outcome if isinstance(outcome, Refusal) else [type(event) for event in outcome]
            for outcome in outcomes
        ]
        assert shapes[0] == shapes[1]
    assert later.now_ms - now.now_ms == week_ms
