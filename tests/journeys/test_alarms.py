"""A break overstays, and every supervisor's page says so until somebody sees to it."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Browser, expect

from frontdesk.cli.demonstration.api import ApiClient
from frontdesk.cli.demonstration.company import PASSWORD
from frontdesk.cli.demonstration.desk import Desk
from tests.support.desk_page import new_desk
from tests.support.server import Server

BLINK = {
    "kind": "break_reason",
    "break_reason_id": "blink",
    "name": "A blink",
    "expected_ms": 500,
}


async def soften_the_ready_rule(server: Server) -> None:
    """The ready rule about breaks, as the company has it now: soon, and heard."""
    admin = ApiClient(server.url)
    await admin.sign_in("admin", PASSWORD)
    await admin.call("PUT", "/api/settings/break_reason/blink", BLINK)
    path = "/api/settings/alarm_rule/break_overstayed"
    rule: dict[str, Any] = await admin.call("GET", path)
    await admin.call("PUT", path, {**rule, "threshold": 1_000.0, "sound": True})
    await admin.close()


async def test_a_break_overstays_and_a_supervisor_sees_to_it(
    server: Server, browser: Browser
) -> None:
    admin = await new_desk(browser, server.url)
    await admin.sign_in("admin", "/admin/alarms")
    await expect(admin.page.get_by_text("No rules yet")).to_be_visible()
    assert await admin.find_accessibility_faults() == []
    await admin.page.get_by_label("Break overstayed").check()
    await admin.page.get_by_role("button", name="Take 1 rule").click()
    await admin.page.locator("[data-entity]").get_by_role("button").first.click()
    form = admin.page.get_by_role("dialog")
    await expect(form.get_by_label("Alarm from")).to_be_visible()
    assert await admin.find_accessibility_faults() == []
    await form.get_by_role("button", name="Cancel").click()
    await soften_the_ready_rule(server)

    supervisor = await new_desk(browser, server.url)
    page = supervisor.page
    await supervisor.sign_in("supervisor", "/floor/alarms")
    await expect(page.get_by_text("Nothing is wrong")).to_be_visible()
    agent = Desk(server.url, "you", PASSWORD)
    await agent.sign_in()
    await agent.set_presence("break", "blink")
    bar = page.get_by_role("region", name="Alarm", exact=True)
    await expect(bar).to_contain_text("Alex Morgan has overstayed the break")
    await page.get_by_role("link", name="Desk", exact=True).click()
    await expect(bar).to_be_visible()
    assert await supervisor.find_accessibility_faults() == []
    await bar.get_by_role("button", name="I’ll see to it").click()
    await expect(bar).to_have_count(0)
    await page.goto(f"{server.url}/floor/alarms")
    await expect(page.locator("[data-alarm]")).to_contain_text("Sam Whitfield")
    assert await supervisor.find_accessibility_faults() == []
    assert not await supervisor.overflows()
    await agent.set_presence("available")
    await expect(page.locator("[data-alarm]")).to_have_count(0)
    past = page.get_by_role("region", name="What was")
    await expect(past).to_contain_text("seen to by Sam Whitfield")
    await agent.close()
    assert not supervisor.errors
    assert not admin.errors
