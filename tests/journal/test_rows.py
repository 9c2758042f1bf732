"""Rows as we write them are rows as the server writes them."""

from __future__ import annotations

import io

import asyncpg
import msgspec

from frontdesk.journal.codec import Codec
from frontdesk.journal.envelope import Envelope
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.rows import COLUMNS, RowWriter
from frontdesk.journal.upcasting import Upcasters


class Said(msgspec.Struct, frozen=True, tag_field="type", tag=True):
    text: str


class Paused(msgspec.Struct, frozen=True, tag_field="type", tag=True):
    pass


CODEC = Codec[Said | Paused](Said | Paused, Upcasters())
ENVELOPES = [
    Envelope(
        seq=seq,
        at_ms=1_763_830_000_000 + seq,
        actor=actor,
        command_id=command_id,
        command_seq=1,
        causation=causation,
        correlation=2**62,
        event=event,
    )
    for seq, actor, command_id, causation, event in [
        (1, "agent:ană", None, None, Said("ţâ\x00🎧\\ \"\t'")),
        (2, "", "команда", None, Paused()),
        (3, "system:clock", None, -1, Said("")),
        (4, "system:clock", "", 2**63 - 1, Paused()),
    ]
]


async def test_the_server_gives_back_the_very_bytes(migrated_dsn: str) -> None:
    journal = PostgresJournal(migrated_dsn, "cäntre", CODEC)
    await journal.claim()
    await journal.append(ENVELOPES)
    connection = await asyncpg.connect(migrated_dsn)
    query = f"SELECT {', '.join(COLUMNS)} FROM journal ORDER BY seq"
    kept = io.BytesIO()
    await connection.copy_from_query(query, output=kept, format="binary")
    assert kept.getvalue() == RowWriter("cäntre", CODEC).write(ENVELOPES)
    assert [chunk async for chunk in journal.read()] == [ENVELOPES]
    await connection.close()
    await journal.close()
