"""What reports make of flows, surveys and callbacks: lives told by the kernel, then figures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import AttemptResult, Author, CustomerCard
from frontdesk.kernel.entities import Contact
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.records.schema import migrate_async
from frontdesk.views.projection import Connection
from frontdesk.views.queries import Queries
from frontdesk.views.records import RecordsProjection
from frontdesk.views.report_documents import CallbackReport, ContainmentReport, VerdictReport
from frontdesk.views.report_queries import VerdictKey
from tests.kernel.flows.stage import Stage, choice, end, flow, menu, to_sales
from tests.kernel.scene import agent
from tests.views.recording import Recording

ZONE = "Europe/Chisinau"
ALWAYS = (0, 2**53)
DAY_MS = 24 * 3_600_000
HOUR_MS = 3_600_000

HOTLINE = flow(
    menu(
        choice("hours", "say"),
        choice("agent", "sales"),
        choice("later", "promise"),
        choice("note", "take"),
    ),
    doc.Say(node_id="say", text="From nine to five.", next="end"),
    to_sales(topic="orders"),
    doc.CallBack(node_id="promise", address="'069'", queue_id="sales", next="end", refused="end"),
    doc.TakeMessage(node_id="take", text="Speak.", queue_id="sales", next="end"),
    end(),
)
SURVEY = flow(
    doc.Survey(
        node_id="survey",
        questions=(
            doc.Question(question_id="q1", kind=doc.QuestionKind.CSAT, text="How was it?"),
            doc.Question(question_id="q2", kind=doc.QuestionKind.NPS, text="Recommend?"),
            doc.Question(question_id="q3", kind=doc.QuestionKind.RESOLVED, text="Solved?"),
            doc.Question(question_id="q4", kind=doc.QuestionKind.TEXT, text="Anything?"),
        ),
        next="end",
    ),
    end(),
    use=FlowUse.AFTER,
    flow_id="survey",
)


class Story(Recording, Stage):
    def __init__(self) -> None:
        super().__init__(HOTLINE, SURVEY, agent("ann", "sales", "support"))
        self.save(st.Queue(queue_id="support", name="Support", after_flow_id="survey"))

    def serves(self, contact: Contact, *verdict: str) -> None:
        """Ann takes the contact and ends it; the customer says so much of the survey."""
        self.accept(contact.contact_id)
        self.does(cmd.EndContact(contact.contact_id, Author.AGENT, "ann"))
        for text in verdict:
            self.writes(contact, text)

    def comes(self, customer_id: str, topic: str = "", queue_id: str = "support") -> Contact:
        customer = CustomerCard(customer_id, customer_id.title(), "")
        ref = f"x{self.state.next_contact_id}"
        id_ = self.open(queue_id, "webchat", channel_ref=ref, customer=customer, topic=topic)
        return self.contact(id_)

    def chooses(self, value: str) -> Contact:
        contact = self.arrives()
        self.writes(contact, value)
        return contact


class Archive:
    """The records of a story, and what is asked of them."""

    def __init__(self, connection: Connection, queries: Queries) -> None:
        self._connection = connection
        self._queries = queries

    async def keep(self, story: Story, batch: int = 5) -> None:
        """Folds the story in small batches, so that decisions are torn apart."""
        for start in range(0, len(story.envelopes), batch):
            part = story.envelopes[start : start + batch]
            await RecordsProjection().apply(self._connection, "main", part)

    async def outcomes(self) -> dict[int, str]:
        rows = await self._connection.fetch("SELECT contact_id, outcome FROM contact_records")
        return {row["contact_id"]: row["outcome"] for row in rows}

    async def offered(self) -> dict[str, int]:
        rows = await self._connection.fetch(
            "SELECT sum(offered) AS offered, sum(answered) AS answered,"
            " sum(abandoned) AS abandoned FROM queue_intervals"
        )
        return dict(rows[0])

    async def containment(self, flow_id: str | None = None) -> ContainmentReport:
        return await self._queries.reports.find_containment(ZONE, *ALWAYS, flow_id)

    async def verdicts(self, now_ms: int, by: VerdictKey = "queue") -> VerdictReport:
        return await self._queries.reports.find_verdicts(ZONE, *ALWAYS, by, 7, now_ms)

    async def callbacks(self) -> CallbackReport:
        return await self._queries.reports.find_callbacks(ZONE, *ALWAYS)


@pytest.fixture
async def archive(database_dsn: str) -> AsyncIterator[Archive]:
    await migrate_async(database_dsn)
    connection: Connection = await asyncpg.connect(database_dsn)
    queries = Queries(database_dsn, "main")
    yield Archive(connection, queries)
    await queries.close()
    await connection.close()


def told(**values: Any) -> dict[str, Any]:
    return values


def part(document: Any, **expected: Any) -> None:
    """The document says what is expected."""
    assert {name: getattr(document, name) for name in expected} == expected


# -- self-service


async def test_every_way_out_of_a_flow_is_counted_and_is_the_contacts_outcome(
    archive: Archive,
) -> None:
    story = Story()
    contained = story.chooses("hours")
    queued = story.chooses("agent")
    later = story.chooses("later")
    note = story.chooses("note")
    story.writes(note, "Call my lawyer.")
    leaver = story.arrives()
    story.wait(30_000)
    story.does(cmd.EndContact(leaver.contact_id, Author.CUSTOMER))
    story.arrives()
    await archive.keep(story)

    report = await archive.containment("hotline")
    (hotline,) = report.flows
    part(
        hotline,
        met=6,
        under_way=1,
        contained=1,
        callbacks=1,
        messages=1,
        queued=1,
        left=1,
        failed=0,
        containment_ratio=1 / 5,
        left_ratio=1 / 5,
        mean_time_ms=6_000,
    )
    assert [(day.day, day.met) for day in report.items] == [("2025-11-24", 6)]
    assert [(at.node_id, at.left) for at in report.left_at] == [("menu", 1)]
    assert [(a.kind, a.name, a.met) for a in report.asked] == [("topic", "orders", 1)]
    passed = {(p.node_id, p.exit): p.passages for p in report.passages}
    assert passed["menu", "choice:hours"] == passed["say", "next"] == 1
    assert (await archive.containment()).passages == ()

    outcomes = await archive.outcomes()
    assert {
        contact.contact_id: outcomes[contact.contact_id]
        for contact in (contained, queued, later, note, leaver)
    } == {
        contained.contact_id: "self_served",
        queued.contact_id: "open",
        later.contact_id: "callback",
        note.contact_id: "message_taken",
        leaver.contact_id: "left",
    }


async def test_days_are_the_centres_over_a_change_of_clocks(archive: Archive) -> None:
    """26 October 2025 in Chișinău lasts from 21:00 to 22:00 of the next day in Greenwich."""
    midnight_ms = 1_761_426_000_000
    story = Story()
    for at_ms in (midnight_ms - 1, midnight_ms, midnight_ms + 25 * HOUR_MS - 1):
        story.now_ms = at_ms
        story.chooses("hours")
    story.now_ms = midnight_ms + 25 * HOUR_MS
    story.chooses("hours")
    await archive.keep(story)
    report = await archive.containment()
    assert [(day.day, day.met) for day in report.items] == [
        ("2025-10-27", 1),
        ("2025-10-26", 2),
        ("2025-10-25", 1),
    ]


async def test_whom_an_agent_sends_into_a_flow_has_not_met_it_first(archive: Archive) -> None:
    story = Story()
    story.available("ann")
    contact = story.comes("ion", queue_id="sales")
    story.accept(contact.contact_id)
    story.does(cmd.TransferContact(contact.contact_id, "ann", to_flow_id="hotline"))
    story.writes(contact, "hours")
    await archive.keep(story)
    assert (await archive.containment()).flows == ()
    assert (await archive.outcomes())[contact.contact_id] == "answered"


# -- verdicts


async def test_verdicts_are_summed_up_by_agent_queue_and_topic(archive: Archive) -> None:
    story = Story()
    story.available("ann")
    for number, verdict in enumerate(
        (("5", "10", "yes", "Quick!"), ("4", "9", "yes"), ("1", "0", "no"), ())
    ):
        story.serves(story.comes(f"c{number}", topic="orders"), *verdict)
    await archive.keep(story)
    expected = told(
        csat_answers=3,
        csat_mean=10 / 3,
        csat_satisfied_ratio=2 / 3,
        nps_answers=3,
        nps_promoters=2,
        nps_detractors=1,
        nps_score=100 / 3,
        resolved_answers=3,
        resolved_ratio=2 / 3,
        texts=1,
    )
    for by, key in (("agent", "ann"), ("queue", "support"), ("topic", "orders")):
        report = await archive.verdicts(story.now_ms, by)  # type: ignore[arg-type]
        part(report.total, key=None, **expected)
        (row,) = report.items
        part(row, key=key, **expected)
    reasons = await archive.verdicts(story.now_ms, "disposition")
    assert reasons.items == ()
    part(reasons.total, **expected)


async def test_nothing_said_is_no_figure(archive: Archive) -> None:
    total = (await archive.verdicts(0)).total
    part(
        total,
        csat_mean=None,
        csat_satisfied_ratio=None,
        nps_score=None,
        resolved_ratio=None,
        first_contact_resolution_ratio=None,
        contacts=0,
    )


async def test_texts_come_by_pages_the_latest_first(archive: Archive) -> None:
    story = Story()
    story.available("ann")
    for number in range(3):
        story.serves(story.comes(f"c{number}"), "5", "10", "yes", f"word {number}")
    await archive.keep(story)
    find = archive._queries.reports.find_verdict_texts
    first = await find(*ALWAYS, None, 2)
    assert [text.text for text in first.items] == ["word 2", "word 1"]
    assert first.next_cursor is not None
    rest = await find(*ALWAYS, int(first.next_cursor), 2)
    assert [text.text for text in rest.items] == ["word 0"]
    assert rest.next_cursor is None


async def test_who_comes_back_about_the_same_matter_in_time_was_not_helped_at_once(
    archive: Archive,
) -> None:
    story = Story()
    story.available("ann")
    story.serves(story.comes("ion", "orders", "sales"))
    story.serves(story.comes("eva", "orders", "sales"))
    story.serves(story.comes("lia", "orders", "sales"))
    story.wait(6 * DAY_MS)
    story.serves(story.comes("ion", "orders", "sales"))
    story.serves(story.comes("eva", "address", "sales"))
    story.wait(2 * DAY_MS)
    story.serves(story.comes("lia", "orders", "sales"))
    await archive.keep(story)
    total = (await archive.verdicts(story.now_ms, "topic")).total
    part(total, contacts=3, repeated=1, undecided=3, first_contact_resolution_ratio=2 / 3)


# -- callbacks


async def test_callbacks_are_kept_or_not_and_no_statistics_of_waits_know_them(
    archive: Archive,
) -> None:
    story = Story()
    ask(story, "069 1")
    ask(story, "069 2", attempts_max=1)
    ask(story, "069 3", due_ms=story.now_ms + HOUR_MS)
    story.wait(60_000)
    story.available("ann")
    for result in (AttemptResult.REACHED, AttemptResult.BUSY):
        (offer,) = story.state.offers.values()
        callback = story.contact(offer.contact_id)
        story.accept(callback.contact_id)
        story.does(cmd.RecordAttempt(callback.contact_id, "ann", result))
        if result is AttemptResult.REACHED:
            story.end(callback.contact_id)
    story.does(cmd.SetPresence("ann", cmd.Presence.OFFLINE))
    story.wait(4 * DAY_MS)
    ask(story, "069 4")
    await archive.keep(story)
    (queue,) = (await archive.callbacks()).queues
    part(
        queue,
        queue_id="sales",
        promised=4,
        open=1,
        reached=1,
        unreached=1,
        expired=1,
        closed=0,
        tried=2,
        tried_in_time=2,
        in_time_ratio=2 / 3,
        attempts=2,
        busy=1,
        no_answer=0,
        mean_wait_ms=61_000,
    )
    days = [(day.day, day.promised) for day in (await archive.callbacks()).items]
    assert days == [("2025-11-28", 1), ("2025-11-24", 3)]
    assert await archive.offered() == {"offered": 0, "answered": 0, "abandoned": 0}


def ask(story: Story, address: str, **rest: Any) -> Contact:
    events = story.does(
        cmd.RequestCallback("sales", address, **{"expires_after_ms": DAY_MS} | rest)
    )
    promised = next(e for e in events if isinstance(e, ev.CallbackPromised))
    return story.contact(promised.contact_id)


async def test_who_takes_a_callback_while_waiting_was_offered_and_did_not_abandon(
    archive: Archive,
) -> None:
    treatment = flow(
        menu(choice("later", "promise")),
        doc.CallBack(node_id="promise", address="'069'", next="end", refused="end"),
        end(),
        use=FlowUse.WAITING,
        flow_id="treatment",
    )
    story = Story()
    story.save(treatment, st.Queue(queue_id="hot", name="Hot", waiting_flow_id="treatment"))
    contact = story.comes("ion", queue_id="hot")
    story.wait(5_000)
    story.writes(contact, "later")
    await archive.keep(story)
    assert await archive.offered() == {"offered": 1, "answered": 0, "abandoned": 0}
    assert (await archive.outcomes())[contact.contact_id] == "callback"
