"""PostgreSQL goes away under a working centre, and comes back."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path

import asyncpg
import pytest

from frontdesk.cli.postgres import EmbeddedPostgres
from frontdesk.journal.codec import Codec
from frontdesk.journal.envelope import Envelope
from frontdesk.journal.errors import CentreHeld
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import UPCASTERS
from frontdesk.kernel.commands import SaveSetting
from frontdesk.kernel.events import AnyEvent, SettingSaved
from frontdesk.kernel.settings import Skill
from frontdesk.records.schema import migrate
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.errors import Unavailable
from frontdesk.runtime.inbox import Outcome
from frontdesk.runtime.projector import Connection, Projector
from frontdesk.runtime.writer import Mode

CODEC = Codec[AnyEvent](AnyEvent, UPCASTERS)
BACK_WITHIN_S = 60
NAMES = "CREATE TABLE IF NOT EXISTS skill_names (centre text, name text)"


@pytest.fixture
def own_server() -> Iterator[EmbeddedPostgres]:
    """A server that this test alone may stop."""
    folder = Path(tempfile.mkdtemp(prefix="frontdesk-test-"))
    server = EmbeddedPostgres(folder / "postgres", {"shared_buffers": "16MB"})
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture
async def centre(own_server: EmbeddedPostgres) -> AsyncIterator[CentreRuntime]:
    dsn = own_server.start()
    await asyncio.to_thread(migrate, dsn)
    runtime = build_runtime(dsn)
    await runtime.start()
    yield runtime
    await runtime.stop()


class SkillNames:
    """A projection: the names of all skills ever saved."""

    name = "skill_names"
    tables = ("skill_names",)

    async def apply(
        self, connection: Connection, centre: str, envelopes: Sequence[Envelope[AnyEvent]]
    ) -> None:
        await connection.execute(NAMES)
        rows = [(centre, skill_of(e)) for e in envelopes]
        await connection.executemany("INSERT INTO skill_names VALUES ($1, $2)", rows)


def build_runtime(dsn: str) -> CentreRuntime:
    projector = Projector(dsn, "main", SkillNames(), batch_events_max=2)
    return CentreRuntime(PostgresJournal(dsn, "main", CODEC), followers=[projector])


def skill_of(envelope: Envelope[AnyEvent]) -> str:
    assert isinstance(envelope.event, SettingSaved)
    assert isinstance(envelope.event.entity, Skill)
    return envelope.event.entity.skill_id


async def send_until_answered(centre: CentreRuntime, skill_id: str) -> Outcome:
    """What a client does: the same command under the same id, until it hears."""
    command = SaveSetting(Skill(skill_id=skill_id, name=skill_id))
    async with asyncio.timeout(BACK_WITHIN_S):
        while True:
            try:
                answer = await centre.submit(command, "agent:ann", command_id=skill_id)
            except Unavailable:
                await asyncio.sleep(0.01)
            else:
                assert isinstance(answer, Outcome)
                return answer


async def wait_until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(BACK_WITHIN_S):
        while not condition():  # noqa: ASYNC110 - a real server takes real time
            await asyncio.sleep(0.01)


async def test_a_stopped_server_costs_nothing_but_time(
    centre: CentreRuntime, own_server: EmbeddedPostgres
) -> None:
    await send_until_answered(centre, "before")
    sending = [asyncio.ensure_future(send_until_answered(centre, f"s{n}")) for n in range(50)]
    await asyncio.sleep(0)
    await asyncio.to_thread(own_server.stop)
    await wait_until(lambda: centre.status().mode is Mode.RECOVERING)
    with pytest.raises(Unavailable) as caught:
        await centre.submit(SaveSetting(Skill(skill_id="x", name="x")), "agent:ann")
    assert caught.value.retryable
    dsn = await asyncio.to_thread(own_server.start)
    await asyncio.gather(*sending)
    await send_until_answered(centre, "after")

    journal = PostgresJournal(dsn, "main", CODEC)
    saved = [skill_of(e) async for chunk in journal.read() for e in chunk]
    await journal.close()
    sent = ["before", "after", *(f"s{n}" for n in range(50))]
    assert sorted(saved) == sorted(sent)

    await wait_until(lambda: centre.status().followers["skill_names"] == 0)
    connection = await asyncpg.connect(dsn)
    rows = await connection.fetch("SELECT name FROM skill_names")
    await connection.close()
    assert [row["name"] for row in rows] == saved


async def test_a_second_server_names_the_first(migrated_dsn: str) -> None:
    first, second = build_runtime(migrated_dsn), build_runtime(migrated_dsn)
    await first.start()
    with pytest.raises(CentreHeld, match="held by process"):
        await second.start()
    await send_until_answered(first, "still")
    await first.stop()
    await second.start()
    assert second.position.seq == 1
    await second.stop()
