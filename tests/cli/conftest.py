"""What is printed is looked at as if into a file, however wide the terminal that tests run in."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_terminal_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """A runner of tests may pass its terminal's width on; a narrow one would break names."""
    monkeypatch.delenv("COLUMNS", raising=False)
