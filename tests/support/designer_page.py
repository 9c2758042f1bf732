"""The designer of flows in a browser, in the words of the person who draws."""

from __future__ import annotations

from playwright.async_api import Browser, Locator, expect

from tests.support.desk_page import DeskPage, new_desk


class DesignerPage:
    """An administrator before the designer."""

    def __init__(self, desk: DeskPage) -> None:
        self.desk = desk
        self.page = desk.page
        self.drawing = self.page.get_by_role("application")
        self.form = self.page.get_by_role("group", name="What the node does")
        self.saved = self.page.locator("[data-saving=saved]")

    async def begin(self, name: str) -> None:
        """A new flow with nothing in it."""
        await self.page.get_by_role("button", name="New flow").click()
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_label("Name").fill(name)
        await dialog.get_by_role("button", name="Begin empty").click()
        await expect(self.page.get_by_role("heading", name=name)).to_be_visible()

    def node(self, node_id: str) -> Locator:
        """A node in the drawing."""
        return self.page.locator(f".react-flow__node[data-id='{node_id}']")

    async def add(self, kind: str) -> None:
        """Adds a node behind the one that is selected."""
        palette = self.page.get_by_role("group", name="Add a node")
        await palette.get_by_role("button", name=kind, exact=True).click()
        await expect(self.form.get_by_role("heading", name=kind)).to_be_visible()

    async def choose(self, field: str, option: str) -> None:
        """Chooses from a list of the form that is open."""
        await self.page.get_by_role("combobox", name=field, exact=True).click()
        await self.page.get_by_role("option", name=option).first.click()

    async def open(self, tab: str) -> None:
        """Shows another of the panels at the side."""
        await self.page.get_by_role("tab", name=tab).click()

    async def publish(self, version: int) -> None:
        """Publishes what is drawn."""
        await self.page.get_by_role("button", name="Publish", exact=True).click()
        button = self.page.get_by_role("button", name=f"Publish version {version}")
        await button.click()
        await expect(self.page.get_by_role("dialog")).to_be_hidden()
        main = self.page.get_by_role("main")
        await expect(main.get_by_text(f"Version {version}", exact=True)).to_be_visible()


async def new_designer(
    browser: Browser, url: str, path: str = "/admin/flows", **look: object
) -> DesignerPage:
    """The designer before somebody who has signed in."""
    desk = await new_desk(browser, url, **look)  # type: ignore[arg-type]
    await desk.sign_in("admin", path)
    return DesignerPage(desk)
