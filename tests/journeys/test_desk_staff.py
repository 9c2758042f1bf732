"""The supervisor's and the administrator's pages before a real server."""

from __future__ import annotations

import httpx
from playwright.async_api import Browser, expect

from frontdesk.cli.settings import Settings
from frontdesk.runtime.effect_store import PostgresEffectStore
from frontdesk.runtime.effects import EffectFailure
from tests.support.agents import agent_at_work, until
from tests.support.desk_page import new_desk
from tests.support.server import Server
from tests.support.widget_page import new_customer


async def test_a_supervisor_sees_who_waits_and_why_and_sends_an_agent_on_a_break(
    server: Server, browser: Browser
) -> None:
    floor = await new_desk(browser, server.url)
    page = floor.page
    await floor.sign_in("supervisor", "/floor")
    queue = page.get_by_role("row").filter(has_text="Orders and delivery").first
    await expect(queue).to_contain_text("0 / 0")
    await queue.get_by_text("–").first.hover()
    await expect(page.get_by_role("tooltip")).to_contain_text("Nobody waits")
    customer = await new_customer(browser, server.url)
    await customer.start("Ann Lind", "Orders and delivery")
    await expect(queue.get_by_role("timer")).to_be_visible()
    await queue.get_by_role("button").click()
    drawer = page.get_by_role("dialog")
    await drawer.get_by_role("button", name="Ann Lind").click()
    await expect(drawer).to_contain_text("Nobody can be asked now")
    await page.keyboard.press("Escape")
    async with agent_at_work(server.url, "colleague") as colleague:
        await until(colleague, lambda: bool(colleague.documents("offers")))
        agent = page.locator("[data-agent]").filter(has_text="Offered")
        await expect(agent).to_have_count(1)
        await colleague.accept(colleague.documents("offers")[0]["offer_id"])
        agent = page.locator("[data-agent]").filter(has_text="Busy")
        await agent.get_by_role("button", name="Actions for").click()
        await page.get_by_role("menuitem", name="after current work").nth(1).click()
        own = colleague.documents("agents")[0]["agent_id"]
        await until(
            colleague,
            lambda: (colleague.find("agents", own) or {}).get("next_presence") == "break",
        )
    assert not floor.errors


async def test_the_floor_tells_nothing_from_what_cannot_be_said(
    server: Server, browser: Browser
) -> None:
    floor = await new_desk(browser, server.url)
    page = floor.page
    await floor.sign_in("supervisor", "/floor")
    queue = page.get_by_role("row").filter(has_text="Orders and delivery").first
    for words in ("no data", "unknown", "nobody"):
        await expect(queue.get_by_text(words, exact=True)).to_be_visible()
    own = page.locator('[data-agent="supervisor"]')
    await expect(own.get_by_text("desk open")).to_be_visible()
    await floor.be("Available")
    await expect(own.get_by_text("desk open")).to_be_hidden()
    await expect(queue.get_by_text("no wait")).to_be_visible()
    await own.get_by_role("button", name="Actions for").click()
    await page.get_by_role("menuitem", name="Lunch").click()
    await expect(own).to_contain_text("Break · Lunch")
    await page.get_by_role("button", name="Undo").click()
    await expect(own).to_contain_text("Idle")
    assert not floor.errors


