"""What the folds of the contact records work on: lives, agents, and the figures of a batch."""

from frontdesk.kernel.settings import ServiceTarget
from frontdesk.views.intervals import Tallies
from frontdesk.views.record_rows import AgentTime, ContactRecord, Stint, StintKind


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
        self.removed_agents: dict[str, None] = {}
        self.changed_targets: dict[str, None] = {}

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
    tally = desk.tallies.queue(wait.queue_id, wait.started_ms)
    in_target = desk.is_in_target(wait.queue_id, wait_ms)
    if result == "answered":
        tally.answered += 1
        tally.answered_in_target += in_target
        tally.answered_wait_ms += wait_ms
    elif result == "abandoned":
        tally.abandoned += 1
        tally.abandoned_in_target += in_target
        tally.abandoned_wait_ms += wait_ms
    elif result == "overflowed":
        tally.overflowed += 1
