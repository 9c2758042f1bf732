"""What a centre's journal says of a span of time, as far as a simulation needs to know.

A pure fold of events. A *visit* is a contact's stay in a queue, with what came of it; a contact
that is passed on to another queue visits that too, one that overflows doesn't.
"""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.entities import Settings
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.kernel.setting_tables import id_of, kind_of, table
from frontdesk.kernel.settings import CentreSettings, SkillNeed
from frontdesk.simulator.ledger import CALLBACK, Outcome


class Visit(msgspec.Struct):
    """Times in the journal's ms; None: not known, or not yet."""

    contact_id: int
    queue_id: str
    channel: str
    entered_ms: int
    skills: tuple[SkillNeed, ...] = ()
    priority: int = 0
    flow_id: str | None = None
    """The flow that brought the contact here, and when the contact met it."""
    met_ms: int | None = None
    is_promised: bool = False
    """A callback in place of a wait: not asked for anew, and not to be drawn again."""
    outcome: Outcome = Outcome.UNRESOLVED
    wait_ended_ms: int | None = None
    accepted_ms: int | None = None
    agent_id: str = ""
    conversation_ended_ms: int | None = None
    ended_ms: int | None = None

    @property
    def came_ms(self) -> int:
        """To the flow before the queue, or else to the queue."""
        return self.entered_ms if self.met_ms is None else self.met_ms

    @property
    def wait_ms(self) -> int | None:
        return None if self.wait_ended_ms is None else self.wait_ended_ms - self.entered_ms


class FlowPass(msgspec.Struct):
    """A contact's way through a flow before any queue."""

    flow_id: str
    met_ms: int
    ended_ms: int | None = None
    result: ev.FlowResult | None = None


class Pause(msgspec.Struct):
    """Time away; `is_missed`: for letting an offer expire."""

    from_ms: int
    until_ms: int | None
    is_missed: bool


class Session(msgspec.Struct):
    """An agent's time signed in."""

    agent_id: str
    from_ms: int
    until_ms: int | None = None
    pauses: list[Pause] = []


class Offered(msgspec.Struct):
    """An offer that waits for its agent."""

    agent_id: str
    at_ms: int


