"""What came out of an experiment, in people's terms: by queue, by team, by interval."""

import msgspec
import numpy as np

from frontdesk.science.service_levels import ServiceLevelFormula
from frontdesk.simulator.demand import FlowCount
from frontdesk.simulator.estimate import Estimate, mean_of, ratio_of
from frontdesk.simulator.experiment import Sample
from frontdesk.simulator.ledger import WAIT_EDGES_S, Count, TeamTime
from frontdesk.simulator.scenario import Scenario


class QueueFigures(msgspec.Struct, frozen=True):
    """Counts are means per replication; ratios are of offered contacts; times in seconds.

    mean_wait_s: over answered and abandoned. speed_of_answer_s, handle_time_s: over answered.
    """

    offered: Estimate
    answered: Estimate
    abandoned: Estimate
    turned_away: Estimate
    service_level: Estimate
    speed_of_answer_s: Estimate
    abandoned_ratio: Estimate
    wait_ratio: Estimate
    mean_wait_s: Estimate
    handle_time_s: Estimate


class TeamFigures(msgspec.Struct, frozen=True):
    """occupancy_ratio: time with a contact or wrap-up / time on duty, breaks left out."""

    occupancy_ratio: Estimate
    agents: Estimate


class QueueReport(msgspec.Struct, frozen=True):
    queue_id: str
    name: str
    target_s: float
    whole: QueueFigures
    wait_p90_s: float | None
    by_interval: tuple[QueueFigures, ...]


class TeamReport(msgspec.Struct, frozen=True):
    team_id: str
    whole: TeamFigures
    by_interval: tuple[TeamFigures, ...]


class FlowFigures(msgspec.Struct, frozen=True):
    """Self-service: counts are means per replication, ratios of those who met the flow."""

    met: Estimate
    contained: Estimate
    left: Estimate
    containment_ratio: Estimate
    left_ratio: Estimate
    time_s: Estimate


class FlowReport(msgspec.Struct, frozen=True):
    flow_id: str
    whole: FlowFigures


class Report(msgspec.Struct, frozen=True):
    """The whole outcome; `intervals` are the clock times at which they begin, then the end."""

    name: str
    service_level_formula: ServiceLevelFormula
    replications: int
    stopped_early: bool
    contacts: int
    digest: str
    intervals: tuple[str, ...]
    total: QueueFigures
    queues: tuple[QueueReport, ...]
    teams: tuple[TeamReport, ...]
    flows: tuple[FlowReport, ...]
    scenario: Scenario


def report_of(sample: Sample) -> Report:
    """Everything a sample says. It needs at least one replication."""
    formula = sample.scenario.service_level
    return Report(
        name=sample.scenario.name,
        service_level_formula=formula,
        replications=sample.replications,
        stopped_early=sample.stopped,
        contacts=sample.contacts,
        digest=sample.digest,
        intervals=sample.frame.labels,
        total=queue_figures(sample.queues.sum(axis=(1, 2)), formula),
        queues=tuple(queue_report(sample, at) for at in range(len(sample.frame.queue_ids))),
        teams=tuple(team_report(sample, at) for at in range(len(sample.frame.team_ids))),
        flows=tuple(
            FlowReport(flow.flow_id, flow_figures(sample.flows[:, at]))
            for at, flow in enumerate(sample.scenario.flows)
        ),
        scenario=sample.scenario,
    )


def flow_figures(counts: np.ndarray) -> FlowFigures:
    """Figures of counts [replication, FlowCount]."""
    met, contained, left, time = (counts[:, part] for part in FlowCount)
    return FlowFigures(
        met=mean_of(met),
        contained=mean_of(contained),
        left=mean_of(left),
        containment_ratio=ratio_of(contained, met),
        left_ratio=ratio_of(left, met),
        time_s=ratio_of(time, met, 1e-3),
    )


