"""Files in the widget: sent, shown, refused in words."""

from __future__ import annotations

import struct
import zlib

from playwright.async_api import Browser, FilePayload, expect

from tests.support.agents import agent_at_work, take_contact, until
from tests.support.server import Server
from tests.support.widget_page import WidgetPage, new_customer


def draw_png(side_px: int = 120) -> bytes:
    """A square of one colour (PNG, W3C Recommendation, third edition)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = (b"\0" + b"\x2f\x6b\x5c" * side_px) * side_px
    header = struct.pack(">IIBBBBB", side_px, side_px, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


async def choose_file(widget: WidgetPage, name: str, data: bytes, media_type: str) -> None:
    """Chooses a file as by the button with the paper clip."""
    async with widget.page.expect_file_chooser() as chooser:
        await widget.page.get_by_role("button", name="Attach a file").click()
    file: FilePayload = {"name": name, "mimeType": media_type, "buffer": data}
    await (await chooser.value).set_files(file)


async def test_a_picture_is_shown_and_a_file_is_named(server: Server, browser: Browser) -> None:
    widget = await new_customer(browser, server.url)
    await widget.start("Ann", "Orders and delivery")
    async with agent_at_work(server.url, "you") as desk:
        contact_id = await take_contact(desk)
        await choose_file(widget, "lamp.png", draw_png(), "image/png")
        await choose_file(widget, "note.txt", b"Two screws are missing.", "text/plain")
        send = widget.page.get_by_role("button", name="Send", exact=True)
        await expect(send).to_be_enabled()
        await widget.say("Look:")
        await widget.is_settled()
        picture = widget.log.get_by_role("img", name="Image: lamp.png")
        await expect(picture).to_be_visible()
        assert (
            await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 120
        )
        file = widget.log.get_by_role("link", name="Download note.txt")
        async with widget.page.expect_download() as download:
            await file.click()
        path = await (await download.value).path()
        assert path.read_bytes() == b"Two screws are missing."
        await until(desk, lambda: bool(desk.messages(contact_id)))
        attached = desk.messages(contact_id)[0]["attachments"]
        assert [one["name"] for one in attached] == ["lamp.png", "note.txt"]


async def test_what_may_not_be_sent_is_refused_in_words(server: Server, browser: Browser) -> None:
    widget = await new_customer(browser, server.url)
    page = widget.page
    await widget.start("Ann", "Orders and delivery")
    await choose_file(widget, "run.exe", b"MZ", "application/x-msdownload")
    await expect(page.get_by_text("run.exe is of a type that can’t be sent here.")).to_be_visible()
    await choose_file(widget, "disguised.png", b"<script>alert(1)</script>", "image/png")
    await expect(page.get_by_text("disguised.png could not be uploaded.")).to_be_visible()
    await choose_file(widget, "large.txt", b"a" * (21 * 1024 * 1024), "text/plain")
    await expect(page.get_by_text("large.txt is too large.")).to_be_visible()
    for number in range(6):
        await choose_file(widget, f"{number}.txt", b"text", "text/plain")
    await expect(page.get_by_text("No more than 5 files in one message.")).to_be_visible()
    await page.get_by_role("button", name="Remove 4.txt").click()
    await expect(page.get_by_role("button", name="Remove 4.txt")).to_have_count(0)
