"""Following one contact as its customer sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from frontdesk.kernel import commands as cmd
from frontdesk.kernel.commands import Author, Presence
from frontdesk.kernel.settings import AgentProfile, Queue
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.watching import ContactNews, ContactWatch, Watches
from frontdesk.views.documents import ContactState

StartCentre = Callable[..., Awaitable[CentreRuntime]]


async def open_centre(start_centre: StartCentre) -> CentreRuntime:
    runtime = await start_centre()
    anna = AgentProfile(agent_id="anna", name="Anna", queue_ids=("sales",))
    await obey(
        runtime,
        cmd.SaveSetting(Queue(queue_id="sales", name="Sales")),
        cmd.SaveSetting(anna),
        cmd.OpenContact("webchat", "r1", "sales"),
    )
    return runtime


async def obey(runtime: CentreRuntime, *commands: cmd.AnyCommand) -> None:
    for command in commands:
        await runtime.submit(command, actor="test")


async def read(watch: ContactWatch) -> ContactNews:
    return await anext(aiter(watch))


async def test_a_customer_follows_a_contact_to_its_end(start_centre: StartCentre) -> None:
    runtime = await open_centre(start_centre)
    watches = Watches(runtime)
    running = asyncio.create_task(watches.run())
    await asyncio.sleep(0)
    with watches.watch(1) as watch:
        news = await read(watch)
        assert news.contact is not None
        assert (news.contact.state, news.agent_name) == (ContactState.WAITING, None)
        assert news.place is not None
        assert news.place.position == 1
        await obey(runtime, cmd.PostMessage(1, Author.CUSTOMER, "m1", "Hello"))
        assert [m.text for m in (await read(watch)).messages] == ["Hello"]
        await obey(runtime, cmd.SetPresence("anna", Presence.AVAILABLE), cmd.AcceptOffer(1, "anna"))
        while (news := await read(watch)).agent_name is None:
            pass
        assert (news.agent_name, news.place, news.messages) == ("Anna", None, ())
        await obey(
            runtime,
            cmd.PostMessage(1, Author.AGENT, "m2", "Careful", "anna", internal=True),
            cmd.PostMessage(1, Author.AGENT, "m3", "Good day", "anna"),
        )
        texts: list[str] = []
        while not texts:
            texts = [m.text for m in (await read(watch)).messages]
        assert texts == ["Good day"], "a note for colleagues is not for the customer"
        await obey(runtime, cmd.EndContact(1, Author.CUSTOMER))
        news = await read(watch)
        assert news.contact is not None
        assert news.contact.state is ContactState.CLOSED
    assert watches.count(1) == 0
    running.cancel()


async def test_whoever_returns_gets_what_came_meanwhile(start_centre: StartCentre) -> None:
    runtime = await open_centre(start_centre)
    posts = [cmd.PostMessage(1, Author.CUSTOMER, f"m{i}", str(i)) for i in range(1, 206)]
    await obey(runtime, *posts)
    watches = Watches(runtime)
    with watches.watch(1, after=203) as watch:
        news = await read(watch)
        assert ([m.number for m in news.messages], news.missed) == ([204, 205], False)
    with watches.watch(1, after=2) as watch:
        news = await read(watch)
        assert (len(news.messages), news.missed) == (200, True), "older ones are in the records"


async def test_places_move_up(start_centre: StartCentre) -> None:
    runtime = await open_centre(start_centre)
    watches = Watches(runtime)
    running = asyncio.create_task(watches.run())
    await obey(runtime, cmd.OpenContact("webchat", "r2", "sales"))
    with watches.watch(2) as watch:
        news = await read(watch)
        assert news.place is not None
        assert news.place.position == 2
        await obey(runtime, cmd.EndContact(1, Author.CUSTOMER))
        reading = asyncio.ensure_future(read(watch))
        while not reading.done():
            watches.refresh_places()
            await asyncio.sleep(0)
        place = reading.result().place
        assert place is not None
        assert place.position == 1
    running.cancel()


async def test_typing_reaches_the_other_side_alone(start_centre: StartCentre) -> None:
    runtime = await open_centre(start_centre)
    watches = Watches(runtime)
    heard: list[tuple[int, Author, str | None]] = []
    watches.on_typing(
        lambda contact_id, author, agent_id: heard.append((contact_id, author, agent_id))
    )
    with watches.watch(1) as watch:
        assert not (await read(watch)).typing
        watches.say_typing(1, Author.AGENT, "anna")
        assert (await read(watch)).typing
        watches.say_typing(1, Author.CUSTOMER)
        watch.wake()
        assert not (await read(watch)).typing
    assert heard == [(1, Author.AGENT, "anna"), (1, Author.CUSTOMER, None)]


async def test_a_watch_ends_with_what_it_watched(start_centre: StartCentre) -> None:
    runtime = await open_centre(start_centre)
    watches = Watches(runtime)
    with watches.watch(77) as watch:
        assert [news.contact async for news in watch] == [None]
