"""What is made of events, one story a test."""

from frontdesk.kernel import events as ev
from frontdesk.kernel.commands import AttemptResult, CustomerCard, Presence
from frontdesk.kernel.events import AnyEvent, ClosedBy, EngagementEnd, FlowResult, QueuedCause
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.kernel.settings import AgentProfile, OverflowWhen, Queue
from frontdesk.simulator.ledger import Outcome
from frontdesk.simulator.what_if.past import Past

WHY = ev.OfferWhy(ev.OfferTrigger.CONTACT_ARRIVED, 0, 0, 1)


def past_of(*events: tuple[int, AnyEvent]) -> Past:
    past = Past()
    for at_ms, event in events:
        past.fold(event, at_ms)
    return past


def opened(contact_id: int, channel: str = "voice") -> ev.ContactOpened:
    return ev.ContactOpened(contact_id, channel, "", CustomerCard(), "", (), 0, None, {})


def queued(
    contact_id: int, queue_id: str = "a", cause: QueuedCause = QueuedCause.OPENED
) -> ev.ContactQueued:
    return ev.ContactQueued(contact_id, queue_id, cause, 0)


def offered(offer_id: int, contact_id: int) -> ev.ContactOffered:
    return ev.ContactOffered(offer_id, contact_id, "ann", None, WHY)


def ended(
    offer_id: int, contact_id: int, reason: EngagementEnd, until_ms: int | None = None
) -> ev.EngagementEnded:
    return ev.EngagementEnded(offer_id, contact_id, "ann", reason, until_ms)


def flow_started(contact_id: int) -> ev.FlowStarted:
    return ev.FlowStarted(1, contact_id, "bot", 1, FlowUse.ENTRY, "en", {}, None, 99)


def flow_ended(contact_id: int, result: FlowResult) -> ev.FlowEnded:
    return ev.FlowEnded(1, contact_id, "bot", "end", result, "")


def test_a_contact_is_served_with_wrap_up() -> None:
    past = past_of(
        (0, ev.SettingSaved(AgentProfile(agent_id="ann", name="Ann"))),
        (1_000, opened(1)),
        (1_000, queued(1)),
        (3_000, offered(1, 1)),
        (5_000, ev.OfferAccepted(1, 1, "ann")),
        (60_000, ended(1, 1, EngagementEnd.CLOSED, 90_000)),
        (60_000, ev.ContactClosed(1, ClosedBy.CUSTOMER)),
        (70_000, ev.WrapUpCompleted(1, 1, "ann", None, "", False)),
    )
    (visit,) = past.visits
    assert (visit.outcome, visit.wait_ms) == (Outcome.ANSWERED, 4_000)
    assert (visit.conversation_ended_ms, visit.ended_ms) == (60_000, 70_000)
    assert past.accept_delays_ms == [2_000]
    assert past.busy == [("ann", 5_000, 70_000)]


def test_who_is_passed_on_visits_the_other_queue_too() -> None:
    past = past_of(
        (0, opened(1)),
        (0, queued(1)),
        (1, offered(1, 1)),
        (1, ev.OfferAccepted(1, 1, "ann")),
        (9, ended(1, 1, EngagementEnd.TRANSFERRED)),
        (9, queued(1, "b", QueuedCause.TRANSFERRED)),
        (20, ev.ContactAbandoned(1, "b", 11)),
        (20, ev.ContactClosed(1, ClosedBy.CUSTOMER)),
    )
    assert [(one.queue_id, one.outcome) for one in past.visits] == [
        ("a", Outcome.ANSWERED),
        ("b", Outcome.ABANDONED),
    ]
    assert past.visits[1].wait_ms == 11


