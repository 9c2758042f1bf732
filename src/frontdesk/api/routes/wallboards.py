"""Wallboards: put together by supervisors, looked at by whoever has the link."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Final

import msgspec
from litestar import Router, WebSocket, delete, get, post, put, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.params import JSONBody, PathParameter

from frontdesk.api.calls import Caller, Parts
from frontdesk.api.identity import PUBLIC, supervisors_only
from frontdesk.api.parts import ApiParts
from frontdesk.api.stream.walls import Showing
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.records.errors import RecordsUnavailable
from frontdesk.records.wallboards import BoardText, Wallboard
from frontdesk.runtime.refused import Refused, refuse

CLOSE_NO_BOARD: Final = 4404
CLOSE_TRY_AGAIN: Final = 1013
SHARE_CHECK_S: Final = 60.0
"""How soon a screen goes dark whose link was taken back."""

AnySocket = WebSocket[Any, Any, Any]
BoardId = Annotated[str, PathParameter(max_length=64, pattern="^[A-Za-z0-9_-]+$")]


class WallboardList(msgspec.Struct, frozen=True):
    """By name."""

    items: list[Wallboard]


class SharedLink(msgspec.Struct, frozen=True):
    """`path` leads to the board, for anybody who has it; it is told this once."""

    path: str


@get("/", operation_id="listWallboards")
async def list_wallboards(parts: Parts) -> WallboardList:
    """All wallboards of the centre."""
    return WallboardList(await parts.wallboards.find_all())


@post("/", operation_id="createWallboard")
async def create_wallboard(data: JSONBody[BoardText], caller: Caller, parts: Parts) -> Wallboard:
    """Put a wallboard together."""
    return await parts.wallboards.save(None, data, caller.actor)


@put("/{board_id:str}", operation_id="saveWallboard")
async def save_wallboard(
    board_id: BoardId, data: JSONBody[BoardText], caller: Caller, parts: Parts
) -> Wallboard:
    """Replace a wallboard as a whole; every screen that shows it follows."""
    if await parts.wallboards.find(board_id) is None:
        raise _not_found(board_id)
    board = await parts.wallboards.save(board_id, data, caller.actor)
    parts.walls.change(board)
    return board


@delete("/{board_id:str}", status_code=204, operation_id="removeWallboard")
async def remove_wallboard(board_id: BoardId, parts: Parts) -> None:
    """Forget a wallboard."""
    if not await parts.wallboards.remove(board_id):
        raise _not_found(board_id)


@post("/{board_id:str}/share", status_code=200, operation_id="shareWallboard")
async def share_wallboard(board_id: BoardId, parts: Parts) -> SharedLink:
    """A link to look at the board without signing in. It ends the one made before."""
    token = await parts.wallboards.share(board_id)
    if token is None:
        raise _not_found(board_id)
    return SharedLink(f"/wall/shared/{token}")


@delete("/{board_id:str}/share", status_code=204, operation_id="stopSharingWallboard")
async def stop_sharing_wallboard(board_id: BoardId, parts: Parts) -> None:
    """The link leads nowhere any more."""
    if not await parts.wallboards.stop_sharing(board_id):
        raise _not_found(board_id)


def _not_found(board_id: str) -> Refused:
    detail = f"There is no wallboard {board_id}"
    return refuse(RefusalReason.NOT_FOUND, detail, f"wallboard {board_id}")


@websocket("/{board_id:str}/stream")
async def open_wallboard(socket: AnySocket, board_id: BoardId, parts: Parts) -> None:
    """The board's frames, for supervisors."""
    await socket.accept()
    board = await parts.wallboards.find(board_id)
    await _show(socket, parts, board, None)


@websocket("/walls/{token:str}/stream", opt={PUBLIC: "the link is the permission to look"})
async def open_shared_wallboard(socket: AnySocket, token: BoardId, parts: Parts) -> None:
    """The board's frames, for whoever has the link: read-only, and of nothing else."""
    await socket.accept()
    await _show(socket, parts, await parts.wallboards.find_shared(token), token)


async def _show(
    socket: AnySocket, parts: ApiParts, board: Wallboard | None, token: str | None
) -> None:
    if board is None:
        await socket.close(CLOSE_NO_BOARD, "There is no such board")
        return
    showing = parts.walls.open(board)
    if showing is None:
        await socket.close(CLOSE_TRY_AGAIN, "Too many are looking")
        return
    jobs = [asyncio.create_task(_send_frames(socket, showing))]
    if token is not None:
        jobs.append(asyncio.create_task(_check_link(socket, parts, token)))
    try:
        # Viewers have nothing to say; that they go shows here.
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        pass
    finally:
        parts.walls.close(showing)
        for job in jobs:
            job.cancel()


async def _send_frames(socket: AnySocket, showing: Showing) -> None:
    seen = 0
    try:
        while True:
            seen, frame = await showing.get_frame(seen)
            await socket.send_text(frame)
    except WebSocketDisconnect:
        pass


async def _check_link(socket: AnySocket, parts: ApiParts, token: str) -> None:
    is_shared = True
    while is_shared:
        await asyncio.sleep(SHARE_CHECK_S)
        try:
            is_shared = await parts.wallboards.find_shared(token) is not None
        except RecordsUnavailable:
            # No screen goes dark because the database is away for a moment.
            continue
    await socket.close(CLOSE_NO_BOARD, "The link was taken back")


router = Router(
    "/wallboards",
    route_handlers=[
        list_wallboards,
        create_wallboard,
        save_wallboard,
        remove_wallboard,
        share_wallboard,
        stop_sharing_wallboard,
        open_wallboard,
    ],
    guards=[supervisors_only],
    tags=["Wallboards"],
)
