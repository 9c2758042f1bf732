"""Whose desk is open: tells the centre at an agent's first desk and after the last one."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence

from frontdesk.kernel.centre import Centre
from frontdesk.kernel.commands import AnyCommand, ConnectAgent, DisconnectAgent
from frontdesk.kernel.refusals import Refusal
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.errors import CentreError

_log = logging.getLogger("frontdesk.api")
_ACTOR = "system:desks"


class Desks:
    """Counts the open desks of each agent in this process.

    A report that fails is not repeated here: `reconcile` sets everything right when the centre has
    been loaded again, and a centre that can't decide now is about to be.
    """

    name = "desks"

    def __init__(self, runtime: CentreRuntime) -> None:
        self._runtime = runtime
        self._open: Counter[str] = Counter()

    async def opened(self, agent_id: str) -> None:
        """A desk of the agent was opened."""
        self._open[agent_id] += 1
        if self._open[agent_id] == 1:
            await self._report(ConnectAgent(agent_id))

    async def closed(self, agent_id: str) -> None:
        """A desk of the agent was closed."""
        self._open[agent_id] -= 1
        if self._open[agent_id] == 0:
            del self._open[agent_id]
            await self._report(DisconnectAgent(agent_id))

    async def reconcile(self, centre: Centre) -> Sequence[AnyCommand]:
        """Whoever the centre believes connected and isn't, and the other way round."""
        agents = centre.state.agents
        gone = [a for a, agent in agents.items() if agent.connected and not self._open[a]]
        here = [a for a in self._open if a in agents and not agents[a].connected]
        return [*map(DisconnectAgent, gone), *map(ConnectAgent, here)]

    async def _report(self, command: ConnectAgent | DisconnectAgent) -> None:
        try:
            answer = await self._runtime.submit(command, actor=_ACTOR)
        except CentreError as error:
            answer = error
        if isinstance(answer, Refusal | CentreError):
            _log.info("A desk could not be reported", extra={"reason": str(answer)})
