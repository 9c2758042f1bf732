"""Look-ups, secrets and knowledge in the administration, before the demo's own outside systems."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.support.desk_page import DeskPage, new_desk
from tests.support.server import Server

PAGES = ("/admin/lookups", "/admin/knowledge", "/admin/secrets")


async def _open_look_up(admin: DeskPage, name: str) -> None:
    await admin.page.get_by_role("row").filter(has_text=name).get_by_role("button").first.click()
    await expect(admin.page.get_by_role("dialog")).to_be_visible()


async def test_a_look_up_is_tried_changed_and_told_what_is_wrong(
    server: Server, browser: Browser
) -> None:
    admin = await new_desk(browser, server.url)
    page = admin.page
    await admin.sign_in("admin", "/admin/lookups")
    await _open_look_up(admin, "Order status")
    attempt = page.get_by_role("region", name="Try it")
    await attempt.get_by_role("button", name="Try", exact=True).click()
    await expect(attempt.get_by_role("row").filter(has_text="state")).to_contain_text("sent")
    await attempt.get_by_label("order", exact=True).fill("")
    await attempt.get_by_role("button", name="Save and try").click()
    await expect(attempt).to_contain_text("A parameter is missing")
    await attempt.get_by_label("order", exact=True).fill("1001")
    await page.get_by_role("textbox", name="Address").fill("https://{host}/")
    await attempt.get_by_role("button", name="Save and try").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Enter an address such as")
    assert not admin.errors


async def test_a_secret_is_set_and_never_shown(server: Server, browser: Browser) -> None:
    admin = await new_desk(browser, server.url)
    page = admin.page
    await admin.sign_in("admin", "/admin/secrets")
    ours = page.get_by_role("row").filter(has_text="shop-systems")
    await expect(ours).to_contain_text("Order status")
    await page.get_by_role("button", name="Add secret").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name").fill("bank")
    await form.get_by_label("Secret", exact=True).fill("nobody shall read this")
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("row").filter(has_text="bank")).to_contain_text("Ada Novak")
    assert "nobody shall read this" not in await page.content()
    assert not admin.errors


async def test_an_article_is_written_found_removed_and_put_back(
    server: Server, browser: Browser
) -> None:
    admin = await new_desk(browser, server.url)
    page = admin.page
    await admin.sign_in("admin", "/admin/knowledge")
    ask = page.get_by_label("Ask as a customer would")
    await ask.fill("do you sell vouchers")
    await expect(page.get_by_text("Nothing found")).to_be_visible()
    await page.get_by_role("button", name="Add article").click()
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_contain_text("Write the answer")
    await form.get_by_label("Title").fill("Gift vouchers")
    await form.get_by_label("Answer").fill("We sell vouchers of any amount.")
    await expect(form.get_by_role("region", name="In a chat")).to_contain_text("of any amount")
    await form.get_by_role("button", name="Save").click()
    found = page.get_by_role("table", name="Found articles")
    await expect(found).to_contain_text("Gift vouchers")
    await page.get_by_role("button", name="Remove Gift vouchers").click()
    row = page.locator("[data-entity]").filter(has_text="Gift vouchers")
    await expect(row).to_have_count(0)
    await page.get_by_role("button", name="Undo").last.click()
    await expect(row).to_have_count(1)
    assert not admin.errors


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_and_a_phone_is_wide_enough(
    server: Server, browser: Browser, theme: str
) -> None:
    admin = await new_desk(browser, server.url, theme=theme, phone=theme == "dark")
    page = admin.page
    await admin.sign_in("admin", PAGES[0])
    for path in PAGES:
        await page.goto(server.url + path)
        await expect(page.locator("[data-entity]").first).to_be_visible()
        assert await admin.find_accessibility_faults() == [], path
        assert not await admin.overflows(), path
        await page.locator("[data-entity]").first.get_by_role("button").first.click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await admin.find_accessibility_faults() == [], path
        await page.keyboard.press("Escape")
