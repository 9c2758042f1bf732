"""Commands decided together, whose events become durable together."""

from __future__ import annotations

from frontdesk.journal.envelope import Envelope, Position
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.refusals import Refusal
from frontdesk.runtime.inbox import Answer, Outcome, OutcomeMemory, Ticket


class InvariantBroken(Exception):
    """Deciding a command broke an invariant: the state can't be trusted any more."""

    def __init__(self, ticket: Ticket, earlier: list[Ticket], error: Exception) -> None:
        super().__init__(f"{type(ticket.command).__name__}: {error!r}")
        self.ticket = ticket
        self.earlier = earlier


class Group:
    """Grows by `decide`; nothing of it counts until its envelopes are durable."""

    def __init__(self, centre: Centre, head: Position, now_ms: int, known: OutcomeMemory) -> None:
        self.envelopes: list[Envelope[AnyEvent]] = []
        self.answers: list[tuple[Ticket, Answer]] = []
        self._centre = centre
        self._next_seq = head.seq + 1
        # Time in the journal never runs backwards, whatever the machine's clock does.
        self._now_ms = max(now_ms, head.at_ms)
        self._known = known
        self._by_command_id: dict[str, Outcome] = {}

    @property
    def end(self) -> Position:
        """Where the journal stands when the group is durable."""
        return Position(self._next_seq - 1, self._now_ms)

    def decide(self, ticket: Ticket) -> None:
        """Decides one command. Raises InvariantBroken; then the whole group is void."""
        if known := self._find_known(ticket.command_id):
            self.answers.append((ticket, known))
            return
        try:
            result = self._centre.decide(ticket.command, self._now_ms)
        except Exception as error:  # whatever it is, the state may be half changed
            earlier = [ticket for ticket, _ in self.answers]
            raise InvariantBroken(ticket, earlier, error) from error
        answer = result if isinstance(result, Refusal) else self._record(ticket, result)
        self.answers.append((ticket, answer))

    def _find_known(self, command_id: str | None) -> Outcome | None:
        if command_id is None:
            return None
        return self._by_command_id.get(command_id) or self._known.find(command_id)

    def _record(self, ticket: Ticket, events: list[AnyEvent]) -> Outcome:
        first_seq, cause = self._next_seq, ticket.cause
        envelopes = [
            Envelope(
                seq=seq,
                at_ms=self._now_ms,
                actor=ticket.actor,
                command_id=ticket.command_id if seq == first_seq else None,
                command_seq=first_seq,
                causation=cause.seq if cause else None,
                correlation=cause.correlation if cause else first_seq,
                event=event,
            )
            for seq, event in enumerate(events, first_seq)
        ]
        self.envelopes.extend(envelopes)
        self._next_seq += len(envelopes)
        outcome = Outcome(envelopes)
        if ticket.command_id is not None and envelopes:
            self._by_command_id[ticket.command_id] = Outcome(envelopes, repeated=True)
        return outcome

    def settle(self) -> None:
        """Gives the answers: what was decided is durable now."""
        for ticket, answer in self.answers:
            if ticket.command_id is not None and isinstance(answer, Outcome) and answer.envelopes:
                self._known.remember(ticket.command_id, answer)
            ticket.resolve(answer)

    def fail(self, error: Exception) -> None:
        for ticket, _ in self.answers:
            ticket.fail(error)
