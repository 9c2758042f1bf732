"""Who works when: levels, shifts and breaks of one replication's agents."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Presence, SetPresence
from frontdesk.simulator.cast import BREAK
from frontdesk.simulator.demand import MINUTE_MS
from frontdesk.simulator.ledger import TeamTime
from frontdesk.simulator.scenario import Shift, clock_min
from frontdesk.simulator.workers import Crew, Worker

if TYPE_CHECKING:
    from frontdesk.simulator.replication import Replication


class Rota:
    """Plans the working times, and tells the kernel of them as they come."""

    def __init__(self, run: Replication) -> None:
        self.run = run
        self.away_for: dict[str, float] = {}

    def plan_crew(self, crew: Crew) -> None:
        """Everybody's times, by numbers or by shifts."""
        self.plan_levels(crew)
        workers = iter(crew.workers)
        for shift in crew.staff.shifts:
            for _ in range(shift.agents):
                self.plan_shift(next(workers), shift)

    def plan_levels(self, crew: Crew) -> None:
        """Staff by numbers, constant or stepwise."""
        if crew.staff.agents is not None:
            self.run.plan(0.0, self.on_level, (crew, crew.staff.agents))
        for level in crew.staff.levels:
            self.run.plan(self.clock(level.start), self.on_level, (crew, level.agents))

    def plan_shift(self, worker: Worker, shift: Shift) -> None:
        """One agent's day."""
        self.run.plan(self.clock(shift.start), self.on_shift_start, worker)
        for pause in shift.breaks:
            subject = (worker, pause.minutes * MINUTE_MS)
            self.run.plan(self.clock(pause.start), self.on_break_start, subject)
        self.run.plan(self.clock(shift.until), self.on_shift_end, worker)

    def clock(self, text: str) -> float:
        """Milliseconds from the start; what lies before it happens at the start."""
        return max(0.0, (clock_min(text) - clock_min(self.run.scenario.start)) * MINUTE_MS)

    def on_level(self, at: float, subject: tuple[Crew, int]) -> None:
        """So many agents from now on; of too many the idle go at once, others when free."""
        crew, level = subject
        change = level - crew.level
        crew.level = level
        staying = min(max(change, 0), crew.excess)
        crew.excess -= staying
        for worker in crew.workers:
            if change - staying <= 0:
                break
            if not worker.present:
                change -= 1
                self.run.tell(SetPresence(worker.agent_id, Presence.AVAILABLE), at)
        for worker in reversed(crew.workers):
            if change >= 0:
                break
            if worker.present and worker.load == 0:
                change += 1
                self.run.tell(SetPresence(worker.agent_id, Presence.OFFLINE), at)
        crew.excess += max(-change, 0)

    def on_shift_start(self, at: float, worker: Worker) -> None:
        worker.on_shift = True
        self.run.tell(SetPresence(worker.agent_id, Presence.AVAILABLE), at)

    def on_break_start(self, at: float, subject: tuple[Worker, float]) -> None:
        worker, length = subject
        self.away_for[worker.agent_id] = length
        leave = SetPresence(worker.agent_id, Presence.BREAK, BREAK.break_reason_id, when_free=True)
        self.run.tell(leave, at)

    def on_shift_end(self, at: float, worker: Worker) -> None:
        worker.on_shift = False
        self.run.tell(SetPresence(worker.agent_id, Presence.OFFLINE, when_free=True), at)

    def on_presence(self, event: ev.PresenceChanged, at: float) -> None:
        """Keeps the time on duty, and brings back whoever went on a break."""
        worker = self.run.workers[event.agent_id]
        if event.presence is Presence.AVAILABLE:
            if not worker.present:
                worker.staffed_since = at
            return
        if worker.present:
            self.run.ledger.spells[TeamTime.STAFFED].add(worker.team, worker.staffed_since, at)
            worker.staffed_since = math.nan
        if event.presence is Presence.BREAK:
            missed = event.cause is ev.PresenceCause.MISSED_OFFER
            miss_break = worker.crew.staff.miss_break_s * 1000
            length = miss_break if missed else self.away_for.pop(event.agent_id, miss_break)
            self.run.plan(at + length, self.on_return, worker)

    def on_return(self, at: float, worker: Worker) -> None:
        """Back from a break, unless the shift is over."""
        if worker.on_shift or worker.crew.level:
            self.run.tell(SetPresence(worker.agent_id, Presence.AVAILABLE), at)
