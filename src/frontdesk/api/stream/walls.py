"""Wallboards on their screens: each board is rendered and encoded once a change, for all who look.

A board follows the floor's stream, and so its pace; nothing is rendered for boards that nobody
looks at. Of a viewer who is slow the next frame is the newest: there is nothing to catch up on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Final

import msgspec

from frontdesk.api.stream.hub import StreamHub
from frontdesk.api.stream.topics import Topic
from frontdesk.records.wallboards import Tile, TileKind, Wallboard
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.errors import Unavailable
from frontdesk.runtime.refused import Refused
from frontdesk.runtime.reporting.office import ReportOffice
from frontdesk.views.documents import AgentState, QueueDocument
from frontdesk.views.errors import ViewsUnavailable
from frontdesk.views.rendering import find_flow, find_queue
from frontdesk.views.semantics.model import Grain
from frontdesk.views.semantics.periods import Period, PeriodKind, ReportQuery

TREND_PAUSE_S: Final = 60.0
RETRY_S: Final = 1.0
VIEWERS_MAX: Final = 5_000
"""Of all boards together in this process."""

_METRICS: Final = {
    "service_level": "service_level_less_short_abandons",
    "answered": "answered",
    "abandoned": "abandoned",
}


class WallAgent(msgspec.Struct, frozen=True):
    agent_id: str
    name: str
    state: AgentState
    since_ms: int


class WallFlow(msgspec.Struct, frozen=True):
    flow_id: str
    name: str
    running: int
    started_today: int


class Trend(msgspec.Struct, frozen=True):
    """By the quarter-hour (`2026-11-25T09:15+02:00`), today and a week ago; null: no data."""

    today: list[tuple[str, float | None]]
    week_ago: list[tuple[str, float | None]]


class WallFrame(msgspec.Struct, frozen=True, tag_field="op", tag="wall"):
    """All that a board shows, as of `now_ms`. `trends`: by the number of the tile."""

    now_ms: int
    name: str
    theme: str
    tiles: tuple[Tile, ...]
    queues: list[QueueDocument]
    agents: list[WallAgent]
    flows: list[WallFlow]
    trends: dict[int, Trend]


_encode: Final = msgspec.json.Encoder().encode


class Showing:
    """A board that somebody looks at."""

    def __init__(self, board: Wallboard) -> None:
        self.board = board
        self.viewers = 0
        self.trends: dict[int, Trend] = {}
        self.number = 0
        """Counts the frames."""
        self.frame = ""
        self._changed = asyncio.Event()

    def publish(self, frame: str) -> None:
        self.frame = frame
        self.number += 1
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def get_frame(self, seen: int) -> tuple[int, str]:
        """The newest frame, when it is another than the one seen."""
        while self.number == seen:
            await self._changed.wait()
        return self.number, self.frame


class Walls:
    """All boards on show in this process. `run` must be running for them to move."""

    def __init__(self, hub: StreamHub, runtime: CentreRuntime, office: ReportOffice) -> None:
        self._hub = hub
        self._runtime = runtime
        self._office = office
        self._shown: dict[str, Showing] = {}
        self._wanted = asyncio.Event()

    def open(self, board: Wallboard) -> Showing | None:
        """Somebody looks at a board; None: too many look already."""
        if sum(showing.viewers for showing in self._shown.values()) >= VIEWERS_MAX:
            return None
        showing = self._shown.get(board.board_id)
        if showing is None:
            showing = self._shown[board.board_id] = Showing(board)
            self._show(showing)
        showing.viewers += 1
        self._wanted.set()
        return showing

    def close(self, showing: Showing) -> None:
        """Somebody looks no more."""
        showing.viewers -= 1
        if showing.viewers == 0:
            self._shown.pop(showing.board.board_id, None)

    def change(self, board: Wallboard) -> None:
        """A board was saved: whoever looks at it sees it as it is now."""
        showing = self._shown.get(board.board_id)
        if showing is not None:
            showing.board, showing.trends = board, {}
            self._show(showing)

    async def run(self) -> None:
        """Follows the floor while anybody looks, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow_floor())
            tasks.create_task(self._follow_trends())

    async def _follow_floor(self) -> None:
        while True:
            await self._wait_for_viewers()
            try:
                subscriber = self._hub.subscribe(Topic.FLOOR, None)
            except Unavailable:
                await asyncio.sleep(RETRY_S)
                continue
            try:
                while self._shown:
                    await subscriber.get_frame()
                    self._show_all()
            except Unavailable:
                await asyncio.sleep(RETRY_S)
            finally:
                self._hub.unsubscribe(subscriber)

    async def _wait_for_viewers(self) -> None:
        while not self._shown:
            self._wanted.clear()
            await self._wanted.wait()

    def _show_all(self) -> None:
        for showing in list(self._shown.values()):
            self._show(showing)

    def _show(self, showing: Showing) -> None:
        showing.publish(_encode(build_frame(self._runtime, showing)).decode())

    async def _follow_trends(self) -> None:
        while True:
            await self._wait_for_viewers()
            for showing in list(self._shown.values()):
                await self._find_trends(showing)
            await asyncio.sleep(TREND_PAUSE_S)

    async def _find_trends(self, showing: Showing) -> None:
        board = showing.board
        trends: dict[int, Trend] = {}
        for number, tile in enumerate(board.tiles):
            if tile.kind is TileKind.TREND:
                metric = _METRICS.get(tile.metric.value, "offered")
                query = _build_query(metric, tile.queue_ids)
                try:
                    today = await self._run(query)
                    week_ago = await self._run(msgspec.structs.replace(query, back=7))
                except (ViewsUnavailable, Unavailable, Refused):
                    continue
                trends[number] = Trend(today, week_ago)
        if showing.board is board and trends:
            showing.trends = trends
            self._show(showing)

    async def _run(self, query: ReportQuery) -> list[tuple[str, float | None]]:
        answer = (await self._office.run(query, "en")).answer
        return [(row.keys[0], row.values[0]) for row in answer.rows]


