"""All metrics and dimensions. What they are called is in `words`.

Each column of a source is itself a metric of the same id, so that a formula can be read out.
"""

from typing import Final

from frontdesk.views.semantics.model import Additivity, Columns, Drill, Metric, Unit
from frontdesk.views.semantics.sources import SOURCES

_QUEUES = ("queues",)
_WORK = ("queues", "agents")
_AGENTS = ("agents",)
_TIMES = ("agent_times",)
_CONTACTS = ("contacts",)
_FLOWS = ("flows",)
_VERDICTS = ("verdicts",)
_CALLBACKS = ("callbacks",)
_TRUNKS = ("trunks",)


def _waits(*results: str) -> Drill:
    return Drill("wait", results)


def _offers(*results: str) -> Drill:
    return Drill("offer", results, at="ended_ms", with_callbacks=True)


_ARRIVALS = Drill("wait", not_results=("turned_away",))
_ENGAGED = Drill("offer", ("accepted",), at="wrap_up_ended_ms", with_callbacks=True)
_OPENED = Drill(at="opened_ms", with_callbacks=True)


def _sum(
    metric_id: str,
    sources: tuple[str, ...],
    drill: Drill | None = None,
    *,
    of: Columns | None = None,
    high: bool | None = None,
) -> Metric:
    """What may be added up: a number, or a time where the id says so."""
    return Metric(
        metric_id=metric_id,
        unit=Unit.DURATION if metric_id.endswith("_ms") else Unit.COUNT,
        additivity=Additivity.SUM,
        sources=sources,
        numerator=of or {metric_id: 1},
        is_better_high=high,
        drill=drill,
    )


def _ratio(
    metric_id: str,
    sources: tuple[str, ...],
    numerator: Columns,
    denominator: Columns,
    drill: Drill | None = None,
    *,
    unit: Unit = Unit.RATIO,
    high: bool | None = None,
) -> Metric:
    """A share, or the mean of what the numerator adds up."""
    return Metric(
        metric_id=metric_id,
        unit=Unit.DURATION if metric_id.endswith("_ms") else unit,
        additivity=Additivity.RATIO,
        sources=sources,
        numerator=numerator,
        denominator=denominator,
        is_better_high=high,
        drill=drill,
    )


_OFFERED = {"offered": 1}
_IN_TIME = {"answered_in_target": 1}
_OFFERS_ANSWERED = {"accepted": 1, "declined": 1, "missed": 1}
_SIGNED_IN = {"available_ms": 1, "break_ms": 1}
_CONVERSATION = {"handle_ms": 1, "hold_ms": -1, "wrap_up_ms": -1}
_FLOWS_THROUGH = {"flow_met": 1, "flow_under_way": -1}

