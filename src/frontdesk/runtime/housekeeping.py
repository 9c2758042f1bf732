"""Forgets what nobody will ask for: files that no message came to carry, old idempotency keys."""

from __future__ import annotations

import logging
from typing import Final

from frontdesk.records.blobs.library import FileLibrary
from frontdesk.records.blobs.port import BlobError
from frontdesk.records.errors import RecordsUnavailable
from frontdesk.records.idempotency import IdempotencyKeys
from frontdesk.runtime.clock import Clock, pause

HOUSEKEEPING_INTERVAL_MS: Final = 15 * 60_000

_log = logging.getLogger("frontdesk.runtime")


async def keep_house(files: FileLibrary, idempotency: IdempotencyKeys, clock: Clock) -> None:
    """Does it now and again, until cancelled; what fails is done the next time."""
    while True:
        try:
            while await files.forget_unattached():
                pass
            await idempotency.forget_old()
        except (RecordsUnavailable, BlobError) as error:
            _log.info("Housekeeping is put off", extra={"reason": str(error)})
        await pause(clock, HOUSEKEEPING_INTERVAL_MS)
