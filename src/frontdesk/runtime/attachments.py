"""Keeps the files that messages carry: whatever no message carries is forgotten after a day."""

from __future__ import annotations

from collections.abc import Hashable

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.events import AnyEvent, MessagePosted
from frontdesk.records.blobs.library import FileLibrary
from frontdesk.records.errors import RecordsUnavailable
from frontdesk.runtime.effects import EffectFailed


class KeepAttachments:
    """An `EffectHandler`: marks the files of posted messages as kept."""

    name = "attachments"
    types = frozenset({"MessagePosted"})

    def __init__(self, files: FileLibrary) -> None:
        self._files = files

    def find_lane(self, envelope: Envelope[AnyEvent]) -> Hashable:
        return envelope.seq

    async def handle(self, envelope: Envelope[AnyEvent]) -> None:
        event = envelope.event
        if not isinstance(event, MessagePosted) or not event.attachments:
            return
        try:
            await self._files.keep([a.blob_id for a in event.attachments], event.contact_id)
        except RecordsUnavailable as error:
            raise EffectFailed(str(error)) from error
