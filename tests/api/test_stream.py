"""The event stream's socket, over a real connection."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from frontdesk.api.routes import stream
from frontdesk.api.stream.topics import FLOOR_COLLECTIONS, LOBBY_COLLECTIONS, OWN_COLLECTIONS
from frontdesk.kernel.settings import Role
from tests.support.company import Company
from tests.support.customer import Chat


@asynccontextmanager
async def open_stream(host: str, key: str, **headers: str) -> AsyncGenerator[Chat]:
    given = {"Authorization": f"Bearer {key}", **headers}
    async with connect(f"ws://{host}/api/stream", additional_headers=given) as socket:
        yield Chat(socket)


def test_every_collection_that_is_streamed_is_described() -> None:
    described = {field.name for field in msgspec.structs.fields(stream.LiveCollections)}
    assert described == {*FLOOR_COLLECTIONS, *LOBBY_COLLECTIONS, *OWN_COLLECTIONS}


async def test_a_desk_is_shown_and_goes_on_from_where_it_was(company: Company) -> None:
    host, key = await company.serve(), await company.create_key(Role.AGENT, "anna")
    agents = company.runtime.live.board.state.agents
    async with open_stream(host, key) as desk:
        await desk.send(op="subscribe", topics=["desk"], resume=None)
        snapshot = await desk.wait_for("snapshot")
        assert set(snapshot["collections"]["agents"]) == {"anna"}
        await company.until(lambda: agents["anna"].connected_since_ms is not None)
        contact_id = await company.engage("anna")
        while str(contact_id) not in (update := await desk.wait_for("update"))["upserts"].get(
            "contacts", {}
        ):
            pass
        await desk.send(op="ack", seq=update["seq"])
        await desk.send(op="ping")
        await desk.wait_for("pong")
    await company.until(lambda: agents["anna"].connected_since_ms is None)
    async with open_stream(host, key) as desk:
        resume = {"epoch": snapshot["epoch"], "seq": update["seq"]}
        await desk.send(op="subscribe", topics=["desk"], resume=resume)
        await desk.wait_for("update")


async def test_only_a_supervisor_sees_the_floor(company: Company) -> None:
    host = await company.serve()
    async with open_stream(host, await company.create_key(Role.AGENT, "anna")) as desk:
        await desk.send(op="subscribe", topics=["floor"])
        refused = await desk.wait_for("error")
        assert refused["error"]["code"] == "forbidden"
    async with open_stream(host, await company.create_key(Role.SUPERVISOR)) as floor:
        await floor.send(op="subscribe", topics=["desk"])
        assert (await floor.wait_for("error"))["error"]["code"] == "not_yours"
        await floor.send(op="subscribe", topics=["floor"])
        snapshot = await floor.wait_for("snapshot")
        assert set(snapshot["collections"]["agents"]) == {"adam", "anna", "boris", "sofia"}


async def test_frames_that_make_no_sense_are_answered_and_the_socket_lives(
    company: Company,
) -> None:
    host, key = await company.serve(), await company.create_key(Role.AGENT, "anna")
    async with open_stream(host, key) as desk:
        for text in ("", "{", "7", '{"op":"drop"}', '{"op":"subscribe","topics":["all"]}'):
            await desk.send_raw(text)
            assert (await desk.wait_for("error"))["error"]["code"] == "bad_request", text
        await desk.send(op="typing", contact_id=999)
        await desk.send(op="ping")
        await desk.wait_for("pong")
        await desk.send_raw("x" * 20_000)
        assert await desk.wait_for_close() == 1009


async def test_strangers_and_foreign_pages_are_kept_out(company: Company) -> None:
    host = await company.serve()
    for headers in (
        {},
        {"Authorization": "Bearer forged"},
        {"Cookie": "frontdesk_session=forged"},
    ):
        with pytest.raises(InvalidStatus):
            async with connect(f"ws://{host}/api/stream", additional_headers=headers):
                pass
    cookies = dict((await company.sign_in("anna")).cookies)
    headers = {"Cookie": f"frontdesk_session={cookies['frontdesk_session']}"}
    async with connect(f"ws://{host}/api/stream", additional_headers=headers) as socket:
        await socket.close()
    with pytest.raises(InvalidStatus):
        async with connect(
            f"ws://{host}/api/stream",
            additional_headers={**headers, "Origin": "https://evil.example"},
        ):
            pass


async def test_a_socket_ends_with_its_session(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "SESSION_CHECK_S", 0.02)
    host, client = await company.serve(), await company.sign_in("anna")
    cookie = f"frontdesk_session={client.cookies['frontdesk_session']}"
    async with connect(f"ws://{host}/api/stream", additional_headers={"Cookie": cookie}) as socket:
        desk = Chat(socket)
        await desk.send(op="subscribe", topics=["desk"])
        await desk.wait_for("snapshot")
        await client.delete("/api/session")
        assert await desk.wait_for_close() == stream.CLOSE_SIGNED_OUT
    agents = company.runtime.live.board.state.agents
    await company.until(lambda: agents["anna"].connected_since_ms is None)
