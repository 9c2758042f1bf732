"""The supervisor's reports before a real server: what they say, and for everybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.support.agents import agent_at_work, engagement_of, take_contact
from tests.support.desk_page import DeskPage, new_desk
from tests.support.server import Server
from tests.support.widget_page import new_customer

PAGES = ["/reports", "/reports/verdicts", "/reports/callbacks"]


async def _with_a_day_behind(server: Server, browser: Browser) -> None:
    """One chat was served and a callback promised, but not kept yet."""
    customer = await new_customer(browser, server.url)
    await customer.start("Ann Lind", "Orders and delivery")
    async with agent_at_work(server.url, "colleague") as colleague:
        contact_id = await take_contact(colleague)
        engagement_id = engagement_of(colleague, contact_id)
        assert engagement_id is not None
        await colleague.end(contact_id)
        await colleague.wrap_up(engagement_id, "answered")
        callback = {"queue_id": "orders", "address": "069123456"}
        await colleague.client.call("POST", "/api/callbacks", callback)


async def _look(desk: DeskPage, path: str) -> None:
    await desk.page.goto(desk.url + path)
    await expect(desk.page.get_by_role("tab", selected=True)).to_be_visible()
    await expect(desk.page.get_by_label("Loading")).to_have_count(0)


async def test_promises_are_reported_explained_and_downloaded(
    server: Server, browser: Browser
) -> None:
    await _with_a_day_behind(server, browser)
    desk = await new_desk(browser, server.url)
    page = desk.page
    await desk.sign_in("supervisor")
    await page.get_by_role("link", name="Reports").click()
    await page.get_by_role("tab", name="Callbacks").click()
    row = page.get_by_role("region", name="By queue").get_by_role("row").last
    await expect(row).to_contain_text("Orders and delivery")
    await page.get_by_text("Tried in time").first.hover()
    await expect(page.get_by_role("tooltip")).to_contain_text("15 minutes")
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Download as CSV: By queue").click()
    file = Path(await (await downloading.value).path())
    head, line = file.read_text("utf-8-sig").splitlines()
    assert head.startswith("queue,promised,open,reached")
    assert line.startswith("Orders and delivery,1,1,0")
    await page.get_by_label("To day").fill("2020-01-01")
    await expect(page.get_by_text("No callback was promised.")).to_be_visible()
    assert not desk.errors


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_reports_for_everybody(server: Server, browser: Browser, theme: str) -> None:
    await _with_a_day_behind(server, browser)
    for phone in (False, True):
        desk = await new_desk(browser, server.url, theme=theme, phone=phone)
        await desk.sign_in("supervisor")
        for path in PAGES:
            await _look(desk, path)
            assert await desk.find_accessibility_faults() == [], path
            assert not await desk.overflows(), path
        assert not desk.errors


async def test_reports_in_the_readers_language(server: Server, browser: Browser) -> None:
    desk = await new_desk(browser, server.url)
    page = desk.page
    await desk.sign_in("supervisor", "/reports/callbacks")
    for menu, language, words in (
        ("Language", "Русский", "Обратных звонков не обещали."),
        ("Язык", "Română", "Nu s-a promis nicio reapelare."),
    ):
        await page.locator("[data-user-menu]").click()
        await page.get_by_role("menuitem", name=menu).click()
        await page.get_by_role("menuitem", name=language).click()
        await expect(page.get_by_text(words)).to_be_visible()
        assert not await desk.overflows()


async def test_a_report_leads_to_the_contact_and_its_life_is_saved_and_downloaded(
    server: Server, browser: Browser
) -> None:
    await _with_a_day_behind(server, browser)
    desk = await new_desk(browser, server.url)
    page = desk.page
    await desk.sign_in("supervisor", "/reports")
    await page.get_by_role("combobox", name="Time").click()
    await page.get_by_role("option", name="Today").click()
    table = page.get_by_role("region", name="Queues")
    await expect(table).to_contain_text("Orders and delivery")
    await page.get_by_text("Service level, less short abandons").hover()
    await expect(page.get_by_role("tooltip")).to_contain_text("÷ (Offered − Short abandons)")

    await table.get_by_role("button", name="1 Answered, Orders and delivery").click()
    await page.get_by_role("button", name="Ann Lind").click()
    await expect(page.get_by_role("tabpanel", name="What happened")).to_contain_text("Accepted")
    await page.keyboard.press("Escape")

    await page.get_by_role("button", name="Change").click()
    await page.get_by_role("combobox", name="By time").click()
    await page.get_by_role("option", name="hour", exact=True).click()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Save or schedule").click()
    await page.get_by_role("textbox", name="Name").fill("Queues by the hour")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("region", name="Queues by the hour")).to_be_visible()
    await page.get_by_role("button", name="Download").click()
    async with page.expect_download() as downloading:
        await page.get_by_role("menuitem", name="CSV").click()
    download = await downloading.value
    assert download.suggested_filename == "Queues by the hour.csv"
    head = Path(await download.path()).read_text("utf-8-sig").splitlines()[0]
    assert head.startswith("Time,Queue,Offered,Answered")
    assert not desk.errors
