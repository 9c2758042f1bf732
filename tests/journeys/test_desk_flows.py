"""What flows and callbacks bring to the desk and the floor, before a real server."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec
from playwright.async_api import Browser, Locator, expect

from frontdesk.cli.demonstration.company import PASSWORD, WIDGET, WIDGET_ID
from frontdesk.cli.demonstration.desk import Desk
from tests.support.desk_page import DeskPage, new_desk
from tests.support.server import Server
from tests.support.widget_page import new_customer

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

RECEPTION: dict[str, Any] = {
    "kind": "flow",
    "flow_id": "reception",
    "name": "Reception",
    "start": "about",
    "variables": {"order": ""},
    "fallback_queue_id": "orders",
    "nodes": [
        {
            "kind": "ask",
            "node_id": "about",
            "text": "What is it about?",
            "answer": {
                "kind": "choice",
                "choices": [
                    {"value": "late", "label": "It is late", "key": "1", "next": "number"},
                    {"value": "else", "label": "Something else", "key": "2", "next": "people"},
                ],
            },
            "no_match": "people",
        },
        {
            "kind": "ask",
            "node_id": "number",
            "text": "Which order?",
            "answer": {"kind": "text"},
            "save_as": "order",
            "next": "people",
            "no_match": "people",
        },
        {
            "kind": "queue",
            "node_id": "people",
            "queue_id": "orders",
            "topic": "A late order",
            "show": {"order": "Order number"},
        },
    ],
}
TOPIC = "Ask the assistant"


@asynccontextmanager
async def signed_in(server: Server, login: str) -> AsyncGenerator[Desk]:
    """Somebody of the demo company over the API."""
    desk = Desk(server.url, login, PASSWORD)
    await desk.sign_in()
    try:
        yield desk
    finally:
        await desk.close()


async def lead_to_reception(server: Server) -> None:
    """Gives the shop's widget a topic that the flow answers."""
    widget = msgspec.to_builtins(WIDGET)
    topic = {"topic_id": "bot", "name": TOPIC, "queue_id": "", "flow_id": "reception"}
    widget["topics"] = [topic, *widget["topics"]]
    async with signed_in(server, "admin") as admin:
        await admin.client.call("PUT", "/api/settings/flow/reception", RECEPTION)
        await admin.client.call("PUT", f"/api/settings/widget/{WIDGET_ID}", widget)


async def promise(server: Server, name: str, address: str) -> int:
    """A callback in the orders' queue, due at its turn."""
    body = {"queue_id": "orders", "address": address, "customer": {"name": name}}
    async with signed_in(server, "supervisor") as supervisor:
        answer: Any = await supervisor.client.call(
            "POST", "/api/callbacks", {**body, "topic": "A late lamp"}
        )
    contact_id: int = answer["contact_id"]
    return contact_id


def chosen(desk: DeskPage) -> Locator:
    return desk.messages.locator("[data-chosen]")


async def test_the_agent_sees_all_that_was_said_and_sends_the_customer_back(
    server: Server, browser: Browser
) -> None:
    await lead_to_reception(server)
    desk = await new_desk(browser, server.url)
    page = desk.page
    await desk.sign_in("you")
    await desk.be("Available")
    customer = await new_customer(browser, server.url)
    await customer.start("Ann Lind", TOPIC)
    await customer.page.get_by_role("button", name="It is late").click()
    await expect(customer.bubble("Which order?")).to_be_visible()
    await customer.say("V-1204")
    await expect(desk.offers).to_contain_text("A late order")
    await expect(desk.offers).to_contain_text("Order number")
    await expect(desk.offers).to_contain_text("V-1204")
    await desk.accept()
    await expect(desk.bubble("What is it about?")).to_contain_text("Assistant")
    await expect(chosen(desk)).to_have_text("It is late")
    await expect(desk.messages.locator("[data-came-in]")).to_contain_text("You came in")
    assert await desk.texts() == ["What is it about?", "It is late", "Which order?", "V-1204"]
    known = page.get_by_role("complementary", name="Customer").locator("[data-attributes]").first
    await expect(known).to_have_text("Order numberV-1204")
    assert await desk.find_accessibility_faults() == []
    await page.get_by_role("button", name="Transfer").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("tab", name="To a flow").click()
    await expect(dialog.get_by_role("radio", name="Reception")).to_contain_text("What is it about?")
    assert await desk.find_accessibility_faults() == []
    await dialog.get_by_role("radio", name="Reception").click()
    await dialog.get_by_role("button", name="Transfer").click()
    await desk.wrap_up("Question answered", "Sent to the assistant")
    await expect(page.locator("[data-contact]")).to_have_count(0)
    await customer.page.get_by_role("button", name="Something else").last.click()
    await desk.accept()
    await expect(chosen(desk)).to_have_text(["It is late", "Something else"])
    await desk.say("Here I am again.")
    await expect(customer.bubble("Here I am again.")).to_be_visible()
    assert not desk.errors


