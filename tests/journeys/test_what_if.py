"""A supervisor asks before a real server what would have been, of a day that really was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from playwright.async_api import Browser, expect

from frontdesk.cli.databases import build_journal
from frontdesk.kernel.events import SettingRemoved
from frontdesk.records.schema import migrate
from tests.conftest import DEMO
from tests.simulator.what_if.week import envelopes, journal_of, one_day
from tests.support.desk_page import DeskPage, new_desk
from tests.support.server import Server

DAY = "2026-01-05"
PATH = "/reports/what-if"
SIMULATED_MS_MAX = 180_000


@pytest.fixture
def experienced_server(database_dsn: str, make_server: Callable[..., Server]) -> Server:
    """A server whose centre has a day of work behind it, by people who have since left."""
    migrate(database_dsn)
    asyncio.run(_write_the_day(database_dsn))
    server = make_server(*DEMO)
    server.start()
    return server


async def _write_the_day(dsn: str) -> None:
    kept = journal_of(one_day()).store.envelopes
    agents = dict.fromkeys(
        one.event.agent_id for one in kept if type(one.event).__name__ == "PresenceChanged"
    )
    left = [SettingRemoved("agent_profile", agent_id) for agent_id in agents]
    journal = build_journal(dsn, "main")
    await journal.claim()
    await journal.append([*kept, *envelopes(left, len(kept) + 1, kept[-1].at_ms)])
    await journal.close()


async def _ask_of_the_day(desk: DeskPage) -> None:
    page = desk.page
    await page.get_by_label("First day", exact=True).fill(DAY)
    await page.get_by_label("Days", exact=True).fill("1")
    await page.get_by_role("button", name="Rebuild and check").click()
    await expect(page.get_by_text("Yes. What is said of changes", exact=False)).to_be_visible(
        timeout=SIMULATED_MS_MAX
    )


async def test_a_day_is_held_against_itself_and_two_agents_more_are_tried(
    experienced_server: Server, browser: Browser
) -> None:
    desk = await new_desk(browser, experienced_server.url)
    page = desk.page
    await desk.sign_in("supervisor")
    await page.get_by_role("link", name="Reports").click()
    await page.get_by_role("tab", name="What if").click()
    await _ask_of_the_day(desk)
    check = page.get_by_role("region", name="Is the simulated past like the real one?")
    row = check.get_by_role("table", name="All queues").get_by_role("row", name="Service level")
    await expect(row).to_contain_text("yes")
    await expect(check.get_by_role("img")).to_be_visible()

    await page.get_by_role("button", name="Add a change").click()
    await page.get_by_role("menuitem", name="Agents").click()
    await page.get_by_label("More (−: fewer)").fill("2")
    await page.get_by_label("Cost of an agent’s hour").fill("20")
    await page.get_by_role("button", name="Try", exact=True).click()
    effect = page.get_by_role("region", name="What the changes do")
    await expect(effect).to_contain_text("The service level rises by", timeout=SIMULATED_MS_MAX)
    await expect(effect.get_by_role("row", name="Cost", exact=False).first).to_contain_text("+")

    await page.get_by_text("Before and after a change").click()
    await page.get_by_label("First day after the change").fill(DAY)
    await page.get_by_role("button", name="Compare", exact=True).click()
    both = page.get_by_role("region", name="Before and after")
    await expect(both.get_by_role("row", name="Service level")).to_contain_text(
        "chance", timeout=SIMULATED_MS_MAX
    )
    await page.reload()
    await expect(both).to_be_visible()
    assert not desk.errors


async def test_days_without_work_say_what_to_do_and_a_long_question_can_be_stopped(
    experienced_server: Server, browser: Browser
) -> None:
    desk = await new_desk(browser, experienced_server.url)
    page = desk.page
    await desk.sign_in("supervisor", PATH)
    await page.get_by_label("First day", exact=True).fill("2025-06-01")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("at least 50 contacts", exact=False)).to_be_visible()

    await _ask_of_the_day(desk)
    await page.get_by_role("button", name="Add a change").click()
    await page.get_by_role("menuitem", name="Number of contacts").click()
    await page.get_by_label("Times as much").fill("10")
    await page.get_by_role("button", name="Try", exact=True).click()
    await page.get_by_role("button", name="Stop", exact=True).click()
    await expect(page.get_by_text("Stopped.", exact=False)).to_be_visible()
    assert not desk.errors


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_what_if_for_everybody(
    experienced_server: Server, browser: Browser, theme: str
) -> None:
    for phone in (False, True):
        desk = await new_desk(browser, experienced_server.url, theme=theme, phone=phone)
        await desk.sign_in("supervisor", PATH)
        if not phone:
            await _ask_of_the_day(desk)
            await desk.page.get_by_role("button", name="Add a change").click()
            await desk.page.get_by_role("menuitem", name="Agents").click()
            await desk.page.get_by_role("button", name="Try", exact=True).click()
        effect = desk.page.get_by_role("region", name="What the changes do")
        await expect(effect).to_be_visible(timeout=SIMULATED_MS_MAX)
        assert await desk.find_accessibility_faults() == []
        assert not await desk.overflows()
        assert not desk.errors


async def test_what_if_in_the_readers_language(
    experienced_server: Server, browser: Browser
) -> None:
    desk = await new_desk(browser, experienced_server.url)
    await desk.sign_in("supervisor", PATH)
    for menu, language, words in (
        ("Language", "Русский", "Восстановить и сверить"),
        ("Язык", "Română", "Reconstruiește și verifică"),
    ):
        await desk.page.locator("[data-user-menu]").click()
        await desk.page.get_by_role("menuitem", name=menu).click()
        await desk.page.get_by_role("menuitem", name=language).click()
        await expect(desk.page.get_by_role("button", name=words)).to_be_visible()
