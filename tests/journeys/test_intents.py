"""Intents in the administration: taken from the ready set, learnt, tried and changed."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.support.desk_page import new_desk
from tests.support.server import Server

LEARNT_MS_MAX = 60_000


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_intents_are_taken_learnt_tried_and_changed(
    server: Server, browser: Browser, theme: str
) -> None:
    admin = await new_desk(browser, server.url, theme=theme, phone=theme == "dark")
    page = admin.page
    await admin.sign_in("admin", "/admin/intents")
    await page.get_by_role("tab", name="Start from the ready set").click()
    await page.get_by_role("checkbox").nth(0).check()
    await page.get_by_role("checkbox").nth(1).check()
    await page.get_by_role("button", name="Take ").click()
    await expect(page.locator("[data-entity]").first).to_be_visible()
    await expect(page.get_by_role("status").filter(has_text="Learnt")).to_be_visible(
        timeout=LEARNT_MS_MAX
    )
    await page.get_by_role("tab", name="Try a message").click()
    await page.get_by_label("What a customer might write").fill("хочу узнать баланс")
    await page.get_by_role("button", name="Try", exact=True).click()
    await expect(page.get_by_text("ru", exact=True)).to_be_visible()
    assert await admin.find_accessibility_faults() == []
    assert not await admin.overflows()
    await page.locator("[data-entity]").first.get_by_role("button").first.click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Examples").fill("one and the same\nOne and the same\nanother")
    await expect(form).to_contain_text("1 line is there twice")
    await form.get_by_role("button", name="Leave out what is twice").click()
    assert await admin.find_accessibility_faults() == []
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_have_count(0)
    await expect(page.locator("[data-entity]").first).to_contain_text("2")
    assert not admin.errors
