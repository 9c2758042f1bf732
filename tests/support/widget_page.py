"""A browser page that carries the widget, in the words of the person before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

# The widget's shadow root is closed to the page. A test has to look inside as a person does.
OPEN_SHADOWS = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) {
  return attach.call(this, { ...options, mode: "open" });
};
"""

# What a script in a message would do, and what a page's console says of an error.
WATCH = "window.executed = []; window.alert = (word) => window.executed.push(word);"


# How long a condition may take to come true on a machine that does much else.
expect.set_options(timeout=30_000)


class WidgetPage:
    """One customer before one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.log = page.get_by_role("log")
        self.composer = page.get_by_role("textbox", name="Write a message")
        self.launcher = page.locator(".launcher")

    @classmethod
    async def open(cls, context: BrowserContext, url: str) -> WidgetPage:
        """Opens a page that carries the widget, and the widget on it."""
        page = await context.new_page()
        await page.add_init_script(OPEN_SHADOWS + WATCH)
        widget = cls(page)
        await page.goto(url)
        await widget.launcher.click()
        return widget

    async def start(self, name: str, topic: str) -> None:
        """Fills in the form; returns when the conversation is open."""
        await self.page.get_by_label("Your name").fill(name)
        await self.page.get_by_label(topic).check()
        await self.page.get_by_role("button", name="Start chat").click()
        await expect(self.composer).to_be_visible()

    async def say(self, text: str) -> None:
        """Writes and sends; does not wait for the server."""
        await self.composer.fill(text)
        await self.composer.press("Enter")

    def bubble(self, text: str) -> Locator:
        """The message with that text, and no other."""
        return self.log.locator(".bubble").get_by_text(text, exact=True)

    async def bubbles(self) -> list[str]:
        """All messages, in their order."""
        return await self.log.locator(".bubble").all_inner_texts()

    async def choose(self, option: str) -> None:
        """Opens the menu and chooses."""
        await self.page.get_by_role("button", name="More options").click()
        await self.page.get_by_role("button", name=option).click()

    async def end(self) -> None:
        """Ends the conversation and says yes to the question."""
        await self.choose("End conversation")
        await self.page.get_by_role("button", name="End it").click()
        await expect(self.page.get_by_text("The conversation has ended.")).to_be_visible()

    async def executed(self) -> list[str]:
        """What scripts in messages have managed to say."""
        found: list[str] = await self.page.evaluate("window.executed")
        return found

    async def is_settled(self) -> None:
        """Returns when nothing is on its way any more."""
        await expect(self.log.locator(".pending")).to_have_count(0)


async def find_accessibility_faults(page: Page, root: str = "frontdesk-widget") -> list[str]:
    """What axe finds wrong below `root`, one line each."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text())
    # A panel that is still fading in has no colours to judge.
    await page.evaluate(
        "root => Promise.all(document.querySelector(root).shadowRoot.getAnimations()"
        ".filter(a => a.effect.getTiming().iterations !== Infinity).map(a => a.finished))",
        root,
    )
    found: Any = await page.evaluate(
        "root => axe.run(document.querySelector(root), {resultTypes: ['violations']})", root
    )
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


async def new_customer(
    browser: Browser,
    url: str,
    *,
    theme: Any = "light",
    language: str = "en-GB",
    phone: bool = False,
) -> WidgetPage:
    """A customer who has never been here, before the demo company's page, widget open."""
    size: Any = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
    context = await browser.new_context(
        viewport=size, color_scheme=theme, locale=language, bypass_csp=True
    )
    return await WidgetPage.open(context, f"{url}/demo")