def test_who_overflows_has_come_once_and_who_is_kept_out_has_come_too() -> None:
    past = past_of(
        (0, opened(1)),
        (0, queued(1)),
        (9, ev.ContactOverflowed(1, "a", OverflowWhen.WAITED, "b", "")),
        (9, queued(1, "b", QueuedCause.OVERFLOWED)),
        (12, ev.ContactAbandoned(1, "b", 12)),
        (12, ev.ContactClosed(1, ClosedBy.CUSTOMER)),
        (20, opened(2)),
        (20, ev.ContactOverflowed(2, "a", OverflowWhen.CLOSED, None, "Closed")),
        (20, ev.ContactClosed(2, ClosedBy.OVERFLOW)),
    )
    assert [(one.queue_id, one.outcome, one.wait_ms) for one in past.visits] == [
        ("a", Outcome.ABANDONED, 12),
        ("a", Outcome.TURNED_AWAY, 0),
    ]


def test_a_flow_contains_some_and_sends_others_on() -> None:
    past = past_of(
        (0, opened(1)),
        (0, flow_started(1)),
        (9, flow_ended(1, FlowResult.CONTAINED)),
        (9, ev.ContactClosed(1, ClosedBy.FLOW)),
        (10, opened(2)),
        (10, flow_started(2)),
        (40, flow_ended(2, FlowResult.QUEUED)),
        (40, queued(2, "a", QueuedCause.FLOW)),
    )
    assert [one.result for one in past.passes] == [FlowResult.CONTAINED, FlowResult.QUEUED]
    (visit,) = past.visits
    assert (visit.flow_id, visit.met_ms, visit.entered_ms) == ("bot", 10, 40)


def test_a_callback_in_place_of_a_wait_is_no_second_arrival_but_its_next_attempt_is_work() -> None:
    promise = ev.CallbackPromised(2, 1, None, "a", "1", 0, None, 10**9, 3, 60_000)
    past = past_of(
        (0, opened(1)),
        (0, queued(1)),
        (30, opened(2, "callback")),
        (30, promise),
        (30, queued(2, "a", QueuedCause.CALLBACK)),
        (30, ev.ContactClosed(1, ClosedBy.CALLBACK)),
        (40, offered(1, 2)),
        (40, ev.OfferAccepted(1, 2, "ann")),
        (50, ev.CallbackAttempted(2, "ann", 1, AttemptResult.NO_ANSWER)),
        (50, ended(1, 2, EngagementEnd.RESCHEDULED)),
        (90, queued(2, "a", QueuedCause.CALLBACK)),
    )
    waited, promised, again = past.visits
    assert (waited.outcome, waited.wait_ms) == (Outcome.CALLED_BACK, 30)
    assert (promised.is_promised, again.is_promised) == (True, False)


def test_missed_offers_are_told_from_breaks() -> None:
    def presence(kind: Presence, cause: ev.PresenceCause) -> ev.PresenceChanged:
        return ev.PresenceChanged("ann", kind, None, cause)

    past = past_of(
        (0, presence(Presence.AVAILABLE, ev.PresenceCause.SET)),
        (5, opened(1)),
        (5, queued(1)),
        (5, offered(1, 1)),
        (35, ev.OfferExpired(1, 1, "ann")),
        (35, presence(Presence.BREAK, ev.PresenceCause.MISSED_OFFER)),
        (60, presence(Presence.AVAILABLE, ev.PresenceCause.SET)),
        (70, presence(Presence.BREAK, ev.PresenceCause.SET)),
        (80, presence(Presence.OFFLINE, ev.PresenceCause.SET)),
    )
    (session,) = past.sessions
    assert [(one.from_ms, one.until_ms, one.is_missed) for one in session.pauses] == [
        (35, 60, True),
        (70, 80, False),
    ]
    assert (session.from_ms, session.until_ms, past.offers_missed) == (0, 80, 1)


def test_settings_are_those_in_force_at_the_end() -> None:
    past = past_of(
        (0, ev.SettingSaved(Queue(queue_id="a", name="Old"))),
        (1, ev.SettingSaved(Queue(queue_id="a", name="New"))),
        (2, ev.SettingSaved(Queue(queue_id="b", name="Gone"))),
        (3, ev.SettingRemoved("queue", "b")),
    )
    assert [queue.name for queue in past.settings.queues.values()] == ["New"]
