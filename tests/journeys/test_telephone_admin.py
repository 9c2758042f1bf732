"""Trunks, numbers, phones and agents' lines in the administration."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from frontdesk.cli.demonstration.company import PASSWORD
from frontdesk.cli.demonstration.desk import Desk
from tests.support.desk_page import DeskPage, new_desk
from tests.support.server import Server


async def tab(page: Page, name: str) -> None:
    await page.get_by_role("tab", name=name).click()


async def save(page: Page) -> None:
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_have_count(0)


async def add_trunk(admin: DeskPage) -> None:
    page = admin.page
    await tab(page, "Trunks")
    await page.get_by_role("button", name="Add trunk").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name").fill("Moldtelecom")
    await form.get_by_label("Host").fill("sip carrier")
    await form.get_by_role("switch", name="We sign in").check(force=True)
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_contain_text("A host’s name or address")
    await expect(form).to_contain_text("To sign in a user is needed")
    await form.get_by_label("Host").fill("sip.carrier.example")
    await form.get_by_label("User").fill("373100")
    await form.get_by_label("Password", exact=True).fill("the carrier's password")
    await form.get_by_label("Lines").fill("30")
    await save(page)


async def test_a_carrier_s_number_leads_to_a_queue(server: Server, browser: Browser) -> None:
    admin = await new_desk(browser, server.url)
    page = admin.page
    await admin.sign_in("admin", "/admin/centre")
    await page.get_by_label("Country").fill("md")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Centre: saved").first).to_be_visible()

    await page.goto(f"{server.url}/admin/telephone")
    await expect(page.get_by_text("No telephone server is connected yet")).to_be_visible()
    await page.get_by_role("button", name="To the trunks").click()
    await add_trunk(admin)
    await expect(page.get_by_role("row").filter(has_text="Moldtelecom")).to_contain_text("0 of 30")
    assert "the carrier's password" not in await page.content()

    await tab(page, "Numbers")
    await page.get_by_role("button", name="Add number").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Number", exact=True).fill("022 12-34-56")
    await form.get_by_label("Name").fill("Sales line")
    await expect(form.get_by_label("Number", exact=True)).to_have_value("+37322123456")
    await form.get_by_role("combobox", name="Leads to").click()
    await page.get_by_role("option").first.click()
    await save(page)
    row = page.get_by_role("row").filter(has_text="Sales line")
    await expect(row).to_contain_text("+37322123456")
    await expect(row).to_contain_text("Moldtelecom")

    await tab(page, "Trunks")
    await page.get_by_role("button", name="Remove Moldtelecom").click()
    await expect(page.get_by_text("still used").first).to_be_visible()
    assert not admin.errors


async def test_a_phone_is_set_up_and_becomes_an_agent_s_line(
    server: Server, browser: Browser
) -> None:
    admin = await new_desk(browser, server.url)
    page = admin.page
    await admin.sign_in("admin", "/admin/telephone")
    await tab(page, "Desk phones")
    await page.get_by_role("button", name="Add desk phone").click()
    await page.get_by_role("dialog").get_by_label("Name").fill("Reception")
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    setup = page.get_by_role("dialog", name="Set up the phone")
    await expect(setup).to_contain_text("phone-reception")
    password = await setup.locator("code").nth(2).inner_text()
    await setup.get_by_role("button", name="Close").last.click()
    await expect(page.get_by_role("row").filter(has_text="Reception")).to_be_visible()
    assert len(password) == 20
    assert password not in await page.content()

    await page.goto(f"{server.url}/admin/agents")
    await page.locator("[data-entity]").first.get_by_role("button").first.click()
    form = page.get_by_role("dialog")
    await form.get_by_role("combobox", name="Calls ring at").click()
    await page.get_by_role("option", name="A desk phone").click()
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_contain_text("Choose a phone")
    await form.get_by_role("combobox", name="A desk phone").click()
    await page.get_by_role("option", name="Reception").click()
    await save(page)

    await page.goto(f"{server.url}/admin/telephone")
    await tab(page, "Desk phones")
    await page.get_by_role("button", name="Remove Reception").click()
    await expect(page.get_by_text("still used").first).to_be_visible()
    assert not admin.errors


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_and_a_phone_is_wide_enough(
    server: Server, browser: Browser, theme: str
) -> None:
    admin = await new_desk(browser, server.url, theme=theme, phone=theme == "dark")
    page = admin.page
    await admin.sign_in("admin", "/admin/telephone")
    for number, (name, add) in enumerate(
        (("Numbers", "To the trunks"), ("Trunks", "Add trunk"), ("Desk phones", "Add desk phone"))
    ):
        await tab(page, name)
        assert await admin.find_accessibility_faults() == [], name
        assert not await admin.overflows(), name
        if number == 0:
            continue
        await page.get_by_role("button", name=add).click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await admin.find_accessibility_faults() == [], name
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
    assert not admin.errors


async def test_who_calls_and_what_was_called_is_seen_before_the_call_is_taken(
    server: Server, browser: Browser
) -> None:
    admin = Desk(server.url, "admin", PASSWORD, "floor")
    await admin.sign_in()
    try:
        await see_a_call(admin, server, browser)
    finally:
        await admin.close()


async def see_a_call(admin: Desk, server: Server, browser: Browser) -> None:
    call = admin.client.call
    trunk = {"kind": "trunk", "trunk_id": "home", "name": "Home", "host": "sip.carrier.example"}
    number = {"kind": "phone_number", "number": "+37322555000", "name": "Hot line"}
    number |= {"trunk_id": "home", "queue_id": "orders"}
    await call("PUT", "/api/settings/trunk/home", trunk)
    await call("PUT", "/api/settings/phone_number/%2B37322555000", number)
    desk = await new_desk(browser, server.url)
    await desk.sign_in("you")
    await desk.be("Available")
    contact = {
        "channel": "voice",
        "channel_ref": "leg-1",
        "queue_id": "orders",
        "customer": {"address": "+37369123456"},
        "attributes": {"trunk": "home", "called_number": "+37322555000"},
    }
    named = {"name": "Ana Rusu", "address": "+37369123456"}
    earlier = contact | {"channel_ref": "leg-0", "queue_id": "technical", "customer": named}
    await call("POST", "/api/contacts", earlier)
    await call("POST", "/api/contacts", contact)
    await expect(desk.offers).to_contain_text("Ana Rusu")
    await expect(desk.offers).to_contain_text("+37369123456 → Hot line · +37322555000")
    await desk.offers.first.get_by_role("button", name="Accept").click()
    pane = desk.page.locator("dl").first
    await expect(pane).to_contain_text("Hot line · +37322555000")
    assert not desk.errors
