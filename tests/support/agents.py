"""Agents at work over the public API, for journeys in which somebody must answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from frontdesk.cli.demonstration.company import PASSWORD
from frontdesk.cli.demonstration.desk import Desk

PATIENCE_S = 30.0


@asynccontextmanager
async def agent_at_work(url: str, login: str) -> AsyncGenerator[Desk]:
    """An agent of the demo company, signed in, available, with the desk open."""
    desk = Desk(url, login, PASSWORD)
    await desk.sign_in()
    running = asyncio.create_task(desk.run())
    try:
        await until(desk, lambda: bool(desk.collections))
        await desk.set_presence("available")
        yield desk
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await desk.close()


async def until(desk: Desk, condition: Callable[[], bool]) -> None:
    """Returns when the condition holds of what the desk shows."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await desk.changed()


async def take_contact(desk: Desk) -> int:
    """Accepts the next offer; the contact's id."""
    await until(desk, lambda: bool(desk.documents("offers")))
    offer = desk.documents("offers")[0]
    await desk.accept(offer["offer_id"])
    contact_id: int = offer["contact_id"]
    await until(desk, lambda: engagement_of(desk, contact_id) is not None)
    return contact_id


def engagement_of(desk: Desk, contact_id: int) -> int | None:
    """The id of the agent's open part in a contact."""
    for engagement in desk.documents("engagements"):
        if engagement["contact_id"] == contact_id and engagement["ended_ms"] is None:
            found: int = engagement["engagement_id"]
            return found
    return None


def texts(desk: Desk, contact_id: int) -> list[str]:
    """What has been said in a contact, as the desk shows it."""
    return [message["text"] for message in desk.messages(contact_id)]


async def hear(desk: Desk, contact_id: int, text: str) -> None:
    """Returns when the desk shows that text in the contact."""
    await until(desk, lambda: text in texts(desk, contact_id))
