"""Figures of past days: what reports answer. Days are local, `YYYY-MM-DD`, the latest first."""

from frontdesk.views.documents import Document

# -- self-service


class ContainmentDay(Document, frozen=True):
    """What became of the contacts that met a flow before any agent.

    A contact counts on the day on which it met the flow, once per flow, by its last run.
    """

    flow_id: str
    day: str | None
    """null: the whole time asked for."""
    met: int
    under_way: int
    contained: int
    """The flow came to its end with it: no agent, no message, no callback."""
    messages: int
    """A message was taken, for an agent to read."""
    callbacks: int
    """A callback was promised."""
    queued: int
    transferred: int
    """Passed on to an address outside the centre."""
    left: int
    """The customer went away."""
    failed: int
    containment_ratio: float | None
    """`contained` over `met` less `under_way`; null: there are none."""
    left_ratio: float | None
    mean_time_ms: int | None
    """In the flow, of those no longer under way."""


class LeftAt(Document, frozen=True):
    """Where customers went away from a flow, or where it failed."""

    flow_id: str
    node_flow_id: str
    """The flow itself, or one that ran inside it."""
    node_id: str
    left: int
    failed: int


class Asked(Document, frozen=True):
    """What customers of a flow wanted."""

    flow_id: str
    kind: str
    """`intent`: understood from their words; `topic`: chosen, or put down by the flow."""
    name: str
    met: int
    contained: int


class Passage(Document, frozen=True):
    flow_id: str
    version: int
    node_id: str
    exit: str
    passages: int


class ContainmentReport(Document, frozen=True):
    flows: tuple[ContainmentDay, ...]
    """One a flow, over the whole time."""
    items: tuple[ContainmentDay, ...]
    left_at: tuple[LeftAt, ...]
    asked: tuple[Asked, ...]
    passages: tuple[Passage, ...]
    """How often each edge was passed, when one flow is asked for."""


# -- verdicts


class Verdicts(Document, frozen=True):
    """What customers said afterwards, and whether they had to come back.

    `key` is the agent, queue, topic or disposition; null: all of them together. Surveys count when
    they were answered, contacts when they were closed.
    """

    key: str | None
    csat_answers: int
    csat_mean: float | None
    """Of answers from 1 to 5."""
    csat_satisfied_ratio: float | None
    """Answers of 4 and 5 over all."""
    nps_answers: int
    nps_promoters: int
    """Answers of 9 and 10."""
    nps_detractors: int
    """Answers from 0 to 6."""
    nps_score: float | None
    """From −100 to 100: the percentage of promoters less that of detractors."""
    resolved_answers: int
    resolved_ratio: float | None
    """First-contact resolution by answers: «resolved» over all answers to that question."""
    texts: int
    contacts: int
    """Answered or self-served, of a known customer, and long enough ago to know of a repeat."""
    repeated: int
    first_contact_resolution_ratio: float | None
    """By repeats: `contacts` less `repeated`, over `contacts`."""
    undecided: int
    """Contacts whose days are not over yet; they are in no ratio."""


class VerdictReport(Document, frozen=True):
    by: str
    repeat_days: int
    total: Verdicts
    items: tuple[Verdicts, ...]


class VerdictText(Document, frozen=True):
    seq: int
    at_ms: int
    contact_id: int
    question_id: str
    text: str
    queue_id: str
    agent_id: str | None
    topic: str


class VerdictTextPage(Document, frozen=True):
    """The latest first."""

    items: tuple[VerdictText, ...]
    next_cursor: str | None


# -- presence


class PresenceSpanDocument(Document, frozen=True):
    """How long an agent was available or on a break. Those that follow each other are a session."""

    agent_id: str
    started_ms: int
    ended_ms: int
    presence: str
    break_reason_id: str
    """Empty: it was no break."""
    team_id: str
    """The agent's at the end of it; empty: none."""


class PresenceReport(Document, frozen=True):
    """The latest first."""

    items: tuple[PresenceSpanDocument, ...]
    is_cut_short: bool
    """There are earlier ones: ask for a shorter time."""


# -- callbacks


class CallbackDay(Document, frozen=True):
    """What became of the callbacks that were promised on a day.

    One is *tried in time* if an agent took it up no later than 15 minutes after the time promised,
    or, where it was promised for its turn, before it expired.
    """

    queue_id: str
    day: str | None
    """null: the whole time asked for."""
    promised: int
    open: int
    reached: int
    unreached: int
    expired: int
    closed: int
    """Ended otherwise, before any agent took it up."""
    tried: int
    tried_in_time: int
    in_time_ratio: float | None
    """`tried_in_time` over those tried or over; null: there are none."""
    attempts: int
    """Attempts put on record, in vain or not."""
    no_answer: int
    busy: int
    attempts_failed: int
    mean_wait_ms: int | None
    """From the time promised, or else from the promise, to the first try."""


class CallbackReport(Document, frozen=True):
    queues: tuple[CallbackDay, ...]
    """One a queue, over the whole time."""
    items: tuple[CallbackDay, ...]
