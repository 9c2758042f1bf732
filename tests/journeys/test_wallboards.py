"""A wallboard before a real server: put together, shared, followed by whoever has the link."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.support.desk_page import new_desk
from tests.support.server import Server
from tests.support.widget_page import new_customer


async def test_a_wall_is_built_shared_and_shows_who_waits_within_a_moment(
    server: Server, browser: Browser
) -> None:
    desk = await new_desk(browser, server.url)
    page = desk.page
    await desk.sign_in("supervisor", "/floor/walls")
    await page.get_by_role("button", name="New wallboard").click()
    await page.get_by_label("Name").fill("Front office")
    await page.get_by_role("combobox", name="Look").click()
    await page.get_by_role("option", name="high contrast").click()
    await page.get_by_role("button", name="Save").click()
    board = page.get_by_role("region", name="Front office")
    await board.get_by_role("button", name="Share by link").click()
    link = await board.locator("code").inner_text()
    assert not desk.errors

    screen = await browser.new_context(viewport={"width": 1920, "height": 1080})
    wall = await screen.new_page()
    await wall.goto(link)
    waiting = wall.get_by_role("region", name="Waiting", exact=True)
    await expect(waiting).to_contain_text("0")
    assert await wall.locator("main").get_attribute("data-theme") == "contrast"
    assert await wall.get_by_role("navigation").count() == 0
    customer = await new_customer(browser, server.url)
    await customer.start("Ann Lind", "Orders and delivery")
    await expect(waiting).to_contain_text("1")
    assert not await wall.get_by_text("Ann Lind").count(), "no customer is on a wall"

    await page.get_by_role("button", name="Take the link back").click()
    await expect(board.get_by_text("shared", exact=True)).to_have_count(0)
    await wall.reload()
    await expect(wall.get_by_text("its link was taken back")).to_be_visible()
    await screen.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_walls_for_everybody(server: Server, browser: Browser, theme: str) -> None:
    for phone in (False, True):
        desk = await new_desk(browser, server.url, theme=theme, phone=phone)
        await desk.sign_in("supervisor", "/floor/walls")
        await desk.page.get_by_role("button", name="New wallboard").first.click()
        assert await desk.find_accessibility_faults() == []
        assert not await desk.overflows()
        await desk.page.get_by_role("button", name="Save").click()
        href = await desk.page.get_by_role("link", name="Full screen").last.get_attribute("href")
        await desk.page.goto(f"{desk.url}{href}")
        await expect(desk.page.get_by_role("heading", name="Front office")).to_be_visible()
        assert await desk.find_accessibility_faults() == []
        assert not await desk.overflows()
        assert not desk.errors
