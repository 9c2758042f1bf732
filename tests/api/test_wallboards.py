"""Wallboards over the API: put together, shared, looked at over a real socket."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.api.test_contacts import open_contact
from tests.support.company import PATIENCE_S, Company

BOARD: dict[str, Any] = {
    "name": "Front office",
    "tiles": [
        {"kind": "figure", "metric": "waiting", "queue_ids": ["support"], "width": 2},
        {"kind": "trend", "metric": "offered", "queue_ids": ["support"]},
    ],
}


async def read(screen: ClientConnection) -> Any:
    async with asyncio.timeout(PATIENCE_S):
        return msgspec.json.decode(await screen.recv())


async def test_a_shared_board_shows_what_changes_and_nothing_else(company: Company) -> None:
    sofia = await company.sign_in("sofia")
    made = (await sofia.post("/api/wallboards", json=BOARD)).json()
    url = f"/api/wallboards/{made['board_id']}"
    link = (await sofia.post(f"{url}/share")).json()["path"]
    assert (await sofia.get("/api/wallboards")).json()["items"][0]["is_shared"]
    address = await company.serve()
    token = link.rpartition("/")[2]
    screens = [f"ws://{address}/api/walls/{token}/stream"] * 3
    async with connect(screens[0]) as one, connect(screens[1]) as two:
        first = await read(one)
        assert [queue["queue_id"] for queue in first["queues"]] == ["support"]
        assert (first["queues"][0]["waiting"], first["agents"]) == (0, [])
        await open_contact(company, queue_id="support", channel_ref="w1")
        for screen in (one, two):
            frame = await read(screen)
            while frame["queues"][0]["waiting"] == 0:
                frame = await read(screen)
            assert "contacts" not in frame
        while not frame["trends"]:
            frame = await read(two)
        assert frame["trends"]["1"]["week_ago"] == []
        changed = {**BOARD, "theme": "light", "tiles": [{"kind": "agents"}]}
        await sofia.put(url, json=changed)
        while frame["theme"] != "light":
            frame = await read(two)
        assert len(frame["queues"]) == 2
    await sofia.delete(f"{url}/share")
    async with connect(screens[2]) as late:
        with pytest.raises(ConnectionClosed) as closed:
            await read(late)
        assert closed.value.rcvd.code == 4404
    assert (await sofia.delete(url)).status_code == 204
    assert (await sofia.post(f"{url}/share")).status_code == 404
    assert (await (await company.sign_in("anna")).get("/api/wallboards")).status_code == 403