_ALL: tuple[Metric, ...] = (
    # -- queues
    _sum("offered", _QUEUES, _ARRIVALS),
    _sum("transferred_in", _QUEUES),
    _sum("overflowed_in", _QUEUES),
    _sum("answered", _QUEUES, _waits("answered"), high=True),
    _sum("answered_in_target", _QUEUES, _waits("answered"), high=True),
    _sum("answered_at_once", _QUEUES, _waits("answered"), high=True),
    _sum("abandoned", _QUEUES, _waits("abandoned"), high=False),
    _sum("abandoned_in_target", _QUEUES, _waits("abandoned")),
    _sum("overflowed", _QUEUES, _waits("overflowed"), high=False),
    _sum("called_back", _QUEUES, _waits("callback")),
    _sum("ended", _QUEUES, _waits("closed", "promised")),
    _sum("turned_away", _QUEUES, _waits("turned_away"), high=False),
    _sum("answered_wait_ms", _QUEUES, _waits("answered")),
    _sum("abandoned_wait_ms", _QUEUES, _waits("abandoned")),
    _ratio("answered_ratio", _QUEUES, {"answered": 1}, _OFFERED, _ARRIVALS, high=True),
    _ratio("abandoned_ratio", _QUEUES, {"abandoned": 1}, _OFFERED, _ARRIVALS, high=False),
    _ratio("overflowed_ratio", _QUEUES, {"overflowed": 1}, _OFFERED, _ARRIVALS, high=False),
    _ratio("wait_ratio", _QUEUES, {"offered": 1, "answered_at_once": -1}, _OFFERED, high=False),
    _ratio("service_level_answered_of_offered", _QUEUES, _IN_TIME, _OFFERED, _ARRIVALS, high=True),
    _ratio(
        "service_level_answered_of_answered",
        _QUEUES,
        _IN_TIME,
        {"answered": 1},
        _ARRIVALS,
        high=True,
    ),
    _ratio(
        "service_level_less_short_abandons",
        _QUEUES,
        _IN_TIME,
        {"offered": 1, "abandoned_in_target": -1},
        _ARRIVALS,
        high=True,
    ),
    _ratio(
        "service_level_short_abandons_met",
        _QUEUES,
        {"answered_in_target": 1, "abandoned_in_target": 1},
        _OFFERED,
        _ARRIVALS,
        high=True,
    ),
    _ratio(
        "speed_of_answer_ms",
        _QUEUES,
        {"answered_wait_ms": 1},
        {"answered": 1},
        _waits("answered"),
        high=False,
    ),
    _ratio(
        "mean_abandoned_wait_ms",
        _QUEUES,
        {"abandoned_wait_ms": 1},
        {"abandoned": 1},
        _waits("abandoned"),
    ),
    _ratio(
        "mean_wait_ms",
        _QUEUES,
        {"answered_wait_ms": 1, "abandoned_wait_ms": 1},
        {"answered": 1, "abandoned": 1},
        _waits("answered", "abandoned"),
        high=False,
    ),
    Metric(
        metric_id="wait_ms_max",
        unit=Unit.DURATION,
        additivity=Additivity.MAXIMUM,
        sources=_QUEUES,
        numerator={"wait_ms_max": 1},
        is_better_high=False,
        drill=_waits("answered", "abandoned"),
    ),
    _sum("waits", ("waits",), Drill("wait")),
    # -- work done, of queues and agents alike
    _sum("engagements", _WORK, _ENGAGED),
    _sum("handle_ms", _WORK, _ENGAGED),
    _sum("hold_ms", _WORK, _ENGAGED),
    _sum("wrap_up_ms", _WORK, _ENGAGED),
    _sum("conversation_ms", _WORK, _ENGAGED, of=_CONVERSATION),
    _ratio("handle_time_ms", _WORK, {"handle_ms": 1}, {"engagements": 1}, _ENGAGED),
    _ratio("conversation_time_ms", _WORK, _CONVERSATION, {"engagements": 1}, _ENGAGED),
    _ratio("hold_time_ms", _WORK, {"hold_ms": 1}, {"engagements": 1}, _ENGAGED, high=False),
    _ratio("wrap_up_time_ms", _WORK, {"wrap_up_ms": 1}, {"engagements": 1}, _ENGAGED),
    # -- offers to agents
    _sum("offers", _AGENTS, Drill("offer", with_callbacks=True)),
    _sum("accepted", _AGENTS, _offers("accepted"), high=True),
    _sum("declined", _AGENTS, _offers("declined"), high=False),
    _sum("missed", _AGENTS, _offers("expired"), high=False),
    _sum("withdrawn", _AGENTS, _offers("withdrawn")),
    _sum("ring_ms", _AGENTS),
    _sum("transfers", _AGENTS),
    _ratio("accepted_ratio", _AGENTS, {"accepted": 1}, _OFFERS_ANSWERED, high=True),
    _ratio(
        "missed_ratio", _AGENTS, {"missed": 1}, _OFFERS_ANSWERED, _offers("expired"), high=False
    ),
    _ratio("ring_time_ms", _AGENTS, {"ring_ms": 1}, _OFFERS_ANSWERED | {"withdrawn": 1}),
    _ratio("transfer_ratio", _AGENTS, {"transfers": 1}, {"accepted": 1}, high=False),
    Metric(
        metric_id="agents",
        unit=Unit.COUNT,
        additivity=Additivity.DISTINCT,
        sources=_AGENTS,
        numerator={"agent_id": 1},
    ),
    # -- agents' time
    _sum("sessions", _TIMES),
    _sum("signed_in_ms", _TIMES, of=_SIGNED_IN),
    _sum("available_ms", _TIMES),
    _sum("break_ms", ("agent_times", "breaks")),
    _sum("engaged_ms", _TIMES),
    _sum("staffed_ms", _TIMES),
    _sum("idle_ms", _TIMES, of={"staffed_ms": 1, "engaged_ms": -1}),
    _ratio("session_time_ms", _TIMES, _SIGNED_IN, {"sessions": 1}),
    _ratio("occupancy_ratio", _TIMES, {"engaged_ms": 1}, {"staffed_ms": 1}),
    _ratio("break_ratio", _TIMES, {"break_ms": 1}, _SIGNED_IN),
    _sum("breaks", ("breaks",)),
    _ratio("break_time_ms", ("breaks",), {"break_ms": 1}, {"breaks": 1}),
    # -- outcomes
    _sum("dispositions", ("dispositions",), _ENGAGED),
    _sum("disposed_ms", ("dispositions",), _ENGAGED),
    _ratio(
        "disposed_time_ms", ("dispositions",), {"disposed_ms": 1}, {"dispositions": 1}, _ENGAGED
    ),
    _sum("contacts", _CONTACTS, _OPENED),
    _sum("contact_transfers", _CONTACTS, _OPENED),
    _sum("contact_wait_ms", _CONTACTS, _OPENED),
    _sum("contact_handle_ms", _CONTACTS, _OPENED),
    _ratio("contact_handle_time_ms", _CONTACTS, {"contact_handle_ms": 1}, {"contacts": 1}, _OPENED),
    _ratio("contact_wait_time_ms", _CONTACTS, {"contact_wait_ms": 1}, {"contacts": 1}, _OPENED),
    # -- self-service
    _sum("flow_met", _FLOWS),
    _sum("flow_under_way", _FLOWS),
    _sum("flow_contained", _FLOWS, high=True),
    _sum("flow_messages", _FLOWS),
    _sum("flow_callbacks", _FLOWS),
    _sum("flow_queued", _FLOWS),
    _sum("flow_transferred", _FLOWS),
    _sum("flow_left", _FLOWS, high=False),
    _sum("flow_failed", _FLOWS, high=False),
    _sum("flow_ms", _FLOWS),
    _ratio("containment_ratio", _FLOWS, {"flow_contained": 1}, _FLOWS_THROUGH, high=True),
    _ratio("flow_left_ratio", _FLOWS, {"flow_left": 1}, _FLOWS_THROUGH, high=False),
    _ratio("flow_time_ms", _FLOWS, {"flow_ms": 1}, _FLOWS_THROUGH),
    # -- customers' verdicts
    _sum("csat_answers", _VERDICTS),
    _sum("csat_points", _VERDICTS),
    _sum("csat_satisfied", _VERDICTS, high=True),
    _sum("nps_answers", _VERDICTS),
    _sum("nps_promoters", _VERDICTS, high=True),
    _sum("nps_detractors", _VERDICTS, high=False),
    _sum("resolved_answers", _VERDICTS),
    _sum("resolved", _VERDICTS, high=True),
    _sum("texts", _VERDICTS),
    _ratio(
        "csat_mean", _VERDICTS, {"csat_points": 1}, {"csat_answers": 1}, unit=Unit.SCORE, high=True
    ),
    _ratio(
        "csat_satisfied_ratio", _VERDICTS, {"csat_satisfied": 1}, {"csat_answers": 1}, high=True
    ),
    _ratio(
        "nps_score",
        _VERDICTS,
        {"nps_promoters": 100, "nps_detractors": -100},
        {"nps_answers": 1},
        unit=Unit.SCORE,
        high=True,
    ),
    _ratio("resolved_ratio", _VERDICTS, {"resolved": 1}, {"resolved_answers": 1}, high=True),
    # -- callbacks
    _sum("promised", _CALLBACKS),
    _sum("callback_open", _CALLBACKS),
    _sum("reached", _CALLBACKS, high=True),
    _sum("unreached", _CALLBACKS, high=False),
    _sum("expired", _CALLBACKS, high=False),
    _sum("tried", _CALLBACKS),
    _sum("tried_in_time", _CALLBACKS, high=True),
    _sum("callback_decided", _CALLBACKS),
    _sum("attempts", _CALLBACKS),
    _ratio("in_time_ratio", _CALLBACKS, {"tried_in_time": 1}, {"callback_decided": 1}, high=True),
    _ratio("reached_ratio", _CALLBACKS, {"reached": 1}, {"callback_decided": 1}, high=True),
    # -- trunks
    _sum("trunk_calls", _TRUNKS),
    _sum("line_ms", _TRUNKS),
    Metric(
        metric_id="lines_max",
        unit=Unit.COUNT,
        additivity=Additivity.MAXIMUM,
        sources=_TRUNKS,
        numerator={"lines_max": 1},
    ),
    _ratio("line_time_ms", _TRUNKS, {"line_ms": 1}, {"trunk_calls": 1}),
)

METRICS: Final = {metric.metric_id: metric for metric in _ALL}

DIMENSIONS: Final = tuple(
    dict.fromkeys(dimension for source in SOURCES.values() for dimension in source.dimensions)
)
