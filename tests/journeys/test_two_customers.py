"""The journey: two customers, one agent, a transfer, and a server that is killed in between.

Four browsers: two customers' pages with the widget, two agents' desks.
"""

from __future__ import annotations

from playwright.async_api import Browser, expect

from frontdesk.cli.demonstration.company import PASSWORD
from frontdesk.cli.demonstration.desk import Desk
from tests.support.desk_page import DeskPage, new_desk
from tests.support.server import Server
from tests.support.widget_page import WidgetPage, new_customer


async def test_two_customers_one_transfer_and_a_killed_server(
    server: Server, browser: Browser
) -> None:
    ann = await new_customer(browser, server.url)
    ben = await new_customer(browser, server.url, theme="dark", phone=True)
    alex, aisha = await new_desk(browser, server.url), await new_desk(browser, server.url)
    for desk, login in ((alex, "you"), (aisha, "aisha")):
        await desk.sign_in(login)
        await desk.be("Available")
    everybody = (ann, ben, alex, aisha)
    for person in everybody:
        await person.page.evaluate("window.marked = true")

    # Both are Alex's, at once.
    await ann.start("Ann Lind", "Returns and refunds")
    await alex.accept()
    await ben.start("Ben Ash", "Returns and refunds")
    await alex.accept()
    await alex.open("Ann Lind")
    await exchange(ann, alex, "My lamp came without a shade.", "Oh! I’ll look, Ann.")
    await alex.open("Ben Ash")
    await exchange(ben, alex, "The chair wobbles.", "Aisha knows chairs, Ben.")
    await expect(ann.log).not_to_contain_text("chair")

    # Ben goes on to the advisers, where Aisha takes him; she finds what was said.
    await transfer(alex, "Interior advice", "A wobbling chair")
    await aisha.accept()
    await expect(aisha.messages).to_contain_text("A wobbling chair")
    await expect(aisha.bubble("The chair wobbles.")).to_be_visible()
    await expect(ben.log).to_contain_text("Aisha Khan has joined the conversation.")
    await exchange(ben, aisha, "Hello Aisha!", "Which leg is it?")

    # The server dies while everybody writes.
    await alex.open("Ann Lind")
    await ann.say("It was order 40123.")
    await ben.say("The left one.")
    server.kill()
    await ann.say("Are you still there?")
    await ben.say("No, the right one.")
    await alex.say("I am still looking.")
    await expect(ann.page.get_by_text("Connection lost. Reconnecting…")).to_be_visible()
    await expect(alex.lost).to_be_visible()
    server.start()

    # All carry on where they were; nobody has to reload.
    await expect(alex.bubble("Are you still there?")).to_be_visible()
    await expect(ann.bubble("I am still looking.")).to_be_visible()
    await expect(aisha.bubble("No, the right one.")).to_be_visible()
    await exchange(ann, alex, "There you are.", "Here I am. The shade is on its way.")
    await exchange(ben, aisha, "So?", "I’ll send you a new leg.")
    for person in everybody:
        await person.is_settled()
        assert await person.page.evaluate("window.marked")
        assert not person.errors

    # Both transcripts are whole: nothing is missing, nothing stands twice.
    anns, bens = await ann.bubbles(), await ben.bubbles()
    assert sorted(anns) == sorted(
        [
            "My lamp came without a shade.",
            "Oh! I’ll look, Ann.",
            "It was order 40123.",
            "Are you still there?",
            "I am still looking.",
            "There you are.",
            "Here I am. The shade is on its way.",
        ]
    )
    assert bens == [
        "The chair wobbles.",
        "Aisha knows chairs, Ben.",
        "Hello Aisha!",
        "Which leg is it?",
        "The left one.",
        "No, the right one.",
        "So?",
        "I’ll send you a new leg.",
    ]
    assert await alex.texts() == anns
    assert [text for text in await aisha.texts() if text != "A wobbling chair"] == bens
    await check_transcripts(server, {"Ann Lind": anns, "Ben Ash": bens})


async def exchange(customer: WidgetPage, desk: DeskPage, question: str, answer: str) -> None:
    """The customer writes, the agent reads it and answers, the customer reads that."""
    await customer.say(question)
    await expect(desk.bubble(question)).to_be_visible()
    await desk.say(answer)
    await expect(customer.bubble(answer)).to_be_visible()


async def transfer(desk: DeskPage, queue: str, note: str) -> None:
    """Passes the open conversation on to a queue."""
    await desk.page.get_by_role("button", name="Transfer").click()
    dialog = desk.page.get_by_role("dialog")
    await dialog.get_by_role("radio").filter(has_text=queue).click()
    await dialog.get_by_role("textbox", name="Note for the next agent").fill(note)
    await dialog.get_by_role("button", name="Transfer").click()


async def check_transcripts(server: Server, said: dict[str, list[str]]) -> None:
    """The transcripts hold each text once, in the order in which it was read."""
    supervisor = Desk(server.url, "supervisor", PASSWORD)
    await supervisor.sign_in()
    contacts = (await supervisor.client.call("GET", "/api/contacts"))["items"]
    assert {contact["customer"]["name"] for contact in contacts} == said.keys()
    for contact in contacts:
        path = f"/api/contacts/{contact['contact_id']}/transcript"
        transcript = await supervisor.client.fetch_text(path)
        texts = said[contact["customer"]["name"]]
        assert [transcript.count(text) for text in texts] == [1] * len(texts)
        assert sorted(texts, key=transcript.index) == texts
    await supervisor.close()
