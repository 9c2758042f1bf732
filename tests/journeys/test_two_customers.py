"""The journey: two customers, one agent, a transfer, and a server that is killed in between."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from frontdesk.cli.demonstration.desk import Desk
from tests.support.agents import agent_at_work, hear, take_contact, texts, until
from tests.support.server import Server
from tests.support.widget_page import WidgetPage, new_customer


async def test_two_customers_one_transfer_and_a_killed_server(
    server: Server, browser: Browser
) -> None:
    ann = await new_customer(browser, server.url)
    ben = await new_customer(browser, server.url, theme="dark", phone=True)
    await mark_page(ann)
    await mark_page(ben)
    async with agent_at_work(server.url, "you") as you, agent_at_work(server.url, "aisha") as aisha:
        # Both are Alex's, at once.
        await ann.start("Ann", "Orders and delivery")
        anns = await take_contact(you)
        await ben.start("Ben", "Returns and refunds")
        bens = await take_contact(you)
        await exchange(ann, you, anns, "My lamp came without a shade.", "Oh! I’ll look, Ann.")
        await exchange(ben, you, bens, "The chair wobbles.", "Aisha knows chairs, Ben.")
        await expect(ann.log).not_to_contain_text("chair")

        # Ben goes on to the advisers, where Aisha takes him; he finds what was said.
        await you.transfer(bens, "advice", "A wobbling chair")
        assert await take_contact(aisha) == bens
        await until(aisha, lambda: len(texts(aisha, bens)) == 2)
        await expect(ben.log).to_contain_text("Aisha Khan has joined the conversation.")
        await exchange(ben, aisha, bens, "Hello Aisha!", "Which leg is it?")

        # The server dies while everybody writes.
        await ann.say("It was order 40123.")
        await ben.say("The left one.")
        server.kill()
        await ann.say("Are you still there?")
        await ben.say("No, the right one.")
        await expect(ann.page.get_by_text("Connection lost. Reconnecting…")).to_be_visible()
        server.start()

        # All carry on where they were; nobody has to reload.
        await hear(you, anns, "Are you still there?")
        await hear(aisha, bens, "No, the right one.")
        await exchange(ann, you, anns, "There you are.", "Here I am. The shade is on its way.")
        await exchange(ben, aisha, bens, "So?", "I’ll send you a new leg.")
        for customer in (ann, ben):
            await expect(customer.page.get_by_text("Connection lost")).to_be_hidden()
            await customer.is_settled()

        # Both transcripts are whole: nothing is missing, nothing stands twice.
        assert (
            await ann.bubbles()
            == texts(you, anns)
            == [
                "My lamp came without a shade.",
                "Oh! I’ll look, Ann.",
                "It was order 40123.",
                "Are you still there?",
                "There you are.",
                "Here I am. The shade is on its way.",
            ]
        )
        assert (
            await ben.bubbles()
            == texts(aisha, bens)
            == [
                "The chair wobbles.",
                "Aisha knows chairs, Ben.",
                "Hello Aisha!",
                "Which leg is it?",
                "The left one.",
                "No, the right one.",
                "So?",
                "I’ll send you a new leg.",
            ]
        )
        for contact_id, desk in ((anns, you), (bens, aisha)):
            transcript = await desk.client.fetch_text(f"/api/contacts/{contact_id}/transcript")
            said = texts(desk, contact_id)
            assert [transcript.count(text) for text in said] == [1] * len(said)
            assert sorted(said, key=transcript.index) == said
        for customer in (ann, ben):
            assert await customer.page.evaluate("window.marked")
            assert not customer.errors


async def mark_page(customer: WidgetPage) -> None:
    """A mark that a reload would take away."""
    await customer.page.evaluate("window.marked = true")


async def exchange(
    customer: WidgetPage, desk: Desk, contact_id: int, question: str, answer: str
) -> None:
    """The customer writes, the agent reads it and answers, the customer reads that."""
    await customer.say(question)
    await hear(desk, contact_id, question)
    await desk.say(contact_id, answer)
    await expect(customer.bubble(answer)).to_be_visible()
