"""A customer meets the shop's hot line: answered, not understood, handed over, called back."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from playwright.async_api import Browser, expect

from frontdesk.cli.demonstration.api import ApiClient
from frontdesk.cli.demonstration.company import PASSWORD
from frontdesk.cli.demonstration.desk import Desk
from frontdesk.cli.demonstration.self_service import INTENTS
from tests.support.desk_page import new_desk
from tests.support.server import Server
from tests.support.widget_page import WidgetPage, new_customer

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

TOPIC = "Ask us anything"
PATIENCE_S = 60.0
ODD = "Does the antlered one glow after midnight?"
ODDER = "The velvet one hums a tune to the ferns."


async def wait_until_learnt(server: Server) -> None:
    """The shop's intents are understood from a moment after its first start on."""
    admin = ApiClient(server.url)
    await admin.sign_in("admin", PASSWORD)
    async with asyncio.timeout(PATIENCE_S):
        model = await admin.call("GET", "/api/understanding")
        while model["readiness"] != "ready" or model["intents"] < len(INTENTS):
            await asyncio.sleep(0.2)
            model = await admin.call("GET", "/api/understanding")
    await admin.close()


@asynccontextmanager
async def the_floor(server: Server) -> AsyncGenerator[Desk]:
    """What the supervisor sees."""
    floor = Desk(server.url, "supervisor", PASSWORD, "floor")
    await floor.sign_in()
    running = asyncio.create_task(floor.run())
    try:
        yield floor
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await floor.close()


async def test_the_bot_answers_asks_back_and_hands_over_with_all_that_was_said(
    server: Server, browser: Browser
) -> None:
    await wait_until_learnt(server)
    desk = await new_desk(browser, server.url)
    await desk.sign_in("you")
    await desk.be("Available")
    customer = await new_customer(browser, server.url)
    await customer.start("Ann Lind", TOPIC)
    await customer.page.get_by_role("button", name="See my balance").click()
    await expect(customer.log).to_contain_text("number of your account")
    await customer.say("5005")
    await expect(customer.log).to_contain_text("75.25")
    await expect(customer.log).to_contain_text("Is there anything else?")
    await customer.say("where is my order 1001")
    await expect(customer.log).to_contain_text("Your order has been delivered.")
    await customer.say(ODD)
    await expect(customer.log).to_contain_text("I am not sure that I understand.")
    await customer.say(ODDER)
    await expect(customer.log).to_contain_text("I am still not sure.")
    await expect(desk.offers).to_contain_text(ODDER)
    await desk.accept()
    texts = " ".join(await desk.texts())
    for said in ("See my balance", "5005", "75.25", "where is my order 1001", ODD, ODDER):
        assert said in texts
    known = desk.page.get_by_role("complementary", name="Customer").locator("[data-attributes]")
    await expect(known.first).to_have_text(f"Question{ODDER}")
    await desk.say("It does, and it hums as well.")
    await expect(customer.bubble("It does, and it hums as well.")).to_be_visible()
    assert not customer.errors
    assert not desk.errors


async def join_the_queue(browser: Browser, server: Server, name: str) -> WidgetPage:
    """A customer who has asked for a person, while nobody is there."""
    customer = await new_customer(browser, server.url)
    await customer.start(name, TOPIC)
    await customer.page.get_by_role("button", name="Speak to a person").first.click()
    await expect(customer.log).to_contain_text("You keep your place.")
    return customer


async def test_who_takes_a_callback_keeps_the_place_while_a_later_one_waits(
    server: Server, browser: Browser
) -> None:
    first = await join_the_queue(browser, server, "Ann Lind")
    await expect(first.log).to_contain_text("You are number 1 in the queue.")
    later = await join_the_queue(browser, server, "Ben Holm")
    await expect(later.log).to_contain_text("You are number 2 in the queue.")
    await first.page.get_by_role("button", name="Call me", exact=True).click()
    await expect(first.log).to_contain_text("Under which number?")
    await first.say("069123456")
    await expect(first.log).to_contain_text("We will call you when it is your turn.")
    await later.page.get_by_role("button", name="I'll wait", exact=True).click()
    desk = await new_desk(browser, server.url)
    await desk.sign_in("you")
    await desk.be("Available")
    await expect(desk.offers.first).to_contain_text("Ann Lind")
    await expect(desk.offers.first).to_contain_text("069123456")
    async with the_floor(server) as floor:
        while not floor.documents("queues"):
            await floor.changed()
        queue = floor.find("queues", "help")
    assert queue is not None
    assert (queue["offered_today"], queue["abandoned_today"]) == (2, 0)
    assert not first.errors
    assert not later.errors
