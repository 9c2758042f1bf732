"""A flow under way with a contact.

::

    stepping ──asks──▶ pending ──answered, failed, or out of time──▶ stepping ──▶ gone
        │                                                                ▲
        └────────────── ended, or failed into the fallback ──────────────┘

`stepping` lasts within one decision only: between decisions a run is always
`pending` on something that has a deadline (an answer, a look-up, a
classification, a pause). So no run can be forgotten, and none needs polling.
"""

from enum import Enum

import msgspec

from frontdesk.kernel.flows.document import FlowUse, Value


class Pending(Enum):
    """What a run waits for."""

    ANSWER = "answer"
    LOOK_UP = "look_up"
    CLASSIFICATION = "classification"
    PAUSE = "pause"


class Frame(msgspec.Struct):
    """Where the run stands in one flow; a subflow is a frame on top of the one that runs it."""

    flow_id: str
    version: int
    node_id: str
    variables: dict[str, Value]


class Run(msgspec.Struct):
    run_id: int
    contact_id: int
    use: FlowUse
    frames: list[Frame]
    language: str
    started_ms: int
    agent_id: str | None = None
    """Who served the customer before, or sent them here."""
    steps: int = 0
    pending: Pending | None = None
    request_id: int = 0
    """Of the last look-up or classification; an answer to an earlier one is too late."""
    misses: int = 0
    """Answers in a row to the present question that weren't understood."""
    question_index: int = 0
    """Of the survey that is under way."""
    callback_id: int | None = None
    """The callback that was promised in it."""

    @property
    def frame(self) -> Frame:
        """Where it stands."""
        return self.frames[-1]


def flow_key(flow_id: str, version: int) -> str:
    """A flow's version as one name, for the versions that are kept for runs under way."""
    return f"{flow_id}@{version}"
