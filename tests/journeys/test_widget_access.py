"""The widget for everybody: by keyboard, by screen reader, in three languages, light and dark."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.async_api import Browser, expect

from tests.support.agents import agent_at_work, take_contact
from tests.support.server import Server
from tests.support.widget_page import WidgetPage, find_accessibility_faults, new_customer


@pytest.mark.parametrize(("theme", "phone"), [("light", False), ("dark", True)])
async def test_axe_finds_nothing_on_any_screen(
    server: Server, browser: Browser, theme: Literal["light", "dark"], *, phone: bool
) -> None:
    widget = await new_customer(browser, server.url, theme=theme, phone=phone)
    page, faults = widget.page, dict[str, list[str]]()

    async def look(screen: str) -> None:
        faults[screen] = await find_accessibility_faults(page)

    await look("form")
    await page.get_by_role("button", name="Start chat").click()
    await look("form with errors")
    await widget.start("Ann", "Orders and delivery")
    await look("waiting")
    async with agent_at_work(server.url, "you") as desk:
        contact_id = await take_contact(desk)
        await widget.say("See https://shop.example/")
        await desk.say(contact_id, "And https://shop.example/track")
        await expect(widget.log.get_by_role("link")).to_have_count(2)
        await desk.type(contact_id)
        await look("conversation")
        await page.get_by_role("button", name="More options").click()
        await look("menu")
        await page.get_by_role("button", name="End conversation").click()
        await look("question before the end")
        await page.get_by_role("button", name="End it").click()
        await expect(page.get_by_text("How did we do?")).to_be_visible()
        await look("ended")
        await page.get_by_label("Very good").check()
        await look("rating")
        await page.get_by_role("button", name="Send rating").click()
        await expect(page.get_by_text("Thank you for your rating!")).to_be_visible()
        await look("rated")
    await page.get_by_role("button", name="Start a new conversation").click()
    await look("form again")
    await page.get_by_role("button", name="Earlier conversations").click()
    earlier = page.get_by_role("region", name="Earlier conversations")
    await expect(earlier).to_contain_text("Alex Morgan")
    await look("earlier conversations")
    await page.get_by_role("button", name="Minimise chat").first.click()
    await look("minimised")
    assert {screen: found for screen, found in faults.items() if found} == {}


async def test_all_can_be_done_by_keyboard(server: Server, browser: Browser) -> None:
    widget = await new_customer(browser, server.url)
    page, press = widget.page, widget.page.keyboard.press
    await expect(page.get_by_label("Your name")).to_be_focused()
    await press("Enter")
    await expect(page.get_by_text("Please tell us your name.")).to_be_visible()
    await expect(page.get_by_label("Your name")).to_be_focused()
    await page.keyboard.type("Ann")
    await press("Enter")
    await expect(page.get_by_text("Please choose a topic.")).to_be_visible()
    await expect(page.get_by_label("Ask us anything")).to_be_focused()
    await press("ArrowDown")
    await expect(page.get_by_label("Orders and delivery")).to_be_checked()
    await press("Enter")
    await expect(widget.composer).to_be_focused()
    await page.keyboard.type("Hello")
    await press("Shift+Enter")
    await page.keyboard.type("there")
    await press("Enter")
    await expect(widget.bubble("Hello\nthere")).to_be_visible()
    await press("Escape")
    await expect(widget.launcher).to_be_focused()
    await press("Enter")
    await expect(widget.composer).to_be_focused()
    await page.get_by_role("button", name="More options").focus()
    await press("Enter")
    await expect(page.get_by_role("button", name="Turn sounds on")).to_be_focused()
    await press("Escape")
    await expect(page.get_by_role("button", name="More options")).to_be_focused()
    await press("Enter")
    await page.get_by_role("button", name="End conversation").focus()
    await press("Enter")
    await expect(page.get_by_role("button", name="Continue")).to_be_focused()
    await press("Escape")
    await expect(widget.composer).to_be_focused()
    await widget.end()
    await press("Tab")
    await expect(page.get_by_role("button", name="Start a new conversation")).to_be_focused()


async def test_one_region_is_read_out_and_what_stands_there_is_not_repeated(
    server: Server, browser: Browser
) -> None:
    widget = await new_customer(browser, server.url)
    await widget.start("Ann", "Orders and delivery")
    live = widget.page.locator(
        "frontdesk-widget :is([aria-live], [role=log], [role=status], [role=alert])"
    )
    await expect(live).to_have_count(1)
    await expect(live).to_have_attribute("aria-relevant", "additions")
    await widget.log.evaluate(
        "log => { window.added = [];"
        " new MutationObserver(all => all.forEach(one => one.addedNodes.forEach("
        "   node => window.added.push(node.textContent))))"
        " .observe(log, {childList: true, subtree: true}); }"
    )
    await widget.say("Said once")
    await widget.is_settled()
    added: list[str] = await widget.page.evaluate("window.added")
    assert sum("Said once" in text for text in added) == 1


@pytest.mark.parametrize(
    ("language", "name", "start", "position"),
    [
        ("ru", "Ваше имя", "Начать чат", "Вы следующий в очереди."),
        ("ro", "Numele dumneavoastră", "Începe chatul", "Sunteți următorul la rând."),
    ],
)
async def test_it_speaks_the_language_of_the_page(
    server: Server, browser: Browser, language: str, name: str, start: str, position: str
) -> None:
    widget = await new_customer(browser, server.url)
    page = widget.page
    await page.add_init_script(
        "document.addEventListener('readystatechange', () =>"
        f" document.documentElement.lang = '{language}')"
    )
    await page.reload()
    await page.get_by_label(name).fill("Ион")
    await page.get_by_label("Orders and delivery").check()
    await page.get_by_role("button", name=start).click()
    await expect(page.get_by_role("log")).to_contain_text(position)


async def test_on_a_phone_it_takes_the_whole_screen(server: Server, browser: Browser) -> None:
    widget: WidgetPage = await new_customer(browser, server.url, phone=True)
    dialog = widget.page.get_by_role("dialog")
    # it rises into place: where it stands can be told when it has arrived
    await dialog.evaluate("it => Promise.all(it.getAnimations().map(each => each.finished))")
    box = await dialog.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    await expect(widget.launcher).to_be_hidden()
