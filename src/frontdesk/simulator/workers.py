"""Synthetic agents: what they have in hand, how fast it goes, and who leaves when staff shrinks.

An agent who holds several contacts serves each at a pace that depends on how many there are. The
work of a contact is a length; the pace says how fast it is walked. All contacts of an agent go at
the same pace, so one running total of walked length per agent tells when each of them ends: the
next to end is the one with the smallest mark, and a change of pace moves no marks.
"""

import math
from heapq import heappop, heappush

from frontdesk.simulator.scenario import Staff


class Worker:
    """One synthetic agent."""

    __slots__ = (
        "agent_id",
        "busy_since",
        "crew",
        "load",
        "marks",
        "on_shift",
        "paces",
        "shares",
        "staffed_since",
        "team",
        "team_id",
        "version",
        "walked",
        "walked_at",
    )

    def __init__(self, agent_id: str, team: int, crew: "Crew") -> None:
        self.agent_id = agent_id
        self.team = team
        self.team_id = crew.staff.team_id
        self.crew = crew
        self.paces = crew.staff.pace_ratios
        self.shares = any(pace != 1 for pace in self.paces)
        self.load = 0
        self.busy_since = 0.0
        self.staffed_since = math.nan
        self.on_shift = False
        self.walked = 0.0
        self.walked_at = 0.0
        self.marks: list[tuple[float, tuple[int, int]]] = []
        self.version = 0

    @property
    def present(self) -> bool:
        return not math.isnan(self.staffed_since)

    def pace(self) -> float:
        """Pace of each contact at the present number of them."""
        return self.paces[min(len(self.marks), len(self.paces)) - 1]

    def walk_to(self, at: float) -> None:
        """Bring the walked length up to this time."""
        if self.marks:
            self.walked += (at - self.walked_at) * self.pace()
        self.walked_at = at

    def take(self, at: float, work: float, contact: tuple[int, int]) -> float:
        """Begin a contact; when the next one of the agent ends, if nothing changes."""
        self.walk_to(at)
        heappush(self.marks, (self.walked + work, contact))
        return self.next_end(at)

    def finish_next(self, at: float) -> tuple[int, int]:
        """End the contact whose mark is reached; what it was taken with."""
        self.walk_to(at)
        return heappop(self.marks)[1]

    def next_end(self, at: float) -> float:
        """When the contact nearest to its mark ends; infinite with none in hand."""
        self.version += 1
        if not self.marks:
            return math.inf
        return at + max(0.0, self.marks[0][0] - self.walked) / self.pace()

    def mark(self) -> tuple["Worker", int]:
        """Stands for the present plan; a later plan has another."""
        return self, self.version


class Crew:
    """The workers of one staff. `excess`: how many of them leave as soon as they are free."""

    __slots__ = ("excess", "level", "staff", "workers")

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self.workers: list[Worker] = []
        self.excess = 0
        self.level = 0
