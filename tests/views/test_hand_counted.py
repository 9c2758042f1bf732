"""Reports of small journals whose figures were counted by hand.

Every story is told by the kernel itself at written times; the figures beside it are the author's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel.commands import AttemptResult, Author, Presence
from frontdesk.kernel.flows import document as doc
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.records.schema import migrate_async
from frontdesk.views.projection import Connection
from frontdesk.views.semantics.model import (
    Grain,
    RefusedBecause,
    ReportRefusal,
)
from tests.kernel.flows.stage import choice, end, flow, menu
from tests.kernel.scene import agent, queue
from tests.views.book import DAY, HOUR, MINUTE, QUEUE, Book, Journal, S


@pytest.fixture
async def book(database_dsn: str) -> AsyncIterator[Book]:
    await migrate_async(database_dsn)
    connection: Connection = await asyncpg.connect(database_dsn)
    yield Book(connection)
    await connection.close()


def tell_a_morning() -> Journal:
    """Six contacts of the queue sales.

    | contact | enters | what becomes of it                                  | wait |
    |---------|--------|-----------------------------------------------------|------|
    | 1       | 0:00   | answered by Ann at once on being offered, after 4 s | 4 s  |
    | 2       | 0:10   | leaves                                              | 8 s  |
    | 3       | 1:00   | leaves                                              | 45 s |
    | 4       | 2:00   | answered by Ann after contact 1                     | 90 s |
    | 5       | 5:00   | answered in time                                    | 20 s |
    | 6       | 20:00  | waits still                                         |      |
    """
    journal = Journal()
    journal.presence("ann", Presence.AVAILABLE)
    first = journal.open()
    journal.at(4 * S)
    journal.accept(first)
    journal.at(10 * S)
    second = journal.open()
    journal.at(18 * S)
    journal.leaves(second)
    journal.at(MINUTE)
    third = journal.open()
    journal.at(105 * S)
    journal.leaves(third)
    journal.at(2 * MINUTE)
    fourth = journal.open()
    journal.at(3 * MINUTE)
    journal.does(cmd.EndContact(first, Author.AGENT, "ann"))
    journal.at(205 * S)
    journal.wraps_up("ann", "sold")
    journal.at(210 * S)
    journal.accept(fourth)
    journal.does(cmd.HoldContact(fourth, "ann"))
    journal.at(230 * S)
    journal.does(cmd.ResumeContact(fourth, "ann"))
    journal.at(4 * MINUTE)
    journal.does(cmd.EndContact(fourth, Author.AGENT, "ann"))
    journal.at(250 * S)
    journal.wraps_up("ann", "lost")
    journal.at(5 * MINUTE)
    fifth = journal.open()
    journal.at(5 * MINUTE + 20 * S)
    journal.accept(fifth)
    journal.at(6 * MINUTE)
    journal.does(cmd.EndContact(fifth, Author.AGENT, "ann"))
    journal.wraps_up("ann", "sold")
    journal.presence("ann", Presence.BREAK, "lunch")
    journal.at(20 * MINUTE)
    journal.open()
    journal.at(36 * MINUTE)
    journal.presence("ann", Presence.OFFLINE)
    return journal


async def test_a_queues_morning(book: Book) -> None:
    await book.keep(tell_a_morning())
    counts = ("offered", "answered", "answered_in_target", "abandoned", "abandoned_in_target")
    assert await book.total(*counts) == {
        "offered": 6,
        "answered": 3,
        "answered_in_target": 2,
        "abandoned": 2,
        "abandoned_in_target": 1,
    }
    levels = await book.total(
        "service_level_answered_of_offered",
        "service_level_answered_of_answered",
        "service_level_less_short_abandons",
        "service_level_short_abandons_met",
    )
    assert list(levels.values()) == [2 / 6, 2 / 3, 2 / 5, 3 / 6]
    assert await book.total(
        "speed_of_answer_ms",
        "mean_abandoned_wait_ms",
        "mean_wait_ms",
        "wait_ms_max",
        "abandoned_ratio",
    ) == {
        "speed_of_answer_ms": (4 + 90 + 20) * S / 3,
        "mean_abandoned_wait_ms": (8 + 45) * S / 2,
        "mean_wait_ms": (4 + 90 + 20 + 8 + 45) * S / 5,
        "wait_ms_max": 90 * S,
        "abandoned_ratio": 2 / 6,
    }


async def test_intervals_say_when_contacts_came_and_totals_are_of_facts(book: Book) -> None:
    await book.keep(tell_a_morning())
    answer = await book.answer("offered", "speed_of_answer_ms", grain=Grain.INTERVAL)
    assert [(row.keys, row.values) for row in answer.rows] == [
        (("2025-11-24T11:00+02:00",), (5, 38 * S)),
        (("2025-11-24T11:15+02:00",), (1, None)),
    ]
    assert answer.total == (6, 38 * S), "not the mean of 38 s and nothing"


async def test_abandons_by_how_long_they_waited(book: Book) -> None:
    await book.keep(tell_a_morning())
    waits = await book.table("waits", dimensions=("wait_result", "wait_band"))
    assert waits == {
        ("abandoned", "1"): (1,),
        ("abandoned", "4"): (1,),
        ("answered", "0"): (1,),
        ("answered", "2"): (1,),
        ("answered", "5"): (1,),
    }


async def test_handle_time_by_its_parts_is_the_same_of_queues_and_of_agents(book: Book) -> None:
    """Conversation, hold and wrap-up.

    Contact 1: 176, 0, 25 seconds; contact 4: 10, 20, 10; contact 5: 40, 0, 0.
    """
    await book.keep(tell_a_morning())
    metrics = (
        "engagements",
        "handle_ms",
        "conversation_ms",
        "hold_ms",
        "wrap_up_ms",
        "handle_time_ms",
    )
    expected = (3, 281 * S, 226 * S, 20 * S, 35 * S, 281 * S / 3)
    for by in ("queue", "agent", "team", "channel"):
        ((_, values),) = (await book.table(*metrics, dimensions=(by,))).items()
        assert values == expected, by


async def test_an_agents_time(book: Book) -> None:
    """Ann: available 0:00–6:00, on her break 6:00–36:00; in conversation or wrapping up 201 seconds
    with contact 1 (0:04–3:25), then 40 (3:30–4:10) and 40 (5:20–6:00)."""
    await book.keep(tell_a_morning())
    metrics = ("sessions", "signed_in_ms", "available_ms", "break_ms", "engaged_ms", "idle_ms")
    times = await book.table(*metrics, "occupancy_ratio", dimensions=("agent", "team"))
    assert times == {
        ("ann", "day"): (
            1,
            36 * MINUTE,
            6 * MINUTE,
            30 * MINUTE,
            281 * S,
            79 * S,
            281 / 360,
        )
    }
    breaks = await book.table("breaks", "break_ms", dimensions=("agent", "break_reason"))
    assert breaks == {("ann", "lunch"): (1, 30 * MINUTE)}
    parts = await book.table("break_ms", grain=Grain.INTERVAL)
    assert [ms for (ms,) in parts.values()] == [9 * MINUTE, 15 * MINUTE, 6 * MINUTE]


async def test_outcomes_by_agent_and_of_contacts(book: Book) -> None:
    await book.keep(tell_a_morning())
    by_agent = await book.table(
        "dispositions", "disposed_time_ms", dimensions=("agent", "disposition")
    )
    assert by_agent == {("ann", "sold"): (2, 241 * S / 2), ("ann", "lost"): (1, 40 * S)}
    assert await book.table("contacts", dimensions=("outcome",)) == {
        ("answered",): (3,),
        ("abandoned",): (2,),
        ("open",): (1,),
    }


async def test_offers_missed_declined_and_taken_by_another(book: Book) -> None:
    """Ann declines after 3 s; Bob lets the next ring out (20 s); then Ann takes the third."""
    journal = Journal()
    journal.presence("ann", Presence.AVAILABLE)
    contact = journal.open()
    journal.at(3 * S)
    journal.decline(contact)
    journal.presence("bob", Presence.AVAILABLE)
    assert journal.offered_to(contact) == "bob"
    offer = journal.state.offers[journal.offer_of(contact)[0]]
    assert offer.expires_ms is not None
    rings_ms = offer.expires_ms - journal.now_ms
    journal.wait(rings_ms)
    journal.presence("ann", Presence.BREAK, "lunch")
    journal.presence("ann", Presence.AVAILABLE)
    journal.wait(HOUR)
    await book.keep(journal)
    offers = ("offers", "accepted", "declined", "missed", "withdrawn")
    table = await book.table(*offers, "missed_ratio", dimensions=("agent",))
    assert table["bob",] == (1, 0, 0, 1, 0, 1.0)
    assert table["ann",][2] == 1
    ring = await book.total("ring_ms", filters={"agent": ("bob",)})
    assert ring == {"ring_ms": rings_ms}


async def test_a_transfer_is_one_contact_in_two_queues(book: Book) -> None:
    """Sales answers after 5 s and sends it on; support answers after 20 s."""
    journal = Journal()
    journal.presence("ann", Presence.AVAILABLE)
    contact = journal.open("sales")
    journal.at(5 * S)
    journal.accept(contact)
    journal.at(60 * S)
    journal.does(cmd.TransferContact(contact, "ann", to_queue_id="support"))
    journal.presence("bob", Presence.AVAILABLE)
    journal.at(80 * S)
    journal.accept(contact)
    await book.keep(journal)
    table = await book.table(
        "offered", "transferred_in", "answered", "speed_of_answer_ms", dimensions=("queue",)
    )
    assert table == {("sales",): (1, 0, 1, 5 * S), ("support",): (1, 1, 1, 20 * S)}
    assert await book.total("contacts", "contact_transfers") == {
        "contacts": 1,
        "contact_transfers": 1,
    }
    assert await book.table("transfers", dimensions=("agent", "queue")) == {
        ("ann", "sales"): (1,),
        ("bob", "support"): (0,),
    }


LATER = flow(
    menu(choice("later", "promise")),
    doc.CallBack(node_id="promise", address="'069'", next="end", refused="end"),
    end(),
    use=FlowUse.WAITING,
    flow_id="later",
)


async def test_a_callback_is_no_abandonment_and_no_arrival(book: Book) -> None:
    """A customer asks to be called back after 40 s; Ann, coming 10 s later, reaches them."""
    journal = Journal()
    journal.save(LATER, queue("sales", **QUEUE, waiting_flow_id="later"))
    waiting = journal.open(channel="webchat", channel_ref="w1")
    journal.at(40 * S)
    journal.does(cmd.PostMessage(waiting, Author.CUSTOMER, "m1", "later"))
    (callback,) = [c.contact_id for c in journal.state.contacts.values() if c.callback]
    journal.at(50 * S)
    journal.presence("ann", Presence.AVAILABLE)
    journal.accept(callback)
    journal.at(100 * S)
    journal.does(cmd.RecordAttempt(callback, "ann", AttemptResult.REACHED))
    journal.does(cmd.EndContact(callback, Author.AGENT, "ann"))
    journal.wraps_up("ann", "sold")
    await book.keep(journal)
    assert await book.total("offered", "answered", "abandoned", "called_back") == {
        "offered": 1,
        "answered": 0,
        "abandoned": 0,
        "called_back": 1,
    }
    assert await book.total("promised", "reached", "tried_in_time", "in_time_ratio") == {
        "promised": 1,
        "reached": 1,
        "tried_in_time": 1,
        "in_time_ratio": 1.0,
    }
    assert await book.total("contacts", filters={"callback": ("true",)}) == {"contacts": 1}


async def test_who_changes_teams_leaves_the_time_with_the_old_one(book: Book) -> None:
    journal = Journal()
    journal.presence("ann", Presence.AVAILABLE)
    journal.at(7 * MINUTE)
    journal.save(agent("ann", "sales", "support", team_id="night"))
    journal.at(10 * MINUTE)
    journal.presence("ann", Presence.OFFLINE)
    await book.keep(journal)
    assert await book.table("available_ms", dimensions=("team",)) == {
        ("day",): (7 * MINUTE,),
        ("night",): (3 * MINUTE,),
    }


# -- what may be asked


async def test_agents_at_work_are_counted_once(book: Book) -> None:
    journal = Journal()
    journal.presence("ann", Presence.AVAILABLE)
    for day in range(2):
        journal.at(day * DAY)
        contact = journal.open()
        journal.accept(contact)
        journal.does(cmd.EndContact(contact, Author.AGENT, "ann"))
        journal.wraps_up("ann")
    await book.keep(journal)
    answer = await book.answer("agents", grain=Grain.DAY)
    assert [row.values for row in answer.rows] == [(1,), (1,)]
    assert answer.total == (1,), "Ann of Monday is Ann of Tuesday"


async def test_shares_are_of_what_adds_up(book: Book) -> None:
    await book.keep(tell_a_morning())
    answer = await book.answer("contacts", dimensions=("outcome",), shares=("contacts",))
    assert {row.keys[0]: row.values[1] for row in answer.rows} == {
        "answered": 3 / 6,
        "abandoned": 2 / 6,
        "open": 1 / 6,
    }


async def test_sources_of_one_report_are_joined_by_their_keys(book: Book) -> None:
    await book.keep(tell_a_morning())
    table = await book.table(
        "occupancy_ratio", "breaks", "dispositions", "accepted", dimensions=("agent",)
    )
    assert table == {("ann",): (281 / 360, 1, 3, 3)}


@pytest.mark.parametrize(
    ("metric", "rest", "because"),
    [
        ("occupancy_ratio", {"dimensions": ("queue",)}, RefusedBecause.NOT_CUT_BY),
        ("offered", {"dimensions": ("agent",)}, RefusedBecause.NOT_CUT_BY),
        ("offered", {"filters": {"break_reason": ("lunch",)}}, RefusedBecause.NOT_CUT_BY),
        ("handle_time_ms", {"dimensions": ("wait_band",)}, RefusedBecause.NOT_CUT_BY),
        ("speed_of_answer_ms", {"shares": ("speed_of_answer_ms",)}, RefusedBecause.NOT_ADDITIVE),
        ("agents", {"shares": ("agents",)}, RefusedBecause.NOT_ADDITIVE),
        ("wait_ms_max", {"shares": ("wait_ms_max",)}, RefusedBecause.NOT_ADDITIVE),
        ("offered", {"shares": ("answered",)}, RefusedBecause.NOTHING_ASKED),
        ("wisdom", {}, RefusedBecause.UNKNOWN),
        ("offered", {"dimensions": ("mood",)}, RefusedBecause.UNKNOWN),
        ("offered", {"dimensions": ("queue", "queue")}, RefusedBecause.TWICE),
        ("offered", {"grain": Grain.INTERVAL, "to_ms": 99 * DAY}, RefusedBecause.TOO_MUCH),
        ("offered", {"from_ms": 5, "to_ms": 5}, RefusedBecause.NO_TIME),
    ],
)
async def test_what_means_nothing_is_refused(
    book: Book, metric: str, rest: dict[str, Any], because: RefusedBecause
) -> None:
    answer = await book.try_to_answer(metric, **{"from_ms": 0, "to_ms": DAY} | rest)
    assert isinstance(answer, ReportRefusal)
    assert answer.because is because
    assert answer.detail.endswith(".")
