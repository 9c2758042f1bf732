"""Flows drawn in a browser before a real server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.support.designer_page import DesignerPage, new_designer
from tests.support.server import Server
from tests.support.widget_page import new_customer

LINE: dict[str, Any] = {
    "kind": "flow",
    "flow_id": "imported",
    "name": "Line",
    "languages": ["en", "ro"],
    "start": "hello",
    "fallback_queue_id": "orders",
    "nodes": [
        {
            "kind": "say",
            "node_id": "hello",
            "text": {"en": "Hello", "ro": "Bună ziua"},
            "next": "menu",
        },
        {
            "kind": "ask",
            "node_id": "menu",
            "text": "What is it about?",
            "answer": {
                "kind": "choice",
                "choices": [
                    {"value": "order", "label": "An order", "key": "1", "next": "agent"},
                    {"value": "else", "label": "Something else", "key": "2", "next": "bye"},
                ],
            },
            "no_match": "agent",
        },
        {"kind": "queue", "node_id": "agent", "queue_id": "orders"},
        {"kind": "end", "node_id": "bye", "text": "Goodbye"},
    ],
}


async def import_line(designer: DesignerPage) -> None:
    page = designer.page
    await page.get_by_role("button", name="New flow").click()
    async with page.expect_file_chooser() as choosing:
        await page.get_by_role("button", name="Import a file").click()
    chooser = await choosing.value
    await chooser.set_files(
        {"name": "line.json", "mimeType": "application/json", "buffer": json.dumps(LINE).encode()}
    )
    await expect(page.get_by_role("heading", name="Line", exact=True)).to_be_visible()


async def lead_the_first_topic_to(designer: DesignerPage, flow: str) -> None:
    page = designer.page
    await page.goto(f"{designer.desk.url}/admin/widgets")
    await page.locator("[data-entity]").first.get_by_role("button").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("combobox", name="The topic leads to").first.click()
    await page.get_by_role("option", name=flow).click()
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()


async def test_a_flow_is_drawn_from_nothing_tried_published_and_met_by_a_customer(
    server: Server, browser: Browser
) -> None:
    designer = await new_designer(browser, server.url)
    page = designer.page
    await designer.begin("Welcome")
    await designer.add("Say")
    await designer.form.get_by_role("textbox", name="Text").fill("Welcome to Vellamo.")
    await designer.add("Ask")
    await designer.form.get_by_role("textbox", name="Question").fill("What is it about?")
    await designer.choose("Answer", "One of several choices")
    for label in ("My order", "Nothing"):
        await designer.form.get_by_role("button", name="Add a choice").click()
        await designer.form.get_by_role("textbox", name="Label").last.fill(label)
    await designer.add("To a queue")
    await designer.choose("Queue", "Orders and delivery")
    await designer.node("ask").click()
    await designer.add("End")
    await designer.form.get_by_role("textbox", name="Last word").fill("Goodbye.")
    await designer.open("Flow")
    await designer.choose("Queue", "Orders and delivery")
    await designer.open("Try it")
    talk = page.get_by_role("log", name="Try it")
    await expect(talk).to_contain_text("Welcome to Vellamo.")
    await talk.get_by_role("button", name="Nothing").click()
    await expect(talk).to_contain_text("Goodbye.")
    await expect(page.locator("[data-trial=ended]")).to_be_visible()
    await expect(page.locator("[data-passed]")).to_have_count(2)
    await expect(designer.saved).to_be_visible()
    await page.reload()
    await expect(designer.node("end")).to_contain_text("Goodbye.")
    await expect(page.locator(".react-flow__edge")).to_have_count(3)
    await page.get_by_role("button", name="Publish", exact=True).click()
    summary = page.get_by_role("region", name="Changes")
    await expect(summary).to_contain_text("Say: Welcome to Vellamo. added")
    await page.get_by_role("button", name="Publish version 1").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await lead_the_first_topic_to(designer, "Welcome")
    await page.goto(f"{server.url}/admin/flows/welcome")
    customer = await new_customer(browser, server.url)
    await customer.start("Ann Lind", "Ask us anything")
    await expect(customer.bubble("Welcome to Vellamo.")).to_be_visible()
    await expect(designer.node("ask").locator("[data-here-now]")).to_have_text("1")
    await customer.page.get_by_role("button", name="Nothing", exact=True).click()
    await expect(customer.bubble("Goodbye.")).to_be_visible()
    await expect(page.locator("[data-count='say/next']")).to_have_text("1")
    await expect(page.locator("[data-count='ask/choice:choice-2']")).to_have_text("1")
    await expect(page.locator("[data-here-now]")).to_have_count(0)
    assert not designer.desk.errors
    assert not customer.errors


async def test_an_earlier_version_is_looked_at_and_published_again(
    server: Server, browser: Browser
) -> None:
    designer = await new_designer(browser, server.url)
    page = designer.page
    await import_line(designer)
    await designer.publish(1)
    await designer.node("hello").click()
    await designer.form.get_by_role("textbox", name="Text").fill("Good day.")
    await designer.publish(2)
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Earlier versions").click()
    first = page.get_by_role("region", name="Version 1", exact=True)
    await first.get_by_role("button", name="Look at it").click()
    await expect(first.locator(".react-flow__node[data-id=hello]")).to_contain_text("Hello")
    await first.get_by_role("button", name="Publish again").click()
    await expect(page.get_by_role("region", name="Version 3", exact=True)).to_contain_text(
        "In force"
    )
    assert not designer.desk.errors


async def test_all_can_be_done_with_keys_in_the_drawing_and_in_the_outline(
    server: Server, browser: Browser
) -> None:
    designer = await new_designer(browser, server.url)
    page = designer.page
    await import_line(designer)
    await designer.node("hello").focus()
    for following in ("menu", "agent", "bye"):
        await page.keyboard.press("Tab")
        while await page.evaluate("!document.activeElement.matches('.react-flow__node')"):
            await page.keyboard.press("Tab")
        await expect(designer.node(following)).to_be_focused()
    await page.keyboard.press("Space")
    place = await designer.node("bye").bounding_box()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    moved = await designer.node("bye").bounding_box()
    assert place is not None
    assert moved is not None
    assert moved["y"] > place["y"]
    await page.keyboard.press("Enter")
    last_word = designer.form.get_by_role("textbox", name="Last word")
    await expect(last_word).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(designer.node("bye")).to_be_focused()
    await page.keyboard.press("Delete")
    await expect(designer.node("bye")).to_have_count(0)
    await designer.node("menu").focus()
    await page.keyboard.press("Control+z")
    await expect(designer.node("bye")).to_be_visible()
    await page.get_by_text("Outline", exact=True).click()
    outline = page.get_by_role("region", name="Outline")
    await expect(outline.get_by_role("listitem").filter(has_text="An order")).to_contain_text(
        ["node 3"]
    )
    await outline.get_by_role("button", name="1. Say Hello").focus()
    await page.keyboard.press("Control+c")
    await page.keyboard.press("Control+v")
    copy = outline.get_by_role("button", name="5. Say Hello")
    await expect(copy).to_be_visible()
    await copy.focus()
    await page.keyboard.press("Enter")
    await expect(designer.form.get_by_role("textbox", name="Text")).to_be_focused()
    await designer.choose("Then", "4. End: Goodbye")
    await expect(copy.locator("xpath=ancestor::li")).to_contain_text("node 4")
    await designer.desk.command("Add: Pause")
    await expect(designer.form.get_by_role("heading", name="Pause")).to_be_visible()
    assert not designer.desk.errors


async def test_a_ready_flow_is_a_beginning(server: Server, browser: Browser) -> None:
    designer = await new_designer(browser, server.url)
    page = designer.page
    await page.get_by_role("button", name="New flow").click()
    ready = page.get_by_role("region", name="Ready flows").get_by_role("button")
    await expect(ready.first).to_be_visible()
    assert await designer.desk.find_accessibility_faults() == []
    await ready.first.click()
    await expect(page.locator(".react-flow__node").first).to_be_visible()
    await designer.open("Try it")
    await expect(page.get_by_role("log", name="Try it")).not_to_be_empty()
    await expect(page.get_by_role("alert")).to_have_count(0)
    assert not designer.desk.errors


async def test_a_flow_is_tried_as_each_channel_puts_it(server: Server, browser: Browser) -> None:
    designer = await new_designer(browser, server.url)
    page = designer.page
    await import_line(designer)
    await designer.open("Try it")
    talk = page.get_by_role("log", name="Try it")
    await expect(talk.get_by_role("button", name="Something else")).to_be_visible()
    for channel, how in (
        ("SMS", "2: Something else"),
        ("Phone", "Something else: press two."),
        ("E-mail", "- Something else"),
    ):
        await page.get_by_text(channel, exact=True).click()
        await expect(talk).to_contain_text(how)
        await expect(talk.get_by_role("button")).to_have_count(0)
        assert await designer.desk.find_accessibility_faults() == [], channel
    await page.get_by_text("Phone", exact=True).click()
    await expect(talk).to_contain_text("press two")
    await page.get_by_placeholder("or keys").fill("2")
    await page.keyboard.press("Enter")
    await expect(talk).to_contain_text("Goodbye")
    assert not designer.desk.errors


async def test_the_document_goes_out_as_it_came_in(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    designer = await new_designer(browser, server.url)
    page = designer.page
    await import_line(designer)
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Export as a file").click()
    download = await downloading.value
    await download.save_as(tmp_path / "line.json")
    exported = json.loads((tmp_path / "line.json").read_text())
    assert list(exported)[:4] == ["kind", "flow_id", "name", "version"]
    assert exported["flow_id"] == "line"
    for given, got in zip(LINE["nodes"], exported["nodes"], strict=True):
        assert {name: got[name] for name in given if name != "answer"} == {
            name: value for name, value in given.items() if name != "answer"
        }
    assert exported["nodes"][0]["x"] < exported["nodes"][1]["x"]


async def test_two_who_draw_the_same_flow_are_told(server: Server, browser: Browser) -> None:
    first = await new_designer(browser, server.url)
    await import_line(first)
    second = await new_designer(browser, server.url, "/admin/flows/line")
    await second.node("hello").click()
    await second.form.get_by_role("textbox", name="Text").fill("Welcome")
    await expect(second.saved).to_be_visible()
    await first.node("bye").click()
    await first.form.get_by_role("textbox", name="Last word").fill("Farewell")
    warning = first.page.get_by_role("alert").filter(has_text="Somebody else")
    await expect(warning).to_be_visible()
    await warning.get_by_role("button", name="Load theirs").click()
    await expect(first.node("hello")).to_contain_text("Welcome")
    await expect(first.node("bye")).to_contain_text("Goodbye")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_in_the_designer(
    server: Server, browser: Browser, theme: str
) -> None:
    designer = await new_designer(browser, server.url, theme=theme)
    desk, page = designer.desk, designer.page
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert await desk.find_accessibility_faults() == []
    await import_line(designer)
    await expect(designer.node("hello")).to_be_visible()
    assert await desk.find_accessibility_faults() == []
    for node_id in ("hello", "menu", "agent", "bye"):
        await designer.node(node_id).click()
        await expect(designer.form).to_be_visible()
        assert await desk.find_accessibility_faults() == [], node_id
    for tab in ("Flow", "Try it", "Problems"):
        await designer.open(tab)
        assert await desk.find_accessibility_faults() == [], tab
    await page.get_by_text("Outline", exact=True).click()
    assert await desk.find_accessibility_faults() == []
    await page.get_by_role("button", name="Publish", exact=True).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await desk.find_accessibility_faults() == []


async def test_the_designer_on_a_phone_is_outline_and_chat(
    server: Server, browser: Browser
) -> None:
    designer = await new_designer(browser, server.url, phone=True)
    page = designer.page
    await import_line(designer)
    outline = page.get_by_role("region", name="Outline")
    await expect(outline.get_by_role("button", name="1. Say Hello")).to_be_visible()
    assert not await designer.desk.overflows()
    await outline.get_by_role("button", name="4. End Goodbye").click()
    await designer.form.get_by_role("textbox", name="Last word").fill("Farewell")
    assert not await designer.desk.overflows()
    await page.get_by_text("Outline", exact=True).click()
    await expect(outline).to_contain_text("Farewell")
    await page.get_by_text("Try it", exact=True).click()
    await expect(page.get_by_role("log", name="Try it")).to_be_visible()
    assert not await designer.desk.overflows()
    assert await designer.desk.find_accessibility_faults() == []
