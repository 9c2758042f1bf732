"""How log records look: one static sentence, then fields; as text for people, as JSON for machines.

Whoever logs passes the fields as ``extra``. Personal data goes under names that begin with
``pii_`` and is left out unless asked for.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import msgspec

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
PERSONAL_PREFIX = "pii_"


class LogFormat(Enum):
    """What a line of the log looks like."""

    TEXT = "text"
    JSON = "json"


class FieldFormatter(logging.Formatter):
    """Renders the sentence and the fields of a record."""

    def __init__(self, form: LogFormat, *, personal: bool = False) -> None:
        super().__init__()
        self._form = form
        self._personal = personal

    def format(self, record: logging.LogRecord) -> str:
        if self._form is LogFormat.JSON:
            return self._format_json(record)
        return self._format_text(record)

    def _find_fields(self, record: logging.LogRecord) -> dict[str, Any]:
        return {
            name: value
            for name, value in vars(record).items()
            if name not in _STANDARD and (self._personal or not name.startswith(PERSONAL_PREFIX))
        }

    def _format_text(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        fields = "".join(f" {name}={value}" for name, value in self._find_fields(record).items())
        line = f"{at:%H:%M:%S} {record.levelname.lower():<7} {record.getMessage()}{fields}"
        return line + ("\n" + self.formatException(record.exc_info) if record.exc_info else "")

    def _format_json(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **self._find_fields(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line, enc_hook=str).decode()


def configure_logs(form: LogFormat, level: str = "INFO", *, personal: bool = False) -> None:
    """Sends the records of every driver to standard error, and no others' below a warning."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FieldFormatter(form, personal=personal))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("frontdesk").setLevel(level)