def queue_report(sample: Sample, at: int) -> QueueReport:
    """One queue, as a whole and by interval."""
    queue = sample.scenario.queues[at]
    formula = sample.scenario.service_level
    counts = sample.queues[:, at]
    return QueueReport(
        queue_id=queue.queue_id,
        name=queue.name,
        target_s=queue.target.answer_ms / 1000,
        whole=queue_figures(counts.sum(axis=1), formula),
        wait_p90_s=histogram_quantile(sample.waits[:, at].sum(axis=(0, 1)), 0.9),
        by_interval=tuple(
            queue_figures(counts[:, interval], formula)
            for interval in range(len(sample.frame.edges) - 1)
        ),
    )


def queue_figures(counts: np.ndarray, formula: ServiceLevelFormula) -> QueueFigures:
    """Figures of counts [replication, Count]."""

    def share(part: Count, of: Count, scale: float = 1.0) -> Estimate:
        return ratio_of(counts[:, part], counts[:, of], scale)

    known = counts[:, Count.ANSWERED] + counts[:, Count.ABANDONED]
    return QueueFigures(
        offered=mean_of(counts[:, Count.OFFERED]),
        answered=mean_of(counts[:, Count.ANSWERED]),
        abandoned=mean_of(counts[:, Count.ABANDONED]),
        turned_away=mean_of(counts[:, Count.TURNED_AWAY]),
        service_level=service_level(counts, formula),
        speed_of_answer_s=share(Count.WAIT_OF_ANSWERED, Count.ANSWERED, 1e-3),
        abandoned_ratio=share(Count.ABANDONED, Count.OFFERED),
        wait_ratio=share(Count.WAITED, Count.OFFERED),
        mean_wait_s=ratio_of(counts[:, Count.WAIT], known, 1e-3),
        handle_time_s=share(Count.HANDLE, Count.ANSWERED, 1e-3),
    )


def service_level(counts: np.ndarray, formula: ServiceLevelFormula) -> Estimate:
    """By the named formula."""
    in_time = counts[:, Count.ANSWERED_IN_TIME]
    short = counts[:, Count.ABANDONED_IN_TIME]
    offered = counts[:, Count.OFFERED]
    match formula:
        case ServiceLevelFormula.ANSWERED_OF_OFFERED:
            return ratio_of(in_time, offered)
        case ServiceLevelFormula.ANSWERED_OF_ANSWERED:
            return ratio_of(in_time, counts[:, Count.ANSWERED])
        case ServiceLevelFormula.LESS_SHORT_ABANDONS:
            return ratio_of(in_time, offered - short)
        case ServiceLevelFormula.SHORT_ABANDONS_MET:
            return ratio_of(in_time + short, offered)


def team_report(sample: Sample, at: int) -> TeamReport:
    """One team, over the counted time and by interval; what comes after the end is left out."""
    times = sample.teams[:, at, :-1]
    edges = np.diff(np.array(sample.frame.edges))
    return TeamReport(
        team_id=sample.frame.team_ids[at],
        whole=team_figures(times.sum(axis=1), float(edges.sum())),
        by_interval=tuple(
            team_figures(times[:, interval], float(edges[interval]))
            for interval in range(len(edges))
        ),
    )


def team_figures(times: np.ndarray, length: float) -> TeamFigures:
    """Figures of times [replication, TeamTime] within a length of time in ms."""
    return TeamFigures(
        occupancy_ratio=ratio_of(times[:, TeamTime.BUSY], times[:, TeamTime.STAFFED]),
        agents=mean_of(times[:, TeamTime.STAFFED], 1 / length),
    )


def histogram_quantile(counts: np.ndarray, level: float) -> float | None:
    """A quantile of answered waits from the histogram, by its bins' upper edges in seconds."""
    total = float(counts.sum())
    if total == 0:
        return None
    place = int(np.searchsorted(np.cumsum(counts), level * total))
    edges = np.array(WAIT_EDGES_S)
    below = float(counts[:place].sum())
    if place == 0 or place >= len(edges):
        return float(edges[min(place, len(edges) - 1)])
    inside = (level * total - below) / float(counts[place])
    return float(edges[place - 1] + inside * (edges[place] - edges[place - 1]))
