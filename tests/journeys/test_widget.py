"""The widget before a real server, as a customer meets it."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from tests.support.agents import agent_at_work, engagement_of, hear, take_contact, until
from tests.support.server import Server
from tests.support.widget_page import WidgetPage, new_customer


async def test_a_conversation_from_the_form_to_the_rating(server: Server, browser: Browser) -> None:
    widget = await new_customer(browser, server.url)
    page = widget.page
    await widget.start("Ann Lind", "Orders and delivery")
    await expect(widget.log).to_contain_text("You are next in line.")
    await widget.say("Where is my lamp?")
    async with agent_at_work(server.url, "you") as desk:
        contact_id = await take_contact(desk)
        await hear(desk, contact_id, "Where is my lamp?")
        await expect(widget.log).to_contain_text("Alex Morgan has joined the conversation.")
        await desk.type(contact_id)
        await expect(page.get_by_text("Alex Morgan is typing")).to_be_visible()
        await desk.say(contact_id, "On its way: https://shop.example/track/42.")
        link = widget.log.get_by_role("link")
        await expect(link).to_have_attribute("href", "https://shop.example/track/42")
        await desk.client.call("POST", f"/api/contacts/{contact_id}/hold")
        await expect(page.get_by_text("On hold for a moment")).to_be_visible()
        await desk.client.call("POST", f"/api/contacts/{contact_id}/resume")
        await expect(page.get_by_text("On hold for a moment")).to_be_hidden()
        await desk.say(contact_id, "She sounds nice.", internal=True)
        await widget.say("Thank you!")
        await hear(desk, contact_id, "Thank you!")
        await desk.read(contact_id, desk.messages(contact_id)[-1]["number"])
        await expect(widget.log.get_by_text("Seen")).to_be_visible()
        await desk.end(contact_id)
        await expect(page.get_by_text("How did we do?")).to_be_visible()
        await page.get_by_label("Good", exact=True).check()
        await page.get_by_label("Would you like to add something?").fill("Quick!")
        await page.get_by_role("button", name="Send rating").click()
        await expect(page.get_by_text("Thank you for your rating!")).to_be_visible()
        await until(desk, lambda: (desk.find("contacts", contact_id) or {}).get("rating") == 4)
    assert await widget.bubbles() == [
        "Where is my lamp?",
        "On its way: https://shop.example/track/42.",
        "Thank you!",
    ]
    assert not widget.errors


async def test_the_transcript_can_be_downloaded(server: Server, browser: Browser) -> None:
    widget = await new_customer(browser, server.url)
    await widget.start("Ann", "Returns and refunds")
    await widget.say("I’d like to send a chair back.")
    await widget.is_settled()
    async with widget.page.expect_download() as download:
        await widget.choose("Download transcript")
    text = (await (await download.value).path()).read_text()
    assert "I’d like to send a chair back." in text


async def test_a_reload_in_the_middle_loses_nothing(server: Server, browser: Browser) -> None:
    widget = await new_customer(browser, server.url)
    await widget.start("Ann", "Orders and delivery")
    await widget.say("First")
    await widget.is_settled()
    async with agent_at_work(server.url, "you") as desk:
        contact_id = await take_contact(desk)
        await desk.say(contact_id, "Second")
        await expect(widget.bubble("Second")).to_be_visible()
        await widget.composer.fill("half a sent")
        await widget.page.reload()
        await expect(widget.bubble("Second")).to_be_visible()
        assert await widget.bubbles() == ["First", "Second"]
        await expect(widget.composer).to_have_value("half a sent")
        await widget.say("Third")
        await hear(desk, contact_id, "Third")
        assert engagement_of(desk, contact_id) is not None
        assert [m["text"] for m in desk.messages(contact_id)] == ["First", "Second", "Third"]


async def test_what_is_written_without_a_network_arrives_once(
    server: Server, browser: Browser
) -> None:
    widget = await new_customer(browser, server.url)
    await widget.start("Ann", "Orders and delivery")
    async with agent_at_work(server.url, "you") as desk:
        contact_id = await take_contact(desk)
        await widget.say("Before")
        await hear(desk, contact_id, "Before")
        await widget.page.context.set_offline(True)
        await expect(widget.page.get_by_text("Connection lost. Reconnecting…")).to_be_visible()
        await widget.say("Without one")
        await widget.say("Without two")
        await expect(widget.log.get_by_text("Sending…")).to_have_count(2)
        await desk.say(contact_id, "Are you there?")
        await widget.page.context.set_offline(False)
        await expect(widget.bubble("Are you there?")).to_be_visible()
        await widget.is_settled()
        await hear(desk, contact_id, "Without two")
        said = [message["text"] for message in desk.messages(contact_id)]
    assert sorted(said) == ["Are you there?", "Before", "Without one", "Without two"]
    assert said.index("Without one") < said.index("Without two")
    assert await widget.bubbles() == said


async def test_what_was_under_way_when_the_page_went_arrives_with_the_next(
    server: Server, browser: Browser
) -> None:
    widget = await new_customer(browser, server.url)
    await widget.start("Ann", "Orders and delivery")
    await widget.say("Before")
    await widget.is_settled()
    await widget.page.context.set_offline(True)
    await expect(widget.page.get_by_text("Connection lost. Reconnecting…")).to_be_visible()
    await widget.say("Written in a tunnel")
    await widget.page.close()
    await widget.page.context.set_offline(False)
    again = await WidgetPage.open(widget.page.context, f"{server.url}/demo")
    await again.is_settled()
    await expect(again.bubble("Written in a tunnel")).to_be_visible()
    assert await again.bubbles() == ["Before", "Written in a tunnel"]


async def test_two_tabs_are_one_conversation(server: Server, browser: Browser) -> None:
    one = await new_customer(browser, server.url)
    other = await WidgetPage.open(one.page.context, f"{server.url}/demo")
    await one.start("Ann", "Orders and delivery")
    await expect(other.composer).to_be_visible()
    await one.say("From one")
    await expect(other.bubble("From one")).to_be_visible()
    await other.say("From the other")
    await expect(one.bubble("From the other")).to_be_visible()
    assert await one.bubbles() == await other.bubbles() == ["From one", "From the other"]
    await other.end()
    await expect(one.page.get_by_text("The conversation has ended.")).to_be_visible()


async def test_messages_are_counted_while_it_is_minimised(server: Server, browser: Browser) -> None:
    widget = await new_customer(browser, server.url)
    page = widget.page
    await widget.start("Ann", "Orders and delivery")
    async with agent_at_work(server.url, "you") as desk:
        contact_id = await take_contact(desk)
        await expect(widget.composer).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(widget.log).to_be_hidden()
        await expect(widget.launcher).to_be_focused()
        await desk.say(contact_id, "One")
        await desk.say(contact_id, "Two")
        await expect(widget.launcher).to_have_accessible_name("Open chat, 2 unread messages")
        await widget.launcher.click()
        await expect(widget.launcher).to_have_accessible_name("Minimise chat")
        await expect(widget.composer).to_be_focused()


async def test_who_comes_back_finds_what_was_said(server: Server, browser: Browser) -> None:
    widget = await new_customer(browser, server.url)
    page = widget.page
    await widget.start("Ann", "Orders and delivery")
    await widget.say("The first time")
    await widget.is_settled()
    await widget.end()
    await page.get_by_role("button", name="Start a new conversation").click()
    await expect(page.get_by_label("Your name")).to_have_value("Ann")
    await page.get_by_role("button", name="Earlier conversations").click()
    earlier = page.get_by_role("region", name="Earlier conversations")
    await expect(earlier).to_contain_text("The first time")
    await page.get_by_role("button", name="Back").click()
    await widget.start("Ann", "Returns and refunds")
    await widget.say("The second time")
    await widget.is_settled()
    assert await widget.bubbles() == ["The second time"]


async def test_who_asks_a_server_that_is_away_is_served_when_it_is_back(
    server: Server, browser: Browser
) -> None:
    widget = await new_customer(browser, server.url)
    page = widget.page
    await page.get_by_label("Your name").fill("Ann")
    await page.get_by_label("Orders and delivery").check()
    server.kill()
    await page.get_by_role("button", name="Start chat").click()
    await expect(page.get_by_text("The chat could not be started. We keep trying…")).to_be_visible()
    server.start()
    await expect(widget.composer).to_be_focused()
    await widget.say("Here at last")
    await widget.is_settled()
    async with agent_at_work(server.url, "you") as desk:
        contact_id = await take_contact(desk)
        await hear(desk, contact_id, "Here at last")
        assert len(desk.documents("contacts")) == 1
