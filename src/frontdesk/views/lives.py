"""What the folds of the contact records work on: lives, agents, and the figures of a batch."""

from frontdesk.kernel.events import QueuedCause
from frontdesk.kernel.settings import ServiceTarget
from frontdesk.views.intervals import (
    AgentInterval,
    ContactInterval,
    QueueInterval,
    Tallies,
    WaitInterval,
    find_wait_band,
)
from frontdesk.views.record_rows import AgentTime, ContactRecord, PresenceSpan, Stint, StintKind


class Life:
    """A contact's record with its stints."""

    def __init__(self, record: ContactRecord) -> None:
        self.record = record
        self.stints: list[Stint] = []

    def add_stint(self, kind: StintKind, queue_id: str, at_ms: int) -> Stint:
        record = self.record
        number = len(self.stints) + 1
        stint = Stint(record.centre, record.contact_id, number, kind.value, queue_id, at_ms)
        self.stints.append(stint)
        return stint

    def find_wait(self) -> Stint | None:
        """The stay in a queue that isn't over."""
        for stint in reversed(self.stints):
            if stint.kind == StintKind.WAIT.value:
                return stint if stint.ended_ms is None else None
        return None

    def get_offer(self, offer_id: int) -> Stint:
        return next(s for s in reversed(self.stints) if s.offer_id == offer_id)

    def find_engagement(self) -> Stint | None:
        """The accepted offer whose conversation goes on."""
        for stint in reversed(self.stints):
            if stint.result == "accepted":
                return stint if stint.conversation_ended_ms is None else None
        return None


class Desk:
    """What the folds of a batch work on."""

    def __init__(
        self,
        centre: str,
        lives: dict[int, Life],
        agents: dict[str, AgentTime],
        targets: dict[str, int],
    ) -> None:
        self.centre = centre
        self.lives = lives
        self.agents = agents
        self.targets = targets
        """Answer time in ms by queue."""
        self.tallies = Tallies()
        self.presence_spans: list[PresenceSpan] = []
        self.removed_agents: dict[str, None] = {}
        self.changed_targets: dict[str, None] = {}

    def queue_figures(self, stint: Stint, at_ms: int) -> QueueInterval:
        """The quarter-hour's figures of the stint's queue and channel."""
        channel = self.lives[stint.contact_id].record.channel
        return self.tallies.at(QueueInterval, at_ms, stint.queue_id, channel)

    def agent_figures(self, stint: Stint, agent_id: str, at_ms: int) -> AgentInterval:
        """The quarter-hour's figures of an agent at the stint's queue and channel."""
        channel = self.lives[stint.contact_id].record.channel
        team_id = self.find_team(agent_id)
        return self.tallies.at(AgentInterval, at_ms, agent_id, team_id, stint.queue_id, channel)

    def find_team(self, agent_id: str) -> str:
        """The agent's team; empty: none."""
        agent = self.agents.get(agent_id)
        return "" if agent is None else agent.team_id

    def is_in_target(self, queue_id: str, wait_ms: int) -> bool:
        return wait_ms <= self.targets.get(queue_id, ServiceTarget().answer_ms)


def end_wait(desk: Desk, life: Life, result: str, at_ms: int) -> None:
    """The stay in a queue is over, if there is one; a callback's is in no statistics of waits."""
    wait = life.find_wait()
    if wait is None:
        return
    wait.ended_ms, wait.result = at_ms, result
    wait_ms = at_ms - wait.started_ms
    life.record.wait_ms += wait_ms
    if life.record.is_callback:
        return
    _count_wait(desk, wait, result, wait_ms)


def _count_wait(desk: Desk, wait: Stint, result: str, wait_ms: int) -> None:
    figures = desk.queue_figures(wait, wait.started_ms)
    in_target = desk.is_in_target(wait.queue_id, wait_ms)
    match result:
        case "answered":
            figures.answered += 1
            figures.answered_in_target += in_target
            figures.answered_at_once += wait_ms == 0
            figures.answered_wait_ms += wait_ms
            figures.wait_ms_max = max(figures.wait_ms_max, wait_ms)
        case "abandoned":
            figures.abandoned += 1
            figures.abandoned_in_target += in_target
            figures.abandoned_wait_ms += wait_ms
            figures.wait_ms_max = max(figures.wait_ms_max, wait_ms)
        case "overflowed":
            figures.overflowed += 1
        case "callback":
            figures.called_back += 1
        case _:
            figures.ended += 1
    channel = desk.lives[wait.contact_id].record.channel
    band = find_wait_band(wait_ms)
    waits = desk.tallies.at(WaitInterval, wait.started_ms, wait.queue_id, channel, result, band)
    waits.waits += 1
    waits.wait_ms += wait_ms


def count_arrival(desk: Desk, wait: Stint, by: int = 1) -> None:
    """A contact has entered a queue, or (by -1) has not after all."""
    figures = desk.queue_figures(wait, wait.started_ms)
    figures.offered += by
    if wait.cause == QueuedCause.TRANSFERRED.value:
        figures.transferred_in += by
    elif wait.cause == QueuedCause.OVERFLOWED.value:
        figures.overflowed_in += by


Standing = tuple[tuple[str | bool, ...], int, ContactInterval]
"""Of a contact: what tells its figures apart, when it was opened, and what it adds to them."""


def find_standing(record: ContactRecord) -> Standing:
    """What a contact adds to the figures of contacts as it stands."""
    keys = (
        record.channel,
        record.queue_id,
        record.topic,
        record.outcome,
        record.disposition_id or "",
        record.is_callback,
    )
    figures = ContactInterval(1, record.transfer_count, record.wait_ms, record.handle_ms)
    return keys, record.opened_ms, figures


def count_standings(desk: Desk, before: dict[int, Standing]) -> None:
    """Takes contacts out of the figures as they stood before the batch, and puts them in anew."""
    for contact_id, life in desk.lives.items():
        now = find_standing(life.record)
        old = before.get(contact_id)
        if old == now:
            continue
        if old is not None:
            _add_standing(desk.tallies, old, -1)
        _add_standing(desk.tallies, now, 1)


def _add_standing(tallies: Tallies, standing: Standing, by: int) -> None:
    keys, opened_ms, added = standing
    figures = tallies.at(ContactInterval, opened_ms, *keys)
    figures.contacts += by * added.contacts
    figures.contact_transfers += by * added.contact_transfers
    figures.contact_wait_ms += by * added.contact_wait_ms
    figures.contact_handle_ms += by * added.contact_handle_ms
