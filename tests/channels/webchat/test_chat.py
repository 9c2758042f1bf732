"""A customer and an agent talk, over real sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from frontdesk.channels.webchat.limits import BAD_FRAMES_MAX
from frontdesk.channels.webchat.socket import (
    CLOSE_BAD_FRAMES,
    CLOSE_TOO_LARGE,
    CLOSE_UNAUTHORISED,
)
from frontdesk.kernel.commands import (
    AcceptOffer,
    Author,
    EndContact,
    PostMessage,
    Presence,
    ReadMessages,
    SaveSetting,
    SetPresence,
)
from frontdesk.kernel.flows.document import Ask, End, Flow, TextAnswer
from frontdesk.kernel.settings import Widget, WidgetTopic
from tests.support.company import Company, open_company
from tests.support.customer import Customer


@pytest.fixture
async def host(company: Company) -> str:
    return await company.serve()


@pytest.fixture
async def customer(host: str) -> AsyncIterator[Customer]:
    customer = Customer(host)
    yield customer
    await customer.close()


async def accept(company: Company, contact_id: int, agent_id: str = "anna") -> int:
    """The agent comes, is offered the contact and accepts it."""
    await company.obey(SetPresence(agent_id, Presence.AVAILABLE))
    offers = company.runtime.live.board.state.offers.values()
    offer = next(o for o in offers if (o.contact_id, o.agent_id) == (contact_id, agent_id))
    await company.obey(AcceptOffer(offer.offer_id, agent_id))
    return offer.offer_id


def say(contact_id: int, text: str, client_id: str, *, internal: bool = False) -> PostMessage:
    return PostMessage(contact_id, Author.AGENT, client_id, text, "anna", (), internal)


async def test_both_sides_hear_each_other(company: Company, customer: Customer) -> None:
    contact_id = await customer.open()
    async with customer.chat() as chat:
        state = await chat.wait_for("state")
        assert (state["state"], state["position"], state["agent_name"]) == ("waiting", 1, None)
        await accept(company, contact_id)
        await chat.wait_for("state", state="engaged", agent_name="Anna", position=None)
        await chat.send(op="message", client_id="m-1", text="Hello?")
        await chat.wait_for("ok", client_id="m-1")
        await chat.wait_for("message", number=1, author="customer", text="Hello?")
        await company.obey(say(contact_id, "Good morning", "a-1"))
        heard = await chat.wait_for("message", number=2)
        assert (heard["author"], heard["author_name"]) == ("agent", "Anna")
        await company.obey(ReadMessages(contact_id, 1, "anna"))
        await chat.wait_for("read", number=1)


async def test_a_message_sent_again_is_there_once(company: Company, customer: Customer) -> None:
    contact_id = await customer.open()
    async with customer.chat() as chat:
        for _ in range(3):
            await chat.send(op="message", client_id="m-1", text="Hello?")
            await chat.wait_for("ok", client_id="m-1")
    assert [m.text for m in company.runtime.live.find_messages(contact_id)] == ["Hello?"]


async def test_a_returning_socket_gets_what_it_missed_and_nothing_twice(
    company: Company, customer: Customer
) -> None:
    contact_id = await customer.open()
    await accept(company, contact_id)
    async with customer.chat() as chat:
        await company.obey(say(contact_id, "one", "a-1"))
        await chat.wait_for("message", number=1)
    await company.obey(say(contact_id, "two", "a-2"))
    await company.obey(say(contact_id, "between us", "a-3", internal=True))
    await company.obey(say(contact_id, "three", "a-4"))
    async with customer.chat(after=1) as chat:
        await chat.send(op="message", client_id="m-1", text="four")
        await chat.wait_for("message", number=5)
        assert [f["text"] for f in chat.frames if f["op"] == "message"] == ["two", "three"]


async def test_the_same_request_again_gives_the_same_contact(
    company: Company, customer: Customer
) -> None:
    first = await customer.open()
    customer.visitor_token = None
    assert await customer.open() == first
    assert len(company.runtime.live.board.state.contacts) == 1


async def test_connections_are_told_to_the_centre(company: Company, customer: Customer) -> None:
    contact_id = await customer.open()
    contacts = company.runtime.live.board.state.contacts
    async with customer.chat() as chat, customer.chat() as second:
        await chat.wait_for("state")
        await second.wait_for("state")
        await second.socket.close()
        await chat.send(op="ping")
        await chat.wait_for("pong")
        assert contacts[contact_id].customer_connected
    await company.until(lambda: not contacts[contact_id].customer_connected)
    async with customer.chat() as chat:
        await company.until(lambda: contacts[contact_id].customer_connected)


async def test_a_customer_ends_and_rates(company: Company, customer: Customer) -> None:
    contact_id = await customer.open()
    await accept(company, contact_id)
    async with customer.chat() as chat:
        await chat.send(op="end", client_id="e-1")
        await chat.wait_for("ok", client_id="e-1")
        await chat.wait_for("ended", by="customer")
        await chat.wait_for("state", state="closed", rating_open=True)
        for _ in range(2):
            await chat.send(op="rate", client_id="r-1", score=5, comment="Kind")
            await chat.wait_for("ok", client_id="r-1")
        await chat.wait_for("state", state="closed", rating_open=False, rating=5)
        await chat.send(op="end", client_id="e-2")
        await chat.wait_for("ok", client_id="e-2")
        await chat.send(op="message", client_id="m-9", text="Wait!")
        refused = await chat.wait_for("error", client_id="m-9")
        assert (refused["code"], refused["retryable"]) == ("wrong_state", False)


FLOW = Flow(
    flow_id="farewell",
    name="Farewell",
    start="ask",
    fallback_queue_id="sales",
    nodes=(
        Ask(node_id="ask", text="Anything else?", answer=TextAnswer(), next="bye", no_match="bye"),
        End(node_id="bye", text="Goodbye"),
    ),
)


async def test_a_flow_that_ends_the_contact_is_heard_to_its_last_word(
    company: Company, customer: Customer
) -> None:
    topics = (WidgetTopic(topic_id="sales", name="Sales", flow_id="farewell"),)
    await company.obey(SaveSetting(FLOW))
    await company.obey(SaveSetting(Widget(widget_id="demo", name="Demo", topics=topics)))
    await customer.open()
    async with customer.chat() as chat:
        await chat.wait_for("message", text="Anything else?")
        await chat.send(op="message", client_id="m-1", text="No")
        await chat.wait_for("message", client_id="m-1", text="No")
        await chat.wait_for("message", text="Goodbye")
        await chat.wait_for("state", state="closed")


async def test_an_agent_who_types_and_ends_is_heard(company: Company, customer: Customer) -> None:
    contact_id = await customer.open()
    await accept(company, contact_id)
    async with customer.chat() as chat:
        await chat.wait_for("state", state="engaged")
        company.parts.watches.say_typing(contact_id, Author.AGENT, "anna")
        await chat.wait_for("typing")
        await company.obey(EndContact(contact_id, Author.AGENT, "anna"))
        await chat.wait_for("ended", by="agent")


async def test_a_forged_token_is_shown_out(customer: Customer) -> None:
    await customer.open()
    for token in ("", "1.forged", "999.AAAA"):
        customer.token = token
        async with customer.chat() as chat:
            assert await chat.wait_for_close() == CLOSE_UNAUTHORISED


async def test_another_widgets_token_is_shown_out(company: Company, host: str) -> None:
    topics = (WidgetTopic(topic_id="sales", name="Sales", queue_id="sales"),)
    await company.obey(SaveSetting(Widget(widget_id="other", name="Other", topics=topics)))
    demo, other = Customer(host), Customer(host, "other")
    await demo.open()
    other.token = demo.token
    async with other.chat() as chat:
        assert await chat.wait_for_close() == CLOSE_UNAUTHORISED
    for each in (demo, other):
        await each.close()


NONSENSE = (
    "",
    "{",
    "null",
    "[1]",
    '"hello"',
    "{}",
    '{"op":"fly"}',
    '{"op":"message"}',
    '{"op":"message","client_id":7,"text":"x"}',
    '{"op":"message","client_id":"x","text":"x","by":"agent"}',
    '{"op":"read","number":-1}',
    '{"op":"read","number":1e400}',
    '{"op":"rate","score":9}',
    '{"op":"hello","token":"again"}',
    "[" * 5_000,
    '{"op":"message","client_id":"x","text":"' + "x" * 10_001 + '"}',
)


async def test_a_frame_that_makes_no_sense_is_answered_and_the_socket_lives(
    customer: Customer,
) -> None:
    await customer.open()
    async with customer.chat() as chat:
        for number, text in enumerate(NONSENSE):
            await chat.send_raw(text)
            answer = await chat.wait_for("error")
            assert answer["code"] in {"bad_request", "wrong_state"}, text
            await chat.send(op="message", client_id=f"m-{number}", text="Still here")
            await chat.wait_for("ok", client_id=f"m-{number}")


async def test_endless_nonsense_is_shown_out(customer: Customer) -> None:
    await customer.open()
    async with customer.chat() as chat:
        for _ in range(BAD_FRAMES_MAX):
            await chat.send_raw("nonsense")
        assert await chat.wait_for_close() == CLOSE_BAD_FRAMES


async def test_an_oversize_frame_closes_its_socket_and_no_other(
    company: Company, customer: Customer
) -> None:
    contact_id = await customer.open()
    async with customer.chat() as other:
        for size in (100_000, 1_000_000):
            async with customer.chat() as chat:
                await chat.send(op="message", client_id="m-1", text="x" * size)
                assert await chat.wait_for_close() == CLOSE_TOO_LARGE
        await other.send(op="message", client_id="m-2", text="Fine")
        await other.wait_for("ok", client_id="m-2")
    assert [m.text for m in company.runtime.live.find_messages(contact_id)] == ["Fine"]


async def test_a_script_is_a_text_like_any_other(company: Company, customer: Customer) -> None:
    contact_id = await customer.open(name="<b>Ion</b>")
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    async with customer.chat() as chat:
        await chat.send(op="message", client_id="m-1", text=script)
        heard = await chat.wait_for("message", number=1)
    assert heard["text"] == script
    supervisor = await company.sign_in("sofia")
    answer = await supervisor.get(f"/api/contacts/{contact_id}/transcript")
    assert script in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_page_from_elsewhere_may_be_kept_out(company: Company, host: str) -> None:
    topics = (WidgetTopic(topic_id="sales", name="Sales", queue_id="sales"),)
    widget = Widget(
        widget_id="own",
        name="Own",
        topics=topics,
        allowed_origins=("https://shop.example",),
    )
    await company.obey(SaveSetting(widget))
    url = f"ws://{host}/api/webchat/own/stream"
    async with connect(url, origin="https://shop.example") as socket:  # type: ignore[arg-type]
        await socket.close()
    with pytest.raises(InvalidStatus):
        async with connect(url, origin="https://evil.example"):  # type: ignore[arg-type]
            pass


async def test_offers_go_to_the_agent_of_before(company: Company, customer: Customer) -> None:
    await accept(company, await customer.open())
    await company.obey(EndContact(customer.contact_id, Author.CUSTOMER))
    await company.settle_records()
    customer.client_id = "another request of the same"
    contact_id = await customer.open()
    opened = company.runtime.centre.state.contacts[contact_id]
    assert opened.previous_agent_id == "anna"


async def test_after_a_restart_customers_are_gone_until_they_return(
    migrated_dsn: str, tmp_path: Path
) -> None:
    async with open_company(migrated_dsn, tmp_path) as company:
        customer = Customer(await company.serve())
        contact_id = await customer.open()
        async with customer.chat() as chat:
            await chat.send(op="message", client_id="m-1", text="Before")
            await chat.wait_for("ok", client_id="m-1")
    async with open_company(migrated_dsn, tmp_path) as company:
        contacts = company.runtime.live.board.state.contacts
        assert not contacts[contact_id].customer_connected
        customer.move_to(await company.serve())
        async with customer.chat() as chat:
            await chat.wait_for("message", number=1, text="Before")
            await chat.send(op="message", client_id="m-1", text="Before")
            await chat.wait_for("ok", client_id="m-1")
            assert contacts[contact_id].customer_connected
        assert len(company.runtime.live.find_messages(contact_id)) == 1
    await customer.close()


async def test_a_contact_long_over_still_shows_what_was_said(
    company: Company, customer: Customer
) -> None:
    contact_id = await customer.open()
    await company.obey(PostMessage(contact_id, Author.CUSTOMER, "m-1", "Nobody there?"))
    await company.obey(EndContact(contact_id, Author.CUSTOMER))
    assert company.runtime.live.find_contact(contact_id) is None
    await company.settle_records()
    async with customer.chat() as chat:
        await chat.wait_for("state", state="closed", rating_open=False)
        await chat.wait_for("message", number=1, text="Nobody there?")
        await chat.send(op="ping")
        await chat.wait_for("pong")
