"""One sentence, then fields; personal ones only when asked for."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from frontdesk.runtime.logs import FieldFormatter, LogFormat


@pytest.fixture
def record() -> logging.LogRecord:
    fields = {"msg": "The centre is served", "name": "frontdesk.runtime", "levelname": "INFO"}
    return logging.makeLogRecord({**fields, "created": 0.5, "seq": 7, "pii_name": "Ion"})


def test_text_is_for_people(record: logging.LogRecord) -> None:
    line = FieldFormatter(LogFormat.TEXT).format(record)
    assert line == "00:00:00 info    The centre is served seq=7"


def test_json_is_for_machines(record: logging.LogRecord) -> None:
    assert json.loads(FieldFormatter(LogFormat.JSON).format(record)) == {
        "at": "1970-01-01T00:00:00.500+00:00",
        "level": "info",
        "logger": "frontdesk.runtime",
        "message": "The centre is served",
        "seq": 7,
    }


def test_personal_data_is_shown_when_asked_for(record: logging.LogRecord) -> None:
    assert "pii_name=Ion" in FieldFormatter(LogFormat.TEXT, personal=True).format(record)


@pytest.mark.parametrize("form", LogFormat)
def test_a_traceback_comes_along(record: logging.LogRecord, form: LogFormat) -> None:
    try:
        int("seven")
    except ValueError:
        record.exc_info = sys.exc_info()
    assert "ValueError: invalid literal" in FieldFormatter(form).format(record)


def test_odd_values_do_not_break_a_line(record: logging.LogRecord) -> None:
    record.odd = object
    assert "class" in FieldFormatter(LogFormat.JSON).format(record)
