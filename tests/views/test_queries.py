"""One customer's way through the centre, as the records tell it afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from frontdesk.journal.codec import Codec
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import UPCASTERS
from frontdesk.kernel import commands as cmd
from frontdesk.kernel.commands import Author, CustomerCard, Presence
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.flows.prompts import Prompt, PromptChoice, PromptKind
from frontdesk.kernel.settings import AgentProfile, Disposition, Queue
from frontdesk.records.schema import migrate_async
from frontdesk.views.documents import ContactState
from frontdesk.views.errors import ViewsUnavailable
from frontdesk.views.queries import Queries
from frontdesk.views.record_documents import ContactFilter
from frontdesk.views.records import RecordsProjection
from tests.kernel import moves
from tests.kernel.flows import stage
from tests.views.script import START_MS, Script

ANNA, BORIS = "anna", "boris"
MARIA = CustomerCard(customer_id="c-1", name="Maria 100%", address="maria@example.com")


def tell_story() -> Script:
    """Maria is declined, missed, served by Anna, passed on to Boris, and rated; Ion gives up."""
    script = Script(moves.SeededChooser(0))

    def then(after_s: float, *commands: cmd.AnyCommand) -> None:
        for command in commands:
            script.now_ms += int(after_s * 1000)
            made = script.obey(command)
            assert made, f"{command} was refused"
            after_s = 0

    profiles = [
        AgentProfile(agent_id=ANNA, name="Anna", queue_ids=("sales",)),
        AgentProfile(agent_id=BORIS, name="Boris", queue_ids=("support",)),
    ]
    queues = [
        Queue(queue_id="sales", name="Sales", wrap_up_time_ms=60_000),
        Queue(queue_id="support", name="Support", wrap_up_time_ms=60_000),
    ]
    then(0, *(cmd.SaveSetting(e) for e in (*queues, *profiles)))
    then(0, cmd.SaveSetting(Disposition(disposition_id="solved", name="Solved")))
    then(0, cmd.SetPresence(ANNA, Presence.AVAILABLE), cmd.SetPresence(BORIS, Presence.AVAILABLE))
    then(10, cmd.OpenContact("webchat", "ref-1", "sales", MARIA, topic="Prices"))
    then(0, cmd.PostMessage(1, Author.CUSTOMER, "m1", "Hello\0 there\nAnybody?"))
    then(5, cmd.AcceptOffer(1, ANNA))
    then(1, cmd.PostMessage(1, Author.AGENT, "m2", "Good day", ANNA))
    then(1, cmd.PostMessage(1, Author.AGENT, "m3", "Looks angry", ANNA, internal=True))
    then(3, cmd.HoldContact(1, ANNA))
    then(7, cmd.ResumeContact(1, ANNA))
    then(8, cmd.TransferContact(1, ANNA, to_queue_id="support", note="Please help"))
    then(4, cmd.AcceptOffer(2, BORIS), cmd.CompleteWrapUp(1, ANNA, None, "passed on"))
    then(20, cmd.EndContact(1, Author.CUSTOMER))
    then(6, cmd.CompleteWrapUp(2, BORIS, "solved", "done"))
    then(1, cmd.RateContact(1, 5, "Great"))
    then(0, cmd.SetPresence(ANNA, Presence.OFFLINE))
    then(0, cmd.OpenContact("webchat", "ref-2", "sales", CustomerCard(name="Ion")))
    then(90, cmd.EndContact(2, Author.CUSTOMER))
    then(0, cmd.OpenContact("webchat", "ref-3", "sales", MARIA))
    return script


def tell_self_service() -> Script:
    """Maria meets a menu and chooses from it."""
    script = Script(moves.SeededChooser(0))
    menu = stage.flow(
        stage.menu(stage.choice("price\0", "end", label="Prices"), node_id="menu"), stage.end()
    )
    for command in (
        cmd.SaveSetting(Queue(queue_id="sales", name="Sales")),
        cmd.SaveSetting(menu),
        cmd.OpenContact("webchat", "ref-1", customer=MARIA, flow_id="hotline"),
        cmd.PostMessage(1, Author.CUSTOMER, "m1", "Prices", choice="price\0"),
    ):
        assert script.obey(command), f"{command} was refused"
    return script


@pytest.fixture
def story() -> Script:
    return tell_story()


@pytest.fixture
async def queries(database_dsn: str, story: Script) -> AsyncIterator[Queries]:
    await migrate_async(database_dsn)
    envelopes = story.envelopes
    journal = PostgresJournal(database_dsn, "main", Codec[AnyEvent](AnyEvent, UPCASTERS))
    await journal.claim()
    await journal.append(envelopes)
    await journal.close()
    connection = await asyncpg.connect(database_dsn)
    async with connection.transaction():
        await RecordsProjection().apply(connection, "main", envelopes)
    await connection.close()
    queries = Queries(database_dsn, "main")
    yield queries
    await queries.close()


async def test_a_contact_that_had_two_agents(queries: Queries) -> None:
    record = await queries.find_contact(1)
    assert record is not None
    assert record.customer == MARIA
    assert (record.state, record.outcome) == (ContactState.CLOSED, "answered")
    assert record.queue_ids == ("sales", "support")
    assert record.agent_ids == (ANNA, BORIS)
    assert record.opened_ms == record.queued_ms == START_MS + 10_000
    assert record.answered_ms == START_MS + 15_000
    assert record.wait_ms == 5_000 + 4_000
    assert record.hold_ms == 7_000
    assert record.wrap_up_ms == 4_000 + 6_000
    assert record.handle_ms == (20_000 + 4_000) + (20_000 + 6_000)
    assert (record.disposition_id, record.wrap_up_note) == ("solved", "done")
    assert (record.rating, record.rating_comment, record.transfer_count) == (5, "Great", 1)
    stints = await queries.find_stints(1)
    assert [(s.kind, s.queue_id, s.result) for s in stints] == [
        ("wait", "sales", "answered"),
        ("offer", "sales", "accepted"),
        ("wait", "support", "answered"),
        ("offer", "support", "accepted"),
    ]
    assert await queries.find_contact(99) is None


async def test_a_contact_that_nobody_answered(queries: Queries) -> None:
    record = await queries.find_contact(2)
    assert record is not None
    assert (record.outcome, record.wait_ms, record.answered_ms) == ("abandoned", 90_000, None)


async def test_lists_are_paged_newest_first(queries: Queries) -> None:
    first = await queries.find_contacts(ContactFilter(), limit=2)
    assert [r.contact_id for r in first.items] == [3, 2]
    rest = await queries.find_contacts(ContactFilter(), first.next_cursor, limit=2)
    assert ([r.contact_id for r in rest.items], rest.next_cursor) == ([1], None)
    start = await queries.find_contacts(ContactFilter(), "nonsense" * 9)
    assert len(start.items) == 3


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ContactFilter(queue_id="support"), [1]),
        (ContactFilter(agent_id=ANNA), [1]),
        (ContactFilter(customer="c-1"), [3, 1]),
        (ContactFilter(customer="100%"), [3, 1]),
        (ContactFilter(customer="1_0"), []),
        (ContactFilter(customer="MARIA@"), [3, 1]),
        (ContactFilter(customer="\0"), []),
        (ContactFilter(state=ContactState.WAITING), [3]),
        (ContactFilter(from_ms=START_MS + 10_001), [3, 2]),
        (ContactFilter(to_ms=START_MS + 10_001, queue_id="sales"), [1]),
    ],
)
async def test_contacts_are_found_by(
    queries: Queries, wanted: ContactFilter, found: list[int]
) -> None:
    page = await queries.find_contacts(wanted)
    assert [record.contact_id for record in page.items] == found


async def test_a_customers_past(queries: Queries) -> None:
    page = await queries.find_customer_contacts("c-1")
    assert [record.contact_id for record in page.items] == [3, 1]
    assert not (await queries.find_customer_contacts("")).items
    assert await queries.find_previous_agent("c-1") == BORIS
    assert await queries.find_previous_agent("") is None
    assert await queries.find_previous_agent("nobody") is None


async def test_messages_by_page(queries: Queries) -> None:
    page = await queries.find_messages(1, limit=2)
    assert [(m.number, m.author_name, m.internal) for m in page.items] == [
        (2, "Anna", False),
        (3, "Anna", True),
    ]
    older = await queries.find_messages(1, page.next_cursor, limit=2)
    assert [(m.number, m.author_name) for m in older.items] == [(1, "Maria 100%")]
    assert older.next_cursor is None
    public = await queries.find_messages(1, with_internal=False)
    assert [m.number for m in public.items] == [1, 2]


@pytest.mark.parametrize("story", [tell_self_service()])
async def test_messages_keep_what_was_asked_and_what_was_chosen(queries: Queries) -> None:
    asked, chosen = (await queries.find_messages(1)).items
    assert asked.prompt == Prompt(PromptKind.CHOICE, (PromptChoice("price\0", "Prices", "1"),))
    assert asked.choice is chosen.prompt is None
    assert chosen.choice == "price\ufffd"


async def test_a_transcript_is_plain_text(queries: Queries) -> None:
    text = await queries.build_transcript(1, "Europe/Chisinau", with_internal=False)
    assert text is not None
    assert text.splitlines()[1:] == [
        "Customer: Maria 100% · Topic: Prices",
        "Times: Europe/Chisinau",
        "",
        "2026-09-21 17:13:30  Maria 100%: Hello\ufffd there",
        "    Anybody?",
        "2026-09-21 17:13:36  Anna: Good day",
    ]
    whole = await queries.build_transcript(1, "UTC", with_internal=True)
    assert whole is not None
    assert "Anna (internal): Looks angry" in whole
    assert await queries.build_transcript(99, "UTC", with_internal=True) is None


async def test_a_life_event_by_event(queries: Queries) -> None:
    page = await queries.find_events(1, limit=3)
    assert [e.type for e in page.items] == ["ContactOpened", "ContactQueued", "ContactOffered"]
    assert page.items[0].payload["topic"] == "Prices"
    rest = await queries.find_events(1, page.next_cursor)
    assert rest.items[0].type == "MessagePosted"
    assert rest.next_cursor is None


async def test_who_changed_which_setting(queries: Queries) -> None:
    page = await queries.find_setting_changes(limit=4)
    assert [(c.kind, c.entity_id) for c in page.items] == [
        ("disposition", "solved"),
        ("agent_profile", BORIS),
        ("agent_profile", ANNA),
        ("queue", "support"),
    ]
    assert page.items[0].entity is not None
    assert page.items[0].entity["name"] == "Solved"
    last = await queries.find_setting_changes(page.next_cursor)
    assert [c.entity_id for c in last.items] == ["sales"]
    agents = await queries.find_setting_changes(kind="agent_profile")
    assert [c.entity_id for c in agents.items] == [BORIS, ANNA]
    one = await queries.find_setting_changes(kind="queue", entity_id="support")
    assert [(c.kind, c.entity_id) for c in one.items] == [("queue", "support")]


async def test_a_database_out_of_reach_is_said_so() -> None:
    queries = Queries("postgresql://nobody@127.0.0.1:1/none", "main")
    with pytest.raises(ViewsUnavailable):
        await queries.find_contact(1)
    await queries.close()
