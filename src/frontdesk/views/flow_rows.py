"""The rows of what flows and callbacks came to, field by field as their columns are."""

import msgspec


class FlowRun(msgspec.Struct):
    """One execution of a flow; flows inside it are part of it."""

    centre: str
    run_id: int
    contact_id: int
    flow_id: str
    version: int
    flow_use: str
    language: str
    started_ms: int
    agent_id: str | None
    """Who served the customer before, or sent them here."""
    ended_ms: int | None = None
    result: str | None = None
    outcome: str = ""
    """The flow's own word for how it ended."""
    last_flow_id: str = ""
    """Where it stood in the end: in this flow (itself, or one inside it), at `last_node_id`."""
    last_node_id: str = ""
    fault: str | None = None
    intent_id: str | None = None
    """What was understood last of what the customer wants."""
    callback_id: int | None = None
    """The contact that was promised as a callback."""
    message_contact_id: int | None = None
    versions: str = "{}"
    """A JSON object: by flow (this, and those inside it) the version under way."""


class CallbackRow(msgspec.Struct):
    """One promise to reach a customer; what became of it is in its contact's record."""

    centre: str
    contact_id: int
    of_contact_id: int | None
    run_id: int | None
    queue_id: str
    address: str
    requested_ms: int
    due_ms: int | None
    """The time that was promised; None: at its turn."""
    expires_ms: int
    attempts_max: int
    tried_ms: int | None = None
    """When the first agent took it up."""
    attempts: int = 0
