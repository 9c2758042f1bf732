"""A company in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.company import Company, open_company


@pytest.fixture
async def company(migrated_dsn: str, tmp_path: Path) -> AsyncIterator[Company]:
    """A small company at work."""
    async with open_company(migrated_dsn, tmp_path) as opened:
        yield opened