async def test_an_administrator_adds_a_skill_takes_it_back_and_is_told_what_is_wrong(
    server: Server, browser: Browser
) -> None:
    admin = await new_desk(browser, server.url)
    page = admin.page
    await admin.sign_in("admin", "/admin/skills")
    await page.get_by_role("button", name="Add skill").click()
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_contain_text("Enter a name")
    await form.get_by_label("Name").fill("Welding")
    await form.get_by_role("button", name="Save").click()
    skill = page.get_by_role("row").filter(has_text="Welding")
    await expect(skill).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(skill).to_be_hidden()
    await page.goto(f"{server.url}/admin/audit")
    await expect(page.get_by_role("row").nth(1)).to_contain_text("Skill “welding” removed")
    await expect(page.get_by_role("row").nth(1)).to_contain_text("Ada Novak")
    await page.get_by_text("Articles and secrets", exact=True).click()
    await expect(page.get_by_role("row").nth(1)).to_contain_text("Secret “shop-systems” saved")
    article = page.get_by_role("row").filter(has_text="Article “").first
    await article.get_by_role("button", name="As saved").click()
    await expect(page.get_by_role("dialog")).to_contain_text("body")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    assert await admin.find_accessibility_faults() == []
    await page.goto(f"{server.url}/admin/routing")
    await page.get_by_placeholder("Choose a queue").click()
    await page.get_by_role("option", name="Orders and delivery").click()
    await page.get_by_role("button", name="Who would get it?").click()
    await expect(page.get_by_role("row").filter(has_text="Alex Morgan")).to_contain_text("Offline")
    assert not admin.errors


async def test_an_agent_gets_neither_page(server: Server, browser: Browser) -> None:
    desk = await new_desk(browser, server.url)
    await desk.sign_in("you", "/admin")
    await expect(desk.page).to_have_url(f"{server.url}/desk")
    await expect(desk.page.get_by_role("navigation", name="Main")).to_have_count(0)


async def test_a_supervisor_hears_of_what_was_given_up(server: Server, browser: Browser) -> None:
    floor = await new_desk(browser, server.url)
    page = floor.page
    await floor.sign_in("supervisor", "/floor/failures")
    await expect(page.get_by_text("Nothing has failed")).to_be_visible()
    store = PostgresEffectStore(server.database_dsn or "", Settings().centre)
    await store.record_failure(
        EffectFailure(
            handler="attachments",
            seq=7,
            type="MessagePosted",
            contact_id=None,
            attempts=5,
            error="The folder is full",
            failed_at_ms=1_800_000_000_000,
        )
    )
    await store.close()
    await page.reload()
    failure = page.locator("[data-failure]")
    await expect(failure).to_contain_text("Keep the files of a message")
    await expect(failure).to_contain_text("The folder is full")
    await expect(failure).to_contain_text("5 tries")
    assert not floor.errors


async def test_an_administrator_sees_whether_a_key_is_used(
    server: Server, browser: Browser
) -> None:
    admin = await new_desk(browser, server.url)
    page = admin.page
    await admin.sign_in("admin", "/admin/keys")
    await page.get_by_role("button", name="New API key").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name").fill("Wallboard")
    await form.get_by_role("button", name="Create").click()
    text = await form.locator("pre").inner_text()
    await form.get_by_role("button", name="Close").last.click()
    key = page.get_by_role("row").filter(has_text="Wallboard")
    await expect(key).to_contain_text("Never")
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {text}"}) as program:
        assert (await program.get(f"{server.url}/api/settings/skill")).status_code == 200
    await page.reload()
    await expect(key).to_be_visible()
    await expect(key).not_to_contain_text("Never")
    assert not admin.errors


async def test_a_slip_of_the_hand_loses_nothing_of_a_form(server: Server, browser: Browser) -> None:
    admin = await new_desk(browser, server.url)
    page = admin.page
    await admin.sign_in("admin", "/admin/queues")
    await page.get_by_role("button", name="Add queue").click()
    form = page.get_by_role("dialog", name="Add queue")
    await expect(form.get_by_role("button", name="Save")).to_be_in_viewport()
    await page.keyboard.press("Escape")
    await expect(form).to_be_hidden()
    await page.get_by_role("button", name="Add queue").click()
    await form.get_by_label("Name", exact=True).fill("Wholesale")
    await page.keyboard.press("Escape")
    question = page.get_by_role("dialog", name="Discard the changes?")
    await question.get_by_role("button", name="Cancel").click()
    await expect(form.get_by_label("Name", exact=True)).to_have_value("Wholesale")
    await page.keyboard.press("Escape")
    await question.get_by_role("button", name="Discard").click()
    await expect(form).to_be_hidden()
    assert not admin.errors
