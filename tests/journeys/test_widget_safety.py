"""The widget on strange pages, with strange messages, and its weight."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, expect

from frontdesk.api.parts import STATIC_FOLDER
from frontdesk.cli.demonstration.company import PASSWORD
from frontdesk.cli.demonstration.desk import Desk
from tests.support.agents import agent_at_work, hear, take_contact
from tests.support.server import Server
from tests.support.widget_page import WidgetPage, new_customer

COMPRESSED_BYTES_MAX = 30_000

NASTY = (
    "<script>alert('script')</script>",
    "<img src=x onerror=\"alert('image')\">",
    "<svg onload=alert('svg')><a href='javascript:alert(1)'>javascript:alert(1)</a>",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)} \u202egnp.exe",
)


def test_it_weighs_less_than_thirty_kilobytes() -> None:
    script = (STATIC_FOLDER / "widget.js").read_bytes()
    assert len(gzip.compress(script, 9)) < COMPRESSED_BYTES_MAX


def test_no_text_is_ever_taken_for_markup() -> None:
    sources = Path(__file__).parents[2] / "web" / "widget" / "src"
    texts = {path.name: path.read_text() for path in sources.rglob("*.ts")}
    assert texts
    parsers = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser")
    assert [name for name, text in texts.items() for word in parsers if word in text] == []


async def test_scripts_in_messages_are_only_text(server: Server, browser: Browser) -> None:
    widget = await new_customer(browser, server.url)
    await widget.start(NASTY[1], "Orders and delivery")
    async with agent_at_work(server.url, "you") as desk:
        contact_id = await take_contact(desk)
        for text in NASTY:
            await widget.say(text)
            await hear(desk, contact_id, text)
            await desk.say(contact_id, text)
            await expect(widget.bubble(text)).to_have_count(2)
        await expect(widget.log.locator("script, img, svg, a")).to_have_count(0)
    assert await widget.executed() == []
    assert not widget.errors


async def test_scripts_in_messages_are_only_text_at_the_desk(
    server: Server, browser: Browser
) -> None:
    widget = await new_customer(browser, server.url)
    await widget.start(NASTY[1], "Orders and delivery")
    async with agent_at_work(server.url, "you") as desk:
        await take_contact(desk)
        for text in NASTY:
            await widget.say(text)
        await widget.is_settled()
        context = await browser.new_context()
        page = await context.new_page()
        await page.add_init_script("window.executed = []; window.alert = w => executed.push(w)")
        await page.goto(f"{server.url}/desk")
        await page.get_by_label("Login").fill("you")
        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_text(NASTY[-1]).first.click()
        for text in NASTY[:-1]:
            await expect(page.get_by_text(text).first).to_be_visible()
        assert await page.evaluate("window.executed") == []


class _Shop(BaseHTTPRequestHandler):
    """A page of another origin, with strict rules for what it loads and rude styles."""

    script = ""

    def do_GET(self) -> None:
        rules = f"script-src {self.script.rpartition('/')[0]}; style-src 'none'"
        page = f"""<!doctype html><html lang="en"><title>Another shop</title>
            <script src="{self.script}" data-widget="demo" async></script><h1>Shop</h1>"""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", rules)
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def other_shop(server: Server) -> Iterator[str]:
    """The address of a page elsewhere that carries the widget by its one line."""
    handler = type("Shop", (_Shop,), {"script": f"{server.url}/widget.js"})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as shop:
        thread = threading.Thread(target=shop.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{shop.server_port}/"
        shop.shutdown()
        thread.join()


async def test_any_page_can_carry_it_by_one_line(
    server: Server, browser: Browser, other_shop: str
) -> None:
    widget = await WidgetPage.open(await browser.new_context(), other_shop)
    await widget.start("Ann", "Orders and delivery")
    await widget.say("From elsewhere")
    await widget.is_settled()
    assert not widget.errors


async def test_pages_that_are_not_named_may_not(
    server: Server, browser: Browser, other_shop: str
) -> None:
    desk = Desk(server.url, "admin", PASSWORD)
    await desk.sign_in()
    widget = await desk.client.call("GET", "/api/settings/widget/demo")
    allowed = {**widget, "allowed_origins": ["https://shop.example"]}
    await desk.client.call("PUT", "/api/settings/widget/demo", allowed)
    await desk.close()
    async with httpx.AsyncClient(base_url=server.url) as http:
        config = "/api/webchat/demo/config"
        elsewhere = await http.get(config, headers={"Origin": other_shop.rstrip("/")})
        named = await http.get(config, headers={"Origin": "https://shop.example"})
    assert (elsewhere.status_code, named.status_code) == (403, 200)
    assert named.headers["access-control-allow-origin"] == "https://shop.example"
    page = await (await browser.new_context()).new_page()
    async with page.expect_event("requestfailed", lambda request: "config" in request.url):
        await page.goto(other_shop)
    await expect(page.locator("frontdesk-widget")).to_have_count(1)


async def test_a_closed_topic_says_when_it_opens(server: Server, browser: Browser) -> None:
    desk = Desk(server.url, "admin", PASSWORD)
    await desk.sign_in()
    hours = await desk.client.call("GET", "/api/settings/hours/always")
    tomorrow_only = [{"weekday": day, "start_minute": 0, "end_minute": 1} for day in range(7)]
    closed = {**hours, "hours_id": "closed", "name": "A minute a day", "spans": tomorrow_only}
    await desk.client.call("PUT", "/api/settings/hours/closed", closed)
    queue = await desk.client.call("GET", "/api/settings/queue/advice")
    await desk.client.call("PUT", "/api/settings/queue/advice", {**queue, "hours_id": "closed"})
    await desk.close()
    widget = await new_customer(browser, server.url)
    await expect(widget.page.get_by_label("Help me choose")).to_be_disabled()
    await expect(widget.page.get_by_text("Closed, opens").first).to_be_visible()


async def test_a_forged_token_leads_back_to_the_form_with_what_was_written(
    server: Server, browser: Browser
) -> None:
    widget = await new_customer(browser, server.url)
    await widget.start("Ann", "Orders and delivery")
    await widget.composer.fill("Half a")
    await widget.page.evaluate(
        "const key = Object.keys(localStorage).find((name) => name.endsWith('/contact'));"
        'localStorage.setItem(key, JSON.stringify({contact_id: 1, token: "1.forged"}))'
    )
    await widget.page.reload()
    await expect(widget.page.get_by_label("Your name")).to_have_value("Ann")
    await widget.start("Ann", "Orders and delivery")
    await expect(widget.composer).to_have_value("Half a")
