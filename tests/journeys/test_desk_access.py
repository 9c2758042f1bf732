"""The staff's pages for everybody: by axe, on a phone, in the dark, in three languages."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.support.desk_page import DeskPage, new_desk
from tests.support.server import Server
from tests.support.widget_page import new_customer

PAGES = [
    "/floor",
    "/floor/callbacks",
    "/floor/contacts",
    "/floor/routing",
    "/floor/waits",
    "/floor/failures",
    "/admin/agents",
    "/admin/queues",
    "/admin/centre",
    "/admin/keys",
    "/admin/audit",
]


async def _with_a_conversation(server: Server, browser: Browser, desk: DeskPage) -> None:
    await desk.sign_in("you")
    await desk.be("Available")
    customer = await new_customer(browser, server.url)
    await customer.start("Ann Lind", "Orders and delivery")
    await customer.say("Where is my lamp?")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing(server: Server, browser: Browser, theme: str) -> None:
    desk = await new_desk(browser, server.url, theme=theme)
    await _with_a_conversation(server, browser, desk)
    await expect(desk.offers).to_have_count(1)
    assert await desk.find_accessibility_faults() == []
    await desk.accept()
    await expect(desk.bubble("Where is my lamp?")).to_be_visible()
    assert await desk.find_accessibility_faults() == []
    await desk.page.get_by_role("button", name="Transfer").click()
    await expect(desk.page.get_by_role("dialog")).to_be_visible()
    assert await desk.find_accessibility_faults() == []
    admin = await new_desk(browser, server.url, theme=theme)
    await admin.sign_in("admin", "/admin/queues")
    await admin.page.locator("[data-entity]").first.get_by_role("button").first.click()
    await expect(admin.page.get_by_role("dialog")).to_be_visible()
    assert await admin.find_accessibility_faults() == []
    for path in PAGES:
        await admin.page.goto(server.url + path)
        await expect(admin.page.get_by_role("heading", level=1)).to_have_count(1)
        await expect(admin.page.get_by_label("Loading")).to_have_count(0)
        assert await admin.find_accessibility_faults() == [], path


async def test_axe_finds_nothing_in_what_is_open(server: Server, browser: Browser) -> None:
    desk = await new_desk(browser, server.url)
    page = desk.page
    await desk.sign_in("supervisor", "/floor")
    agent = page.locator("[data-agent]").first
    for opener, opened in (
        (page.locator("[data-presence]"), page.get_by_role("menu")),
        (page.locator("[data-user-menu]"), page.get_by_role("menu")),
        (agent.get_by_role("button", name="Actions for"), page.get_by_role("menu")),
        (page.get_by_placeholder("State"), page.get_by_role("listbox")),
        (agent.get_by_role("button").first, page.get_by_role("dialog")),
    ):
        await opener.click()
        await expect(opened).to_be_visible()
        assert await desk.find_accessibility_faults() == []
        await page.keyboard.press("Escape")
        await expect(opened).to_be_hidden()
    await page.get_by_role("note").first.hover()
    await expect(page.get_by_role("tooltip")).to_be_visible()
    assert await desk.find_accessibility_faults() == []


async def test_a_menu_by_keys_alone(server: Server, browser: Browser) -> None:
    desk = await new_desk(browser, server.url)
    page = desk.page
    await desk.sign_in("you")
    button = page.locator("[data-presence]")
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem").first).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(button).to_contain_text("Available")
    await expect(page.get_by_role("menu")).to_be_hidden()
    await button.press("Enter")
    # The first is the present one, which can't be chosen again; the way on and out is open.
    await expect(page.get_by_role("menuitem").first).to_be_focused()
    assert await desk.find_accessibility_faults() == []
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Coffee")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("menu")).to_be_hidden()
    await expect(button).to_be_focused()


async def test_what_is_still_on_its_way_is_named(server: Server, browser: Browser) -> None:
    admin = await new_desk(browser, server.url)
    await admin.page.route("**/api/audit*", lambda _: None)  # the answer never comes
    await admin.sign_in("admin", "/admin/audit")
    await expect(admin.page.get_by_role("status", name="Loading")).to_be_visible()
    assert await admin.find_accessibility_faults() == []


async def test_the_desk_on_a_phone(server: Server, browser: Browser) -> None:
    desk = await new_desk(browser, server.url, phone=True)
    await _with_a_conversation(server, browser, desk)
    await desk.accept()
    assert not await desk.overflows()
    await desk.say("On its way.")
    await expect(desk.bubble("On its way.")).to_be_visible()
    await desk.page.get_by_role("button", name="Customer", exact=True).click()
    await expect(desk.page.get_by_text("Why it came to you")).to_be_visible()
    assert not await desk.overflows()
    await desk.page.get_by_role("button", name="Back").last.click()
    await desk.page.get_by_role("button", name="Back").first.click()
    await expect(desk.work).to_contain_text("You: On its way.")
    assert await desk.find_accessibility_faults() == []


async def test_the_language_can_be_changed_and_is_remembered(
    server: Server, browser: Browser
) -> None:
    desk = await new_desk(browser, server.url)
    page = desk.page
    await desk.sign_in("you")
    for menu, language, words in (
        ("Language", "Русский", "Вы не на месте"),
        ("Язык", "Română", "Sunteți deconectat"),
    ):
        await page.locator("[data-user-menu]").click()
        await page.get_by_role("menuitem", name=menu).click()
        await page.get_by_role("menuitem", name=language).click()
        await expect(page.get_by_text(words, exact=True)).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("Sunteți deconectat", exact=True)).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "ro")
