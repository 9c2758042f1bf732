"""What one replication writes down as it runs, and the tallies made of it afterwards."""

import hashlib
import math
from array import array
from enum import IntEnum
from typing import Final

import msgspec
import numpy as np

from frontdesk.simulator.demand import MINUTE_MS
from frontdesk.simulator.scenario import Scenario, clock_min, clock_text


class Outcome(IntEnum):
    """How a contact left the queue."""

    UNRESOLVED = 0
    ANSWERED = 1
    ABANDONED = 2
    TURNED_AWAY = 3
    CALLED_BACK = 4
    """Waited, and preferred to be reached later."""


class Count(IntEnum):
    """What is summed over the contacts of a queue that arrived in an interval. Times in ms."""

    OFFERED = 0
    ANSWERED = 1
    ANSWERED_IN_TIME = 2
    ABANDONED = 3
    ABANDONED_IN_TIME = 4
    TURNED_AWAY = 5
    UNRESOLVED = 6
    WAITED = 7
    WAIT = 8
    WAIT_OF_ANSWERED = 9
    HANDLE = 10
    RETRIES = 11
    CALLED_BACK = 12


class TeamTime(IntEnum):
    """What is summed over the agents of a team in an interval, in ms.

    BUSY: with at least one contact, wrap-up included. STAFFED: available or still finishing.
    """

    BUSY = 0
    STAFFED = 1


CALLBACK: Final = "callback"
"""The channel of promised callbacks."""

WAIT_EDGES_S: Final = (0.0, *(round(1.35**step, 3) for step in range(32)))
"""Upper edges of the wait histogram's bins; about 15,000 s at the end, the rest beyond."""


class Spells:
    """Stretches of agents' time: team, start and end, in arrays of equal length."""

    __slots__ = ("end", "start", "team")

    def __init__(self) -> None:
        self.team = array("i")
        self.start = array("d")
        self.end = array("d")

    def add(self, team: int, start: float, end: float) -> None:
        self.team.append(team)
        self.start.append(start)
        self.end.append(end)


class Ledger:
    """Raw records of a replication, one place for each attempt to reach the centre.

    Arrays of machine numbers, because numpy reads them in place: lists would have to be unpacked.
    """

    def __init__(self, stream: np.ndarray, arrive: np.ndarray, flows: np.ndarray) -> None:
        self.flows = flows
        """[flow, FlowCount]"""
        count = len(arrive)
        self.stream = array("i", stream.astype(np.intc).tobytes())
        self.arrive = array("d", arrive.tobytes())
        self.wait = array("d", [math.nan]) * count
        self.outcome = array("b", [Outcome.UNRESOLVED]) * count
        self.handle = array("d", [0.0]) * count
        self.retry_of = array("i", [-1]) * count
        self.spells = {kind: Spells() for kind in TeamTime}

    def add_attempt(self, stream: int, at: float, retry_of: int) -> int:
        """Another attempt of a customer; the new record's number."""
        self.stream.append(stream)
        self.arrive.append(at)
        self.wait.append(math.nan)
        self.outcome.append(Outcome.UNRESOLVED)
        self.handle.append(0.0)
        self.retry_of.append(retry_of)
        return len(self.arrive) - 1


class Tallies(msgspec.Struct, frozen=True):
    """Sums of one replication.

    `queues`: [queue, interval, Count]. `teams`: [team, interval, TeamTime]. `waits`: [queue,
    interval, bin] of answered contacts. The last interval is all that comes after the end.
    `flows`: [flow, FlowCount].
    """

    queues: np.ndarray
    teams: np.ndarray
    waits: np.ndarray
    flows: np.ndarray
    contacts: int
    digest: str


class Frame(msgspec.Struct, frozen=True):
    """Rows and columns of tallies; edges in ms from the scenario's start."""

    queue_ids: tuple[str, ...]
    team_ids: tuple[str, ...]
    edges: tuple[float, ...]
    labels: tuple[str, ...]
    """`from` clock time of each interval, then of the end."""


NO_TEAM: Final = "(no team)"


def frame_of(scenario: Scenario) -> Frame:
    """The counted time cut into intervals; warm-up and cool-down stay outside."""
    start = scenario.warm_up_min
    end = scenario.duration_min - scenario.cool_down_min
    minutes = [*np.arange(start, end - 1e-9, scenario.interval_min), end]
    origin = clock_min(scenario.start)
    teams = dict.fromkeys(staff.team_id or NO_TEAM for staff in scenario.staff)
    return Frame(
        queue_ids=tuple(queue.queue_id for queue in scenario.queues),
        team_ids=tuple(teams),
        edges=tuple(float(minute) * MINUTE_MS for minute in minutes),
        labels=tuple(clock_text(origin + float(minute)) for minute in minutes),
    )