class Past:
    """Everything that is folded; what is open at the end stays open."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.visits: list[Visit] = []
        self.passes: list[FlowPass] = []
        self.sessions: list[Session] = []
        self.accept_delays_ms: list[int] = []
        self.offers_missed = 0
        self.busy: list[tuple[str, int, int]] = []
        """Agent, from and until: with at least one contact, wrap-up included."""
        self.last_ms = 0
        self._opened: dict[int, ev.ContactOpened] = {}
        self._visit_of: dict[int, Visit] = {}
        self._pass_of: dict[int, FlowPass] = {}
        self._promised: set[int] = set()
        self._offers: dict[int, Offered] = {}
        self._engaged: dict[int, Visit] = {}
        self._session_of: dict[str, Session] = {}
        self._busy_since: dict[str, int] = {}
        self._load: dict[str, int] = {}

    def fold(self, event: ev.AnyEvent, at_ms: int) -> None:
        """One event; those that nothing is made of change nothing."""
        self.last_ms = at_ms
        fold = FOLDS.get(type(event))
        if fold is not None:
            fold(self, event, at_ms)

    # -- settings

    def saved(self, event: ev.SettingSaved, _at_ms: int) -> None:
        entity = event.entity
        if isinstance(entity, CentreSettings):
            self.settings.centre = entity
        else:
            table(self.settings, kind_of(entity))[id_of(entity)] = entity

    def removed(self, event: ev.SettingRemoved, _at_ms: int) -> None:
        """Agents stay known: they worked in the span, though they no longer do."""
        if event.kind != "agent_profile":
            table(self.settings, event.kind).pop(event.entity_id, None)

    # -- contacts

    def opened(self, event: ev.ContactOpened, _at_ms: int) -> None:
        self._opened[event.contact_id] = event

    def flow_started(self, event: ev.FlowStarted, at_ms: int) -> None:
        first = event.contact_id in self._opened and event.contact_id not in self._visit_of
        if event.use is FlowUse.ENTRY and first and event.contact_id not in self._pass_of:
            met = FlowPass(event.flow_id, at_ms)
            self._pass_of[event.contact_id] = met
            self.passes.append(met)

    def flow_ended(self, event: ev.FlowEnded, at_ms: int) -> None:
        met = self._pass_of.get(event.contact_id)
        if met is not None and met.ended_ms is None:
            met.ended_ms, met.result = at_ms, event.result

    def promised(self, event: ev.CallbackPromised, _at_ms: int) -> None:
        if event.of_contact_id in self._visit_of:
            self._promised.add(event.contact_id)

    def queued(self, event: ev.ContactQueued, at_ms: int) -> None:
        if event.cause is not ev.QueuedCause.OVERFLOWED or event.contact_id not in self._visit_of:
            self._enter(event.contact_id, event.queue_id, at_ms)

    def overflowed(self, event: ev.ContactOverflowed, at_ms: int) -> None:
        """Kept out on arrival, it was never in the queue, but came for it."""
        if event.contact_id not in self._visit_of:
            self._enter(event.contact_id, event.from_queue_id, at_ms)

    def _enter(self, contact_id: int, queue_id: str, at_ms: int) -> None:
        opened = self._opened.get(contact_id)
        if opened is None:
            return
        first = contact_id not in self._visit_of
        met = self._pass_of.get(contact_id) if first else None
        visit = Visit(
            contact_id,
            queue_id,
            opened.channel,
            at_ms,
            opened.skills,
            opened.priority,
            None if met is None else met.flow_id,
            None if met is None else met.met_ms,
            is_promised=opened.channel == CALLBACK and contact_id in self._promised,
        )
        self._promised.discard(contact_id)
        self._end_wait(contact_id, Outcome.UNRESOLVED, at_ms)
        self._visit_of[contact_id] = visit
        self.visits.append(visit)

    def _end_wait(self, contact_id: int, outcome: Outcome, at_ms: int) -> None:
        visit = self._visit_of.get(contact_id)
        if visit is not None and visit.wait_ended_ms is None:
            visit.outcome, visit.wait_ended_ms = outcome, at_ms

    def abandoned(self, event: ev.ContactAbandoned, at_ms: int) -> None:
        self._end_wait(event.contact_id, Outcome.ABANDONED, at_ms)

    def closed(self, event: ev.ContactClosed, at_ms: int) -> None:
        outcome = CLOSED_AS.get(event.by, Outcome.UNRESOLVED)
        self._end_wait(event.contact_id, outcome, at_ms)
        for by_contact in (self._opened, self._pass_of, self._visit_of):
            by_contact.pop(event.contact_id, None)

    # -- offers and engagements

    def offered(self, event: ev.ContactOffered, at_ms: int) -> None:
        self._offers[event.offer_id] = Offered(event.agent_id, at_ms)

    def accepted(self, event: ev.OfferAccepted, at_ms: int) -> None:
        offer = self._offers.pop(event.offer_id, None)
        profile = self.settings.agents.get(event.agent_id)
        if offer is not None and profile is not None and not profile.auto_accept:
            self.accept_delays_ms.append(at_ms - offer.at_ms)
        visit = self._visit_of.get(event.contact_id)
        if visit is not None:
            self._end_wait(event.contact_id, Outcome.ANSWERED, at_ms)
            visit.accepted_ms, visit.agent_id = at_ms, event.agent_id
            self._engaged[event.offer_id] = visit
        self._take_up(event.agent_id, at_ms)

    def taken(self, event: ev.ContactTaken, at_ms: int) -> None:
        """Work that no queue brought."""
        self._take_up(event.agent_id, at_ms)

    def _take_up(self, agent_id: str, at_ms: int) -> None:
        load = self._load[agent_id] = self._load.get(agent_id, 0) + 1
        if load == 1:
            self._busy_since[agent_id] = at_ms

    def expired(self, event: ev.OfferExpired, _at_ms: int) -> None:
        self.offers_missed += self._offers.pop(event.offer_id, None) is not None

    def gone(self, event: ev.OfferDeclined | ev.OfferWithdrawn, _at_ms: int) -> None:
        self._offers.pop(event.offer_id, None)

    def engagement_ended(self, event: ev.EngagementEnded, at_ms: int) -> None:
        visit = self._engaged.get(event.engagement_id)
        if visit is not None:
            visit.conversation_ended_ms = at_ms
        if event.wrap_up_until_ms is None:
            self._release(event.engagement_id, event.agent_id, at_ms)

    def wrapped_up(self, event: ev.WrapUpCompleted, at_ms: int) -> None:
        self._release(event.engagement_id, event.agent_id, at_ms)

    def _release(self, engagement_id: int, agent_id: str, at_ms: int) -> None:
        visit = self._engaged.pop(engagement_id, None)
        if visit is not None:
            visit.ended_ms = at_ms
        load = self._load[agent_id] = max(0, self._load.get(agent_id, 0) - 1)
        since = self._busy_since.pop(agent_id, None) if load == 0 else None
        if since is not None:
            self.busy.append((agent_id, since, at_ms))

    # -- agents

    def presence(self, event: ev.PresenceChanged, at_ms: int) -> None:
        session = self._session_of.get(event.agent_id)
        if event.presence is Presence.OFFLINE:
            if session is not None:
                self._end_pause(session, at_ms)
                session.until_ms = at_ms
                del self._session_of[event.agent_id]
            return
        if session is None:
            session = self._session_of[event.agent_id] = Session(event.agent_id, at_ms, pauses=[])
            self.sessions.append(session)
        self._end_pause(session, at_ms)
        if event.presence is Presence.BREAK:
            missed = event.cause is ev.PresenceCause.MISSED_OFFER
            session.pauses.append(Pause(at_ms, None, missed))

    def _end_pause(self, session: Session, at_ms: int) -> None:
        if session.pauses and session.pauses[-1].until_ms is None:
            session.pauses[-1].until_ms = at_ms


CLOSED_AS: Final = {
    ev.ClosedBy.OVERFLOW: Outcome.TURNED_AWAY,
    ev.ClosedBy.FULL: Outcome.TURNED_AWAY,
    ev.ClosedBy.CALLBACK: Outcome.CALLED_BACK,
}
"""What becomes of a visit that nobody answered when its contact is closed; else unresolved."""

FOLDS: Final[dict[type[ev.Event], Callable[[Past, Any, int], None]]] = {
    ev.SettingSaved: Past.saved,
    ev.SettingRemoved: Past.removed,
    ev.ContactOpened: Past.opened,
    ev.FlowStarted: Past.flow_started,
    ev.FlowEnded: Past.flow_ended,
    ev.CallbackPromised: Past.promised,
    ev.ContactQueued: Past.queued,
    ev.ContactOverflowed: Past.overflowed,
    ev.ContactAbandoned: Past.abandoned,
    ev.ContactClosed: Past.closed,
    ev.ContactOffered: Past.offered,
    ev.OfferAccepted: Past.accepted,
    ev.ContactTaken: Past.taken,
    ev.OfferExpired: Past.expired,
    ev.OfferDeclined: Past.gone,
    ev.OfferWithdrawn: Past.gone,
    ev.EngagementEnded: Past.engagement_ended,
    ev.WrapUpCompleted: Past.wrapped_up,
    ev.PresenceChanged: Past.presence,
}
