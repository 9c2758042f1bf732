"""A browser page with the desk, in the words of the person who works at it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

from frontdesk.cli.demonstration.company import PASSWORD

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

expect.set_options(timeout=30_000)


class DeskPage:
    """One person of the staff before one page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.composer = page.get_by_role("textbox", name="Message to the customer")
        self.messages = page.get_by_role("group", name="Messages")
        self.offers = page.locator("[data-offer]")
        self.work = page.get_by_role("region", name="Work")
        self.lost = page.get_by_text("The connection is lost.", exact=False).first

    async def sign_in(self, login: str, path: str = "/desk") -> None:
        """Signs in with the demo company's password."""
        await self.page.goto(self.url + path)
        await self.page.get_by_label("Login").fill(login)
        await self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        await self.page.get_by_role("button", name="Sign in").click()
        await expect(self.page.locator("[data-presence]")).to_be_visible()

    async def be(self, presence: str) -> None:
        """Chooses a presence for now."""
        button = self.page.locator("[data-presence]")
        await button.click()
        await self.page.get_by_role("menuitem", name=presence).click()
        await expect(button).to_contain_text(presence)

    async def accept(self) -> None:
        """Accepts the first offer."""
        await self.offers.first.get_by_role("button", name="Accept").click()
        await expect(self.composer).to_be_visible()

    async def command(self, words: str) -> None:
        """Gives a command by the palette, as soon as it listens."""
        await self.page.keyboard.press("Control+k")
        await expect(self.page.get_by_label("What do you want to do?")).to_be_focused()
        await self.page.keyboard.type(words)
        await self.page.keyboard.press("Enter")

    async def open(self, customer: str) -> None:
        """Opens the conversation with a customer from the work list."""
        await self.work.get_by_role("button", name=customer).first.click()
        await expect(self.page.get_by_role("heading", name=customer).first).to_be_visible()

    async def say(self, text: str) -> None:
        """Writes and sends; does not wait for the server."""
        await self.composer.fill(text)
        await self.composer.press("Enter")

    def bubble(self, text: str) -> Locator:
        """The message with that text, and no other."""
        return self.messages.get_by_role("article").filter(has_text=text)

    async def is_settled(self) -> None:
        """Returns when nothing is on its way any more."""
        await expect(self.messages.locator("[data-unsent]")).to_have_count(0)

    async def texts(self) -> list[str]:
        """All messages of the open conversation, in their order."""
        return await self.messages.locator("[data-text]").all_inner_texts()

    async def end(self) -> None:
        """Ends the open conversation and says yes to the question."""
        await self.page.get_by_role("button", name="End", exact=True).click()
        await self.page.get_by_role("dialog").get_by_role("button", name="End").click()

    async def wrap_up(self, disposition: str, note: str) -> None:
        """Finishes the open contact."""
        await self.page.get_by_text(disposition, exact=True).click()
        await self.page.get_by_role("textbox", name="Note on this contact").fill(note)
        await self.page.get_by_role("button", name="Finish").click()

    async def find_accessibility_faults(self) -> list[str]:
        """What axe finds wrong on the page, one line each."""
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(AXE.read_text())
        # What is still fading in has no colours to judge.
        await self.page.evaluate(
            "Promise.all(document.getAnimations()"
            ".filter(a => a.effect.getTiming().iterations !== Infinity).map(a => a.finished))"
        )
        found: Any = await self.page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{fault['id']}: {node['target']} {node['failureSummary']}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]

    async def overflows(self) -> bool:
        """Whether the page is wider than its window."""
        wider: bool = await self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return wider


async def new_desk(
    browser: Browser,
    url: str,
    *,
    theme: Any = "light",
    language: str = "en-GB",
    phone: bool = False,
) -> DeskPage:
    """A page of somebody who has not signed in yet, in a browser that nobody has used before."""
    size: Any = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
    context = await browser.new_context(
        viewport=size,
        color_scheme=theme,
        locale=language,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    return DeskPage(await context.new_page(), url)