def tally(scenario: Scenario, frame: Frame, ledger: Ledger) -> Tallies:
    """Sum a ledger up by queue, team and interval of arrival."""
    arrive, wait = np.frombuffer(ledger.arrive), np.frombuffer(ledger.wait)
    outcome = np.frombuffer(ledger.outcome, np.int8)
    stream = np.frombuffer(ledger.stream, np.intc)
    queue_of = {queue_id: index for index, queue_id in enumerate(frame.queue_ids)}
    queue = np.array([queue_of[customers.queue_id] for customers in scenario.customers])[stream]
    targets = np.array([float(q.target.answer_ms) for q in scenario.queues])[queue]
    interval = np.searchsorted(np.array(frame.edges), arrive, "right") - 1
    # Callbacks are work for agents, but nobody waits for them on the line (docs/glossary.md).
    arrives = np.array([customers.channel != CALLBACK for customers in scenario.customers])
    counted = (interval >= 0) & arrives[stream]
    if scenario.cool_down_min:
        counted &= arrive < frame.edges[-1]
    answered = outcome == Outcome.ANSWERED
    abandoned = outcome == Outcome.ABANDONED
    in_time = wait <= targets
    known_wait = np.where(answered | abandoned, wait, 0.0)
    columns = (
        np.ones(len(arrive)),
        answered,
        answered & in_time,
        abandoned,
        abandoned & in_time,
        outcome == Outcome.TURNED_AWAY,
        outcome == Outcome.UNRESOLVED,
        known_wait > 0,
        known_wait,
        np.where(answered, wait, 0.0),
        np.where(answered, np.frombuffer(ledger.handle), 0.0),
        np.frombuffer(ledger.retry_of, np.intc) >= 0,
        outcome == Outcome.CALLED_BACK,
    )
    shape = (len(frame.queue_ids), len(frame.edges))
    cells = (queue * shape[1] + interval)[counted]
    sums = [
        np.bincount(cells, np.asarray(column, float)[counted], shape[0] * shape[1])
        for column in columns
    ]
    return Tallies(
        queues=np.stack(sums, axis=-1).reshape(*shape, len(Count)),
        teams=team_times(frame, ledger),
        waits=wait_histogram(shape, cells, wait[counted], answered[counted]),
        flows=ledger.flows,
        contacts=len(arrive),
        digest=digest_of(ledger),
    )


def wait_histogram(
    shape: tuple[int, int], cells: np.ndarray, wait: np.ndarray, answered: np.ndarray
) -> np.ndarray:
    """Answered contacts by bin of their wait."""
    bins = len(WAIT_EDGES_S) + 1
    place = np.searchsorted(np.array(WAIT_EDGES_S) * 1000, wait[answered], "left")
    flat = np.bincount(cells[answered] * bins + place, minlength=shape[0] * shape[1] * bins)
    return flat.reshape(*shape, bins).astype(float)


def team_times(frame: Frame, ledger: Ledger) -> np.ndarray:
    """Time of spells within each interval, by team; the last interval has no end."""
    edges = np.array([*frame.edges, math.inf])
    sums = np.zeros((len(frame.team_ids), len(frame.edges), len(TeamTime)))
    for kind, spells in ledger.spells.items():
        if not spells.team:
            continue
        team = np.frombuffer(spells.team, np.intc)
        start, end = np.frombuffer(spells.start), np.frombuffer(spells.end)
        for index in range(len(frame.team_ids)):
            chosen = team == index
            reached = elapsed(start[chosen], end[chosen], edges)
            sums[index, :, kind] = np.diff(reached)
    return sums


def elapsed(start: np.ndarray, end: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Total time of the spells before each edge."""
    return np.array(
        [float(np.sum(np.minimum(end, edge) - np.minimum(start, edge))) for edge in edges]
    )


def digest_of(ledger: Ledger) -> str:
    """A fingerprint of everything that happened, to the last bit."""
    digest = hashlib.sha256()
    for column in (ledger.arrive, ledger.wait, ledger.outcome, ledger.handle):
        digest.update(column)
    for kind in TeamTime:
        digest.update(ledger.spells[kind].start)
        digest.update(ledger.spells[kind].end)
    digest.update(ledger.flows.tobytes())
    return digest.hexdigest()
