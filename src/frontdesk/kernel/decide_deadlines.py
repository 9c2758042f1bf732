"""Decides what falls due: expired offers, ended steps, overstayed wrap-ups, lost people."""

from collections.abc import Callable

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.deadlines import DeadlineKind
from frontdesk.kernel.decide_agents import complete_wrap_up, expire_offer, lose_agent
from frontdesk.kernel.decide_alarms import escalate_alarm, raise_or_clear
from frontdesk.kernel.decide_callbacks import expire_callback, take_up_callback
from frontdesk.kernel.decide_contacts import end_contact
from frontdesk.kernel.decide_flows import overstay_run, run_out_of_time
from frontdesk.kernel.decide_parking import return_parked
from frontdesk.kernel.entities import Stage
from frontdesk.kernel.flows.walk import go_on
from frontdesk.kernel.queueing import overflow_contact
from frontdesk.kernel.refusals import Refusal
from frontdesk.kernel.settings import OverflowWhen, find_overflow
from frontdesk.kernel.turn import Turn

DUE_MAX = 1000
"""Deadlines handled in one decision; what is left is due at once again."""


def decide_advance(turn: Turn, command: cmd.Advance) -> Refusal | None:
    """Does what is due. Every handler's events end its deadline: replay knows only events."""
    deadlines = turn.state.deadlines
    for _ in range(DUE_MAX):
        due = deadlines.find_due(turn.now_ms)
        if due is None:
            break
        _HANDLERS[DeadlineKind(due[1])](turn, due[2])
        assert not deadlines.stands(due), f"{DeadlineKind(due[1]).name} is still due"
        if turn.ready:
            go_on(turn)
    return None


def _offer_expiry(turn: Turn, offer_id: int) -> None:
    expire_offer(turn, turn.state.offers[offer_id])


def _wrap_up_end(turn: Turn, engagement_id: int) -> None:
    complete_wrap_up(turn, engagement_id, None, "", timed_out=True)


def _personal_wait_end(turn: Turn, contact_id: int) -> None:
    contact = turn.state.contacts[contact_id]
    turn.emit(ev.ContactReleased(contact_id))
    if contact.stage is Stage.WAITING:
        turn.match_contact(contact)


def _step_end(turn: Turn, contact_id: int) -> None:
    contact = turn.state.contacts[contact_id]
    turn.emit(ev.StepAdvanced(contact_id, contact.step_index + 1))
    if contact.stage is Stage.WAITING:
        turn.match_contact(contact)


def _overflow(turn: Turn, contact_id: int) -> None:
    contact = turn.state.contacts[contact_id]
    queue = turn.state.settings.queues[contact.queue_id]
    rule = find_overflow(queue, OverflowWhen.WAITED)
    assert rule is not None, "the queue has no overflow by wait any more"
    overflow_contact(turn, contact, queue.queue_id, rule)


def _retry_refused(turn: Turn, contact_id: int) -> None:
    contact = turn.state.contacts[contact_id]
    turn.emit(ev.RefusalsForgotten(contact_id))
    if contact.stage is Stage.WAITING:
        turn.match_contact(contact)


def _customer_idle(turn: Turn, contact_id: int) -> None:
    end_contact(turn, turn.state.contacts[contact_id], ev.ClosedBy.IDLE)


def _customer_gone(turn: Turn, contact_id: int) -> None:
    end_contact(turn, turn.state.contacts[contact_id], ev.ClosedBy.CUSTOMER)


def _rating_end(turn: Turn, contact_id: int) -> None:
    turn.emit(ev.RatingEnded(contact_id))


def _agent_lost(turn: Turn, number: int) -> None:
    lose_agent(turn, turn.state.lanes.by_number[number].agent)


def _run_step(turn: Turn, run_id: int) -> None:
    run_out_of_time(turn, turn.state.runs[run_id])


def _run_end(turn: Turn, run_id: int) -> None:
    overstay_run(turn, turn.state.runs[run_id])


def _callback_due(turn: Turn, contact_id: int) -> None:
    take_up_callback(turn, turn.state.contacts[contact_id])


def _callback_expiry(turn: Turn, contact_id: int) -> None:
    expire_callback(turn, turn.state.contacts[contact_id])


def _parking_end(turn: Turn, contact_id: int) -> None:
    return_parked(turn, turn.state.contacts[contact_id])


def _alarm_agent(turn: Turn, number: int) -> None:
    raise_or_clear(turn, DeadlineKind.ALARM_AGENT, number)


def _alarm_engagement(turn: Turn, number: int) -> None:
    raise_or_clear(turn, DeadlineKind.ALARM_ENGAGEMENT, number)


def _alarm_watch(turn: Turn, number: int) -> None:
    raise_or_clear(turn, DeadlineKind.ALARM_WATCH, number)


_HANDLERS: dict[DeadlineKind, Callable[[Turn, int], None]] = {
    DeadlineKind.OFFER_EXPIRY: _offer_expiry,
    DeadlineKind.WRAP_UP_END: _wrap_up_end,
    DeadlineKind.PERSONAL_WAIT_END: _personal_wait_end,
    DeadlineKind.STEP_END: _step_end,
    DeadlineKind.OVERFLOW: _overflow,
    DeadlineKind.RETRY_REFUSED: _retry_refused,
    DeadlineKind.CUSTOMER_IDLE: _customer_idle,
    DeadlineKind.CUSTOMER_GONE: _customer_gone,
    DeadlineKind.RATING_END: _rating_end,
    DeadlineKind.AGENT_LOST: _agent_lost,
    DeadlineKind.RUN_STEP: _run_step,
    DeadlineKind.RUN_END: _run_end,
    DeadlineKind.CALLBACK_DUE: _callback_due,
    DeadlineKind.CALLBACK_EXPIRY: _callback_expiry,
    DeadlineKind.PARKING_END: _parking_end,
    DeadlineKind.ALARM_AGENT: _alarm_agent,
    DeadlineKind.ALARM_ENGAGEMENT: _alarm_engagement,
    DeadlineKind.ALARM_WATCH: _alarm_watch,
    DeadlineKind.ALARM_ESCALATION: escalate_alarm,
}
