"""The engineer at night: is what we keep right, what happened, and why."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from frontdesk.cli.databases import build_journal
from frontdesk.cli.main import main
from frontdesk.kernel import commands as cmd
from frontdesk.kernel import settings as st
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.clock import ManualClock
from frontdesk.runtime.inbox import Outcome
from frontdesk.runtime.projector import Projector
from frontdesk.views.records import RecordsProjection

NOW_MS = 1_763_830_500_123
CUSTOMER = cmd.CustomerCard(customer_id="c1", name="Ion Creangă", address="ion@example.org")
STORY: tuple[cmd.AnyCommand, ...] = (
    cmd.SaveSetting(st.Skill(skill_id="french", name="French")),
    cmd.SaveSetting(st.Queue(queue_id="q", name="Orders")),
    *[
        command
        for name, skills in (("ann", {"french": 4}), ("bob", {}))
        for command in (
            cmd.SaveSetting(
                st.AgentProfile(agent_id=name, name=name, queue_ids=("q",), skills=skills)
            ),
            cmd.ConnectAgent(name),
            cmd.SetPresence(name, cmd.Presence.AVAILABLE),
        )
    ],
    cmd.OpenContact("webchat", "r1", "q", CUSTOMER, "An order", (st.SkillNeed("french", 3),)),
    cmd.AcceptOffer(1, "ann"),
    cmd.PostMessage(1, cmd.Author.CUSTOMER, "m1", "Unde este comanda?"),
)


@pytest.fixture
async def dsn(migrated_dsn: str) -> str:
    """The database of a centre where a customer has written to an agent, then the night came."""
    projector = Projector(migrated_dsn, "main", RecordsProjection(), 100)
    centre = CentreRuntime(
        build_journal(migrated_dsn, "main"), clock=ManualClock(NOW_MS), followers=[projector]
    )
    await centre.start()
    for command in STORY:
        assert isinstance(await centre.submit(command, "agent:ann"), Outcome)
    async with asyncio.timeout(60):
        while projector.seq < centre.position.seq:  # noqa: ASYNC110 - a real server's time
            await asyncio.sleep(0.01)
    await centre.stop()
    return migrated_dsn


async def frontdesk(*words: str) -> int:
    """Runs the command as a process would, outside the test's event loop."""
    return await asyncio.to_thread(main, list(words))


async def test_verify_agrees(dsn: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert await frontdesk("journal", "verify", "--database-url", dsn) == 0
    told = capsys.readouterr().out
    assert "without a gap" in told
    assert "table contact_records" in told
    assert "DIFFERS" not in told
    assert "All is as the journal says" in told


async def test_verify_names_the_first_difference(
    dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("UPDATE contact_messages SET text = 'Where is it?'")
    await connection.close()
    assert await frontdesk("journal", "verify", "--database-url", dsn) == 1
    told = capsys.readouterr().out
    assert "DIFFERS  table contact_messages" in told
    assert "Where is it?" in told
    assert "1 of " in told


async def test_show_prints_events_without_what_people_wrote(
    dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await frontdesk("journal", "show", "--contact", "1", "--database-url", dsn) == 0
    told = capsys.readouterr().out
    kinds = [line.split()[4] for line in told.splitlines()]
    assert kinds == [
        "ContactOpened",
        "ContactQueued",
        "ContactOffered",
        "OfferAccepted",
        "MessagePosted",
    ]
    assert "2025-11-22 16:55:00.123 agent:ann" in told
    assert "text=…" in told
    assert "comanda" not in told
    assert "Ion" not in told


async def test_show_can_be_narrowed(dsn: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--from", "1", "--to", "4", "--type", "SettingSaved", "--database-url", dsn]
    assert await frontdesk("journal", "show", *words) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["1", "2", "3"]
    words = ["--type", "MessagePosted", "--personal", "--database-url", dsn]
    assert await frontdesk("journal", "show", *words) == 0
    assert "text='Unde este comanda?'" in capsys.readouterr().out


async def test_why_explains_the_decision_as_it_stood(
    dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await frontdesk("why", "1", "--database-url", dsn) == 0
    told = capsys.readouterr().out
    assert "offered to ann, contact arrived" in told
    assert "french ≥ 3" in told
    rows = [line for line in told.splitlines() if "│" in line]
    assert [("ann" in row, "chosen" in row) for row in rows[:1]] == [(True, True)]
    assert ["bob" in row and "lacks skill" in row for row in rows[1:]] == [True]


async def test_what_cannot_be_explained_is_one_sentence(
    migrated_dsn: str, database_dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await frontdesk("why", "7", "--database-url", migrated_dsn) == 1
    assert "contact 7 was never offered to anybody" in capsys.readouterr().err
    assert await frontdesk("journal", "show", "--database-url", database_dsn) == 1
    assert "no server has prepared this database yet" in capsys.readouterr().err
