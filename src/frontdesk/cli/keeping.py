"""Keeps the embedded PostgreSQL running beside the centre that needs it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from frontdesk.cli.errors import DatabaseError
from frontdesk.cli.postgres import EmbeddedPostgres

LOOK_S: Final = 1.0

log = logging.getLogger(__name__)


@asynccontextmanager
async def kept_running(server: EmbeddedPostgres) -> AsyncGenerator[None]:
    """Starts the server again whenever it goes by itself; the centre picks up by its retries."""
    keeping = asyncio.create_task(_keep(server), name="embedded database")
    try:
        yield
    finally:
        keeping.cancel()


async def _keep(server: EmbeddedPostgres) -> None:
    while True:
        await asyncio.sleep(LOOK_S)
        try:
            revived = await asyncio.to_thread(server.revive)
        except DatabaseError as error:
            log.error("The embedded PostgreSQL has gone", extra={"error": str(error)})  # noqa: TRY400
        else:
            if revived:
                log.warning("The embedded PostgreSQL had gone and was started again")
