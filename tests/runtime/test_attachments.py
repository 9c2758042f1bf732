"""Files that messages carry stay; what nobody asked for goes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.commands import Attachment, Author
from frontdesk.kernel.events import AnyEvent, ContactReleased, MessagePosted
from frontdesk.records.blobs.folder import FolderBlobStore
from frontdesk.records.blobs.library import UNATTACHED_AGE_MS_MAX, FileLibrary
from frontdesk.records.database import Database
from frontdesk.runtime.attachments import KeepAttachments
from frontdesk.runtime.effects import EffectFailed


async def send(data: bytes) -> AsyncIterator[bytes]:
    yield data


def wrap(event: AnyEvent) -> Envelope[AnyEvent]:
    return Envelope(
        seq=1,
        at_ms=0,
        actor="test",
        command_id=None,
        command_seq=1,
        causation=None,
        correlation=1,
        event=event,
    )


async def test_a_file_in_a_message_outlives_one_in_none(migrated_dsn: str, tmp_path: Path) -> None:
    now_ms = 0
    database = Database(migrated_dsn)
    files = FileLibrary(database, FolderBlobStore(tmp_path), lambda: now_ms)
    sent = await files.upload("a.txt", "text/plain", send(b"sent"), "agent:anna")
    stray = await files.upload("b.txt", "text/plain", send(b"stray"), "agent:anna")
    keep = KeepAttachments(files)
    message = MessagePosted(7, 1, Author.AGENT, "anna", "1", "", (sent,), False)
    for _ in range(2):
        await keep.handle(wrap(message))
    await keep.handle(wrap(ContactReleased(7)))
    now_ms = UNATTACHED_AGE_MS_MAX + 1
    assert await files.forget_unattached() == 1
    assert await files.find(stray.blob_id) is None
    kept = await files.find(sent.blob_id)
    assert kept is not None
    assert kept.contact_id == 7
    await database.close()


async def test_while_the_database_is_away_it_is_tried_again(tmp_path: Path) -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")
    keep = KeepAttachments(FileLibrary(database, FolderBlobStore(tmp_path)))
    attachment = Attachment("x", "x.txt", "text/plain", 1)
    message = MessagePosted(7, 1, Author.AGENT, "anna", "1", "", (attachment,), False)
    with pytest.raises(EffectFailed) as failed:
        await keep.handle(wrap(message))
    assert failed.value.retryable
    await database.close()