def _build_query(metric: str, queue_ids: tuple[str, ...]) -> ReportQuery:
    return ReportQuery(
        metrics=(metric,),
        grain=Grain.INTERVAL,
        filters={"queue": queue_ids} if queue_ids else {},
        period=Period(kind=PeriodKind.TODAY),
    )


def build_frame(runtime: CentreRuntime, showing: Showing) -> WallFrame:
    """What the board's tiles show: no customer is on it, and no contact."""
    board, live = showing.board, runtime.live.board
    kinds = {tile.kind for tile in board.tiles}
    queues = [
        document
        for queue_id in _find_queues(board, live.state.queues)
        if (document := find_queue(live, queue_id)) is not None
    ]
    return WallFrame(
        now_ms=runtime.clock.now_ms(),
        name=board.name,
        theme=board.theme.value,
        tiles=board.tiles,
        queues=queues,
        agents=_list_agents(runtime) if TileKind.AGENTS in kinds else [],
        flows=_list_flows(runtime) if TileKind.FLOWS in kinds else [],
        trends=showing.trends,
    )


def _find_queues(board: Wallboard, known: Iterable[str]) -> list[str]:
    wanted = [tile.queue_ids for tile in board.tiles]
    if all(wanted):
        return list(dict.fromkeys(queue_id for ids in wanted for queue_id in ids))
    return list(known)


def _list_agents(runtime: CentreRuntime) -> list[WallAgent]:
    agents = runtime.live.board.state.agents.values()
    return [
        WallAgent(row.profile.agent_id, row.profile.name, row.state, row.state_since_ms)
        for row in agents
        if row.state is not AgentState.OFFLINE
    ]


def _list_flows(runtime: CentreRuntime) -> list[WallFlow]:
    board = runtime.live.board
    documents = [find_flow(board, flow_id) for flow_id in board.state.flows]
    return [
        WallFlow(found.flow_id, flow.name, found.running, found.started_today)
        for found in documents
        if found is not None and (flow := board.find_flow(found.flow_id)) is not None
    ]
