"""The report tells what the examples get wrong."""

from __future__ import annotations

import pytest

from frontdesk.answers.understanding.report import report_of
from frontdesk.kernel.flows.resources import Intent
from frontdesk.runtime.understanding_report import Repeated, Report, Shortage
from tests.support.intents import BALANCE, HOURS, ORDER, SMALL

MUDDLED = (
    BALANCE,
    HOURS,
    Intent(
        intent_id="order",
        name="Order status",
        examples=(*ORDER.examples, "When do you open?", "Where IS my order"),
    ),
    Intent(intent_id="empty", name="Empty"),
)


@pytest.fixture(scope="module")
def report() -> Report:
    messages = ["where is the giraffe", "my balance", "Where is the giraffe?", "", "!!"]
    return report_of(MUDDLED, messages)


def test_examples_that_contradict_each_other_are_named(report: Report) -> None:
    clash = report.clashes[0]
    assert (clash.text, clash.intent_id) == ("when do you open", "hours")
    assert (clash.other_text, clash.other_intent_id) == ("When do you open?", "order")
    assert clash.similarity > 0.9


def test_examples_that_stand_twice_are_named(report: Report) -> None:
    assert report.repeated == (Repeated("order", "Where IS my order"),)


def test_a_misread_example_is_in_list_and_confusions(report: Report) -> None:
    misread = {(one.text, one.intent_id, one.taken_for) for one in report.misread}
    assert ("When do you open?", "order", "hours") in misread
    counts = {(c.intent_id, c.taken_for): c.count for c in report.confusions}
    assert counts["order", "hours"] >= 1
    assert sum(counts.values()) == len(report.misread)


def test_the_figures_are_those_of_the_lists(report: Report) -> None:
    assert report.examples == report.tried == 28
    assert report.accuracy_ratio == pytest.approx(1 - len(report.misread) / report.tried)
    by_intent = {one.intent_id: one for one in report.intents}
    assert [*by_intent] == ["balance", "hours", "order", "empty"]
    assert by_intent["order"].examples == 10
    assert by_intent["empty"].recall_ratio is None
    wrong = sum(one.intent_id == "order" for one in report.misread)
    assert by_intent["order"].recall_ratio == pytest.approx(1 - wrong / 10)


def test_intents_with_too_few_examples_are_named_by_language(report: Report) -> None:
    assert Shortage("empty", "ru", 0) in report.shortages
    assert Shortage("balance", "ro", 3) in report.shortages


def test_messages_that_were_unsure_are_candidates_by_how_often(report: Report) -> None:
    assert [(one.text, one.times) for one in report.candidates] == [("where is the giraffe", 2)]


def test_nothing_learnt_nothing_measured() -> None:
    report = report_of([Intent(intent_id="empty", name="Empty")], ["hello"])
    assert report.accuracy_ratio is None
    assert report.calibration_error is None
    assert report.candidates == ()
    assert report_of([]).intents == ()


def test_what_is_well_told_apart_has_few_confusions() -> None:
    report = report_of(SMALL)
    assert report.clashes == ()
    assert report.repeated == ()
    assert report.accuracy_ratio is not None
    assert report.accuracy_ratio > 0.6