async def test_a_callback_is_tried_twice_and_reached(server: Server, browser: Browser) -> None:
    contact_id = await promise(server, "Ion Rusu", "+373 22 000 000")
    desk = await new_desk(browser, server.url)
    page = desk.page
    await desk.sign_in("you")
    await desk.be("Available")
    await expect(desk.offers).to_contain_text("Callback · +373 22 000 000 · Attempt 1 of 3")
    await desk.offers.first.get_by_role("button", name="Accept").click()
    bar = page.get_by_role("group", name="Callback")
    await expect(bar.get_by_role("link")).to_have_attribute("href", "tel:+37322000000")
    await expect(desk.composer).to_have_count(0)
    await expect(page.get_by_role("textbox", name="Note for colleagues")).to_be_visible()
    assert await desk.find_accessibility_faults() == []
    await page.locator("body").press("x")
    await expect(page.get_by_role("status").filter(has_text="tried again at")).to_be_visible()
    await page.get_by_role("button", name="Try at once").click()
    await desk.wrap_up("Question answered", "Not there")
    await expect(desk.offers).to_contain_text("Attempt 2 of 3")
    await desk.offers.first.get_by_role("button", name="Accept").click()
    await bar.get_by_role("button", name="Reached").click()
    await expect(bar).to_contain_text("The customer is reached")
    await desk.end()
    await desk.wrap_up("Question answered", "Lamp was late")
    async with signed_in(server, "supervisor") as supervisor:
        record: Any = await supervisor.client.call("GET", f"/api/contacts/{contact_id}")
    assert (record["state"], record["closed_by"]) == ("closed", "agent")
    assert not desk.errors


async def test_a_supervisor_promises_puts_off_and_cancels(server: Server, browser: Browser) -> None:
    await lead_to_reception(server)
    floor = await new_desk(browser, server.url)
    page = floor.page
    await floor.sign_in("supervisor", "/floor/callbacks")
    await expect(page.get_by_text("No callback is promised")).to_be_visible()
    await expect(page.get_by_text("Nobody is in self-service")).to_be_visible()
    customer = await new_customer(browser, server.url)
    await customer.start("Ann Lind", TOPIC)
    served = page.get_by_role("region", name="In self-service")
    await expect(served).to_contain_text("Reception")
    await page.locator("body").press("c")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Promise").click()
    await expect(dialog).to_contain_text("Enter the number to call")
    await dialog.get_by_label("Number").fill("+373 22 111 111")
    await dialog.get_by_label("Customer’s name").fill("Ion Rusu")
    await dialog.get_by_text("At a time").click()
    await expect(dialog.get_by_label("Time", exact=True)).to_be_visible()
    assert await floor.find_accessibility_faults() == []
    await dialog.get_by_role("button", name="Promise").click()
    row = page.locator("[data-callback]")
    await expect(row).to_contain_text("Callback promised")
    await row.get_by_role("button", name="Change the time").click()
    await dialog.get_by_text("At its turn").click()
    await dialog.get_by_role("button", name="Change the time").click()
    await expect(row).to_contain_text("Waiting")
    await expect(dialog).to_be_hidden()
    await row.get_by_role("button", name="Cancel the callback").click()
    await dialog.get_by_role("button", name="Cancel the callback").click()
    await expect(row).to_have_count(0)
    assert not floor.errors


async def test_a_queue_is_shut_only_on_purpose_and_the_floor_shows_it(
    server: Server, browser: Browser
) -> None:
    admin = await new_desk(browser, server.url)
    page = admin.page
    await admin.sign_in("admin", "/admin/queues")
    await page.get_by_role("button", name="Orders and delivery").first.click()
    form = page.get_by_role("dialog").first
    await form.get_by_role("switch", name="Shut").click(force=True)
    question = page.get_by_role("dialog", name="Shut the queue")
    await question.get_by_role("button", name="Shut", exact=True).click()
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()
    await page.goto(f"{server.url}/floor")
    await expect(page.locator('[data-queue="orders"]')).to_contain_text("Shut by hand")
    assert not admin.errors
