"""The reports that a centre has from the start. Each is a request like any other, without time."""

from typing import Final

import msgspec

from frontdesk.views.semantics.model import Grain

_SERVICE = (
    "service_level_answered_of_offered",
    "service_level_answered_of_answered",
    "service_level_less_short_abandons",
    "service_level_short_abandons_met",
)
_LOAD = (
    "offered",
    "answered",
    "abandoned",
    "abandoned_ratio",
    "service_level_less_short_abandons",
    "speed_of_answer_ms",
)
_HANDLING = (
    "engagements",
    "handle_time_ms",
    "conversation_time_ms",
    "hold_time_ms",
    "wrap_up_time_ms",
)


class ReadyReport(msgspec.Struct, frozen=True):
    """Its name is in `words`, by its id."""

    report_id: str
    metrics: tuple[str, ...]
    dimensions: tuple[str, ...] = ()
    grain: Grain | None = None
    shares: tuple[str, ...] = ()
    filters: dict[str, tuple[str, ...]] = {}


READY: Final = (
    ReadyReport(
        "queues",
        (
            "offered",
            "answered",
            "answered_in_target",
            "abandoned",
            "abandoned_in_target",
            "overflowed",
            "called_back",
            "turned_away",
            "service_level_less_short_abandons",
            "speed_of_answer_ms",
            "wait_ms_max",
            "handle_time_ms",
        ),
        ("queue",),
    ),
    ReadyReport("service", ("offered", "answered", "answered_in_target", *_SERVICE), (), Grain.DAY),
    ReadyReport("intervals", _LOAD, ("queue",), Grain.INTERVAL),
    ReadyReport("hours", _LOAD, (), Grain.HOUR_OF_DAY),
    ReadyReport("weekdays", _LOAD, (), Grain.WEEKDAY),
    ReadyReport("waits", ("waits",), ("wait_result", "wait_band"), None, ("waits",)),
    ReadyReport(
        "agents",
        (
            "offers",
            "accepted",
            "declined",
            "missed",
            "accepted_ratio",
            "transfers",
            "ring_time_ms",
            *_HANDLING,
        ),
        ("agent",),
    ),
    ReadyReport(
        "agent_times",
        (
            "sessions",
            "signed_in_ms",
            "available_ms",
            "break_ms",
            "engaged_ms",
            "idle_ms",
            "occupancy_ratio",
            "break_ratio",
        ),
        ("agent",),
    ),
    ReadyReport("breaks", ("breaks", "break_ms", "break_time_ms"), ("agent", "break_reason")),
    ReadyReport("agent_outcomes", ("dispositions", "disposed_time_ms"), ("agent", "disposition")),
    ReadyReport(
        "teams",
        ("accepted", "missed", *_HANDLING, "signed_in_ms", "break_ms", "occupancy_ratio"),
        ("team",),
    ),
    ReadyReport("channels", (*_LOAD, *_HANDLING), ("channel",)),
    ReadyReport(
        "outcomes",
        ("contacts", "contact_transfers", "contact_wait_time_ms", "contact_handle_time_ms"),
        ("outcome",),
        None,
        ("contacts",),
    ),
    ReadyReport("topics", ("contacts", "contact_handle_time_ms"), ("topic",), None, ("contacts",)),
    ReadyReport(
        "flows",
        (
            "flow_met",
            "flow_contained",
            "flow_queued",
            "flow_messages",
            "flow_callbacks",
            "flow_left",
            "flow_failed",
            "containment_ratio",
            "flow_time_ms",
        ),
        ("flow",),
    ),
    ReadyReport("dispositions", ("dispositions", "disposed_time_ms"), ("queue", "disposition")),
    ReadyReport(
        "verdicts",
        (
            "csat_answers",
            "csat_mean",
            "csat_satisfied_ratio",
            "nps_answers",
            "nps_score",
            "resolved_answers",
            "resolved_ratio",
        ),
        ("queue",),
    ),
    ReadyReport(
        "callbacks",
        ("promised", "reached", "unreached", "expired", "attempts", "in_time_ratio"),
        ("queue",),
        Grain.DAY,
    ),
    ReadyReport(
        "trunks", ("trunk_calls", "lines_max", "line_ms", "line_time_ms"), ("trunk",), Grain.DAY
    ),
    ReadyReport(
        "centre",
        (
            *_LOAD,
            "turned_away",
            "overflowed",
            "called_back",
            "contacts",
            "handle_time_ms",
            "agents",
            "occupancy_ratio",
        ),
        (),
        Grain.DAY,
    ),
)
