"""Which customers are here: tells the centre at a contact's first socket and after the last one."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from typing import Final

from frontdesk.kernel.centre import Centre
from frontdesk.kernel.commands import AnyCommand, ConnectCustomer, DisconnectCustomer
from frontdesk.kernel.entities import Stage
from frontdesk.kernel.refusals import Refusal
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.errors import CentreError

CHANNEL: Final = "webchat"
FIRST_SOCKET_MS_MAX: Final = 30_000
_ACTOR: Final = "system:webchat"
_log = logging.getLogger("frontdesk.webchat")


class Visits:
    """Counts the open sockets of each contact; the channel's `Reconciler`.

    A report that fails is not repeated here: `reconcile` sets everything right when the centre has
    been loaded again, and a centre that can't decide now is about to be.
    """

    name = CHANNEL

    def __init__(self, runtime: CentreRuntime) -> None:
        self._runtime = runtime
        self._open: Counter[int] = Counter()
        self._reports: set[asyncio.Task[None]] = set()

    def expect(self, contact_id: int) -> None:
        """A contact was opened: its first socket should follow, or the customer has gone."""
        clock = self._runtime.clock
        clock.call_at(clock.now_ms() + FIRST_SOCKET_MS_MAX, lambda: self._miss(contact_id))

    def _miss(self, contact_id: int) -> None:
        if self._open[contact_id] == 0:
            report = asyncio.create_task(self._report(DisconnectCustomer(contact_id)))
            self._reports.add(report)
            report.add_done_callback(self._reports.discard)

    def count(self, contact_id: int) -> int:
        """How many sockets the contact has."""
        return self._open[contact_id]

    async def began(self, contact_id: int) -> None:
        """A socket of the contact was opened."""
        self._open[contact_id] += 1
        if self._open[contact_id] == 1:
            await self._report(ConnectCustomer(contact_id))

    async def ended(self, contact_id: int) -> None:
        """A socket of the contact was closed."""
        self._open[contact_id] -= 1
        if self._open[contact_id] == 0:
            del self._open[contact_id]
            await self._report(DisconnectCustomer(contact_id))

    async def reconcile(self, centre: Centre) -> Sequence[AnyCommand]:
        """Whoever the centre believes connected and isn't, and the other way round.

        After a restart that is everybody: a customer is gone until their widget returns.
        """
        commands: list[AnyCommand] = []
        for contact_id, contact in centre.state.contacts.items():
            if contact.channel != CHANNEL or contact.stage is Stage.CLOSED:
                continue
            here = self._open[contact_id] > 0
            if contact.customer_connected and not here:
                commands.append(DisconnectCustomer(contact_id))
            elif here and not contact.customer_connected:
                commands.append(ConnectCustomer(contact_id))
        return commands

    async def _report(self, command: ConnectCustomer | DisconnectCustomer) -> None:
        try:
            answer = await self._runtime.submit(command, actor=_ACTOR)
        except CentreError as error:
            answer = error
        if isinstance(answer, CentreError):
            _log.info("A visit could not be reported", extra={"reason": str(answer)})
        elif isinstance(answer, Refusal):
            _log.debug("A visit was of no interest", extra={"reason": answer.detail})
