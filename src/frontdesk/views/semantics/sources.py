"""The sources that reports add up, and why some cuts of them would mean nothing."""

from typing import Final

from frontdesk.views.semantics.model import Source

_BANDS = "A band of waits is of waits alone"
_NOT_A_PERSON = "A queue's figures are about its contacts, before anybody has them in hand"
_TIME_IS_OF_ALL = "An agent is signed in for all queues and channels at once"
_NO_AGENT = "A contact may be served by several agents, or by none: ask for engagements instead"
_ONE_ENGAGEMENT = "An outcome is a contact's, and the figure is an agent's"
_NOT_OF_FLOWS = "The figure is not about self-service"
_OF_FLOWS = "A contact meets a flow before it belongs to any queue or agent"
_OF_ALL = "A trunk carries the calls of all queues and agents"
_NO_REASON = "Breaks alone have a reason"

_FOREIGN: Final = {
    "wait_band": _BANDS,
    "wait_result": _BANDS,
    "break_reason": _NO_REASON,
    "flow": _NOT_OF_FLOWS,
    "intent": _NOT_OF_FLOWS,
    "outcome": _ONE_ENGAGEMENT,
    "topic": "The figure is kept without the contact's topic",
    "disposition": "The figure is kept without the contact's disposition",
    "channel": "The figure is kept without the channel",
    "callback": "Callbacks are in no statistics of waits",
    "trunk": "The figure is kept without the trunk",
}
"""Why not, where the source has nothing more exact to say."""

SOURCES: Final = {
    source.source_id: source
    for source in (
        Source(
            source_id="queues",
            dimensions={"queue": "queue_id", "channel": "channel"},
            why_not={**_FOREIGN, "agent": _NOT_A_PERSON, "team": _NOT_A_PERSON},
            maxima=("wait_ms_max",),
        ),
        Source(
            source_id="waits",
            dimensions={
                "queue": "queue_id",
                "channel": "channel",
                "wait_result": "result",
                "wait_band": "wait_band",
            },
            why_not={**_FOREIGN, "agent": _NOT_A_PERSON, "team": _NOT_A_PERSON},
        ),
        Source(
            source_id="agents",
            dimensions={
                "agent": "agent_id",
                "team": "team_id",
                "queue": "queue_id",
                "channel": "channel",
            },
            why_not=_FOREIGN,
            distinct={"agent_id": "engagements"},
        ),
        Source(
            source_id="agent_times",
            dimensions={"agent": "agent_id", "team": "team_id"},
            why_not={**_FOREIGN, "queue": _TIME_IS_OF_ALL, "channel": _TIME_IS_OF_ALL},
        ),
        Source(
            source_id="breaks",
            dimensions={
                "agent": "agent_id",
                "team": "team_id",
                "break_reason": "break_reason_id",
            },
            why_not={**_FOREIGN, "queue": _TIME_IS_OF_ALL, "channel": _TIME_IS_OF_ALL},
        ),
        Source(
            source_id="dispositions",
            dimensions={
                "agent": "agent_id",
                "team": "team_id",
                "queue": "queue_id",
                "channel": "channel",
                "disposition": "disposition_id",
            },
            why_not=_FOREIGN,
        ),
        Source(
            source_id="contacts",
            dimensions={
                "channel": "channel",
                "queue": "queue_id",
                "topic": "topic",
                "outcome": "outcome",
                "disposition": "disposition_id",
                "callback": "is_callback",
            },
            why_not={**_FOREIGN, "agent": _NO_AGENT, "team": _NO_AGENT},
        ),
        Source(
            source_id="flows",
            dimensions={
                "flow": "flow_id",
                "intent": "intent_id",
                "topic": "topic",
                "channel": "channel",
            },
            why_not={**_FOREIGN, "agent": _OF_FLOWS, "team": _OF_FLOWS, "queue": _OF_FLOWS},
        ),
        Source(
            source_id="verdicts",
            dimensions={
                "agent": "agent_id",
                "queue": "queue_id",
                "channel": "channel",
                "topic": "topic",
                "disposition": "disposition_id",
            },
            why_not={**_FOREIGN, "team": "A survey's answer is kept with its agent alone"},
        ),
        Source(
            source_id="trunks",
            dimensions={"trunk": "trunk_id"},
            why_not={**_FOREIGN, "queue": _OF_ALL, "agent": _OF_ALL, "team": _OF_ALL}
            | {"channel": "Calls alone come by trunks", "callback": _OF_ALL, "outcome": _OF_ALL},
            maxima=("lines_max",),
        ),
        Source(
            source_id="callbacks",
            dimensions={"queue": "queue_id"},
            why_not={
                **_FOREIGN,
                "agent": "A callback may be tried by several agents",
                "team": "A callback may be tried by several agents",
            },
        ),
    )
}
