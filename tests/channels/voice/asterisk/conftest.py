"""A real Asterisk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.asterisk import RunningAsterisk


@pytest.fixture
def asterisk(asterisk_root: Path) -> Iterator[RunningAsterisk]:
    """An Asterisk of this test's own that runs and knows nobody yet."""
    running = RunningAsterisk(asterisk_root)
    running.start()
    yield running
    running.close()
