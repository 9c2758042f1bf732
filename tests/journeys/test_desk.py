"""The desk before a real server, as an agent meets it."""

from __future__ import annotations

import asyncio

from playwright.async_api import Browser, expect

from tests.support.agents import PATIENCE_S
from tests.support.desk_page import new_desk
from tests.support.server import Server
from tests.support.widget_page import new_customer


async def test_a_conversation_from_the_offer_to_the_wrap_up(
    server: Server, browser: Browser
) -> None:
    desk = await new_desk(browser, server.url)
    await desk.sign_in("you")
    await desk.be("Available")
    customer = await new_customer(browser, server.url)
    await customer.start("Ann Lind", "Orders and delivery")
    await customer.say("Where is my lamp?")
    await expect(desk.offers).to_contain_text("Ann Lind")
    await expect(desk.page).to_have_title("(1) Frontdesk")
    await desk.accept()
    await expect(desk.bubble("Where is my lamp?")).to_be_visible()
    await desk.composer.press("O")
    await expect(customer.page.get_by_text("is typing")).to_be_visible()
    await desk.say("On its way.")
    await expect(customer.bubble("On its way.")).to_be_visible()
    await expect(desk.bubble("On its way.")).to_contain_text("Seen")
    await desk.page.get_by_role("button", name="Note", exact=True).click()
    note = desk.page.get_by_role("textbox", name="Note for colleagues")
    await note.fill("She sounds nice.")
    await note.press("Enter")
    await expect(desk.bubble("She sounds nice.")).to_contain_text("colleagues only")
    # The widget tells of typing only every few seconds; it has told of the question already.
    async with asyncio.timeout(PATIENCE_S):
        while not await desk.work.get_by_text("is writing…").is_visible():
            await customer.composer.press("T")
    await customer.say("Thank you!")
    await expect(desk.bubble("Thank you!")).to_be_visible()
    await desk.is_settled()
    assert await desk.texts() == [
        "Where is my lamp?",
        "On its way.",
        "She sounds nice.",
        "Thank you!",
    ]
    await desk.end()
    await desk.page.get_by_role("button", name="Finish").click()
    await expect(desk.page.get_by_role("alert")).to_contain_text("Choose what came of it")
    await desk.wrap_up("Question answered", "Lamp was late")
    await expect(desk.page.get_by_text("Ready for the next contact")).to_be_visible()
    assert await customer.bubbles() == ["Where is my lamp?", "On its way.", "Thank you!"]
    assert not desk.errors


async def test_what_is_written_without_a_network_arrives_once(
    server: Server, browser: Browser
) -> None:
    desk = await new_desk(browser, server.url)
    await desk.sign_in("you")
    await desk.be("Available")
    customer = await new_customer(browser, server.url)
    await customer.start("Ann", "Orders and delivery")
    await customer.say("Hello")
    await desk.accept()
    await desk.page.context.set_offline(True)
    await desk.say("First")
    await desk.say("Second")
    await expect(desk.messages.locator("[data-unsent]")).to_have_count(2)
    await customer.say("Are you there?")
    await customer.is_settled()
    await desk.page.context.set_offline(False)
    await desk.is_settled()
    await expect(desk.bubble("Are you there?")).to_be_visible()
    await expect(customer.bubble("Second")).to_be_visible()
    assert await customer.bubbles() == ["Hello", "Are you there?", "First", "Second"]
    assert not desk.errors


async def test_a_killed_server_and_a_reload_lose_nothing(server: Server, browser: Browser) -> None:
    desk = await new_desk(browser, server.url)
    await desk.sign_in("you")
    await desk.be("Available")
    customer = await new_customer(browser, server.url)
    await customer.start("Ann", "Orders and delivery")
    await customer.say("Hello")
    await desk.accept()
    await desk.say("Before")
    await desk.is_settled()
    server.kill()
    await expect(desk.lost).to_be_visible()
    await desk.say("While it is down")
    await expect(desk.page.get_by_text("1 message waits")).to_be_visible()
    server.start()
    await expect(desk.lost).to_be_hidden()
    await desk.is_settled()
    await expect(customer.bubble("While it is down")).to_be_visible()
    await desk.composer.fill("half a sent")
    await desk.page.reload()
    await expect(desk.composer).to_have_value("half a sent")
    await expect(desk.bubble("While it is down")).to_be_visible()
    assert await desk.texts() == ["Hello", "Before", "While it is down"]
    assert await customer.bubbles() == ["Hello", "Before", "While it is down"]
    assert not desk.errors


async def test_a_conversation_is_handed_to_another_agent(server: Server, browser: Browser) -> None:
    first, second = await new_desk(browser, server.url), await new_desk(browser, server.url)
    await first.sign_in("you")
    await first.be("Available")
    customer = await new_customer(browser, server.url)
    await customer.start("Ann Lind", "Orders and delivery")
    await customer.say("Where is my lamp?")
    await first.accept()
    await second.sign_in("colleague")
    await second.be("Available")
    await first.page.get_by_role("button", name="Transfer").click()
    dialog = first.page.get_by_role("dialog")
    await dialog.get_by_role("tab", name="To an agent").click()
    await dialog.get_by_role("radio").filter(has_text="Idle").first.click()
    await dialog.get_by_role("textbox", name="Note for the next agent").fill("Lamp is late.")
    await dialog.get_by_role("button", name="Transfer").click()
    await second.accept()
    await expect(second.messages).to_contain_text("Lamp is late.")
    await second.say("I have found it.")
    await expect(customer.bubble("I have found it.")).to_be_visible()
    assert not first.errors
    assert not second.errors


async def test_work_without_a_mouse(server: Server, browser: Browser) -> None:
    desk = await new_desk(browser, server.url)
    page = desk.page
    await desk.sign_in("you")
    await expect(page.get_by_text("You are offline")).to_be_visible()
    await desk.command("Available")
    await expect(page.locator("[data-presence]")).to_contain_text("Available")
    customer = await new_customer(browser, server.url)
    await customer.start("Ann", "Orders and delivery")
    await expect(desk.offers).to_have_count(1)
    await page.locator("body").press("a")
    await expect(desk.composer).to_be_focused()
    await expect(page.get_by_text("The customer has not written yet.")).to_be_visible()
    await page.keyboard.type("Hello? Is this a question?")
    await page.keyboard.press("Enter")
    await expect(customer.bubble("Hello? Is this a question?")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="Keys")
    await expect(help_).to_contain_text("Next on the list")
    await help_.get_by_role("switch", name="Single keys").uncheck(force=True)
    await page.keyboard.press("Escape")
    await expect(help_).to_be_hidden()
    await page.keyboard.press("t")
    await expect(page.get_by_role("dialog")).to_have_count(0)
