"""Commands on their way to the writer, and what became of those that carried an id."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.commands import AnyCommand
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.refusals import Refusal
from frontdesk.runtime.errors import Unavailable, UnavailableReason


class Outcome(msgspec.Struct, frozen=True):
    """A command was obeyed: its events are durable. None means it asked for what was so already.

    ``repeated`` marks the answer to a command that had been applied before under the same id.
    """

    envelopes: Sequence[Envelope[AnyEvent]]
    repeated: bool = False

    @property
    def events(self) -> list[AnyEvent]:
        return [envelope.event for envelope in self.envelopes]

    @property
    def last_seq(self) -> int | None:
        return self.envelopes[-1].seq if self.envelopes else None


Answer: TypeAlias = Outcome | Refusal


class Ticket:
    """One command in the inbox; ``future`` is None when nobody waits for the answer."""

    __slots__ = ("actor", "cause", "command", "command_id", "future")

    def __init__(
        self,
        command: AnyCommand,
        actor: str,
        command_id: str | None = None,
        cause: Envelope[AnyEvent] | None = None,
        future: asyncio.Future[Answer] | None = None,
    ) -> None:
        self.command = command
        self.actor = actor
        self.command_id = command_id
        self.cause = cause
        self.future = future

    def resolve(self, answer: Answer) -> None:
        if self.future is not None and not self.future.done():
            self.future.set_result(answer)

    def fail(self, error: Exception) -> None:
        if self.future is not None and not self.future.done():
            self.future.set_exception(error)


class Inbox:
    """Tickets in the order they came, so many and no more."""

    def __init__(self, tickets_max: int) -> None:
        self._tickets: deque[Ticket] = deque()
        self._tickets_max = tickets_max
        self.arrived = asyncio.Event()

    def __len__(self) -> int:
        return len(self._tickets)

    def put(self, ticket: Ticket) -> None:
        """Raises Unavailable when the inbox is full."""
        if len(self._tickets) >= self._tickets_max:
            raise Unavailable(UnavailableReason.FULL)
        self._tickets.append(ticket)
        self.arrived.set()

    def put_back(self, tickets: Sequence[Ticket]) -> None:
        """Puts tickets that were taken before all others, in their order."""
        self._tickets.extendleft(reversed(tickets))
        self.arrived.set()

    def take(self) -> Ticket:
        return self._tickets.popleft()

    def fail_all(self, error: Exception) -> None:
        while self._tickets:
            self._tickets.popleft().fail(error)


class OutcomeMemory:
    """The latest outcomes by command id; of older ones the journal knows."""

    def __init__(self, outcomes_max: int) -> None:
        self._outcomes: OrderedDict[str, Outcome] = OrderedDict()
        self._outcomes_max = outcomes_max

    def find(self, command_id: str) -> Outcome | None:
        return self._outcomes.get(command_id)

    def remember(self, command_id: str, outcome: Outcome) -> None:
        self._outcomes[command_id] = Outcome(outcome.envelopes, repeated=True)
        self._outcomes.move_to_end(command_id)
        if len(self._outcomes) > self._outcomes_max:
            self._outcomes.popitem(last=False)
