"""What expressions and texts in a flow can name, besides the flow's own variables."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from frontdesk.kernel.entities import Contact
from frontdesk.kernel.estimators.said import band_to_say
from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.flows.faults import FlowFault, FlowFaulted
from frontdesk.kernel.flows.runs import Run
from frontdesk.kernel.flows.texts import say_wait
from frontdesk.kernel.state import State
from frontdesk.kernel.waiting import expected_wait_of_contact, position

MINUTE_MS = 60_000


def local_time(state: State, now_ms: int) -> datetime:
    """Now on the centre's clocks."""
    return datetime.fromtimestamp(now_ms / 1000, ZoneInfo(state.settings.centre.time_zone))


def _name_contact(state: State, contact: Contact, run: Run, now_ms: int) -> Value:
    return {
        "id": contact.contact_id,
        "channel": contact.channel,
        "topic": contact.topic,
        "priority": contact.priority,
        "attributes": contact.attributes,
        "minutes": (now_ms - contact.opened_ms) // MINUTE_MS,
    }


def _name_customer(state: State, contact: Contact, run: Run, now_ms: int) -> Value:
    customer = contact.customer
    return {"id": customer.customer_id, "name": customer.name, "address": customer.address}


def _name_queue(state: State, contact: Contact, run: Run, now_ms: int) -> Value:
    """`wait` is the expected wait in words, `known` whether anything can be said of it.

    `wait_high_minutes` 0 with a `wait_low_minutes`: longer than anybody would care to say.
    """
    queue = state.settings.queues.get(contact.queue_id)
    expected = expected_wait_of_contact(state, contact.contact_id)
    low, high = (0, 0) if expected is None else band_to_say(expected)
    return {
        "id": contact.queue_id,
        "name": queue.name if queue is not None else "",
        "position": position(state, contact.contact_id) or 1,
        "waiting": state.lanes.waiting_by_queue.get(contact.queue_id, 0),
        "known": expected is not None,
        "wait_low_minutes": low,
        "wait_high_minutes": high or 0,
        "wait": say_wait(low, high, run.language),
        "waited_minutes": (now_ms - contact.queued_ms) // MINUTE_MS,
    }


def _name_centre(state: State, contact: Contact, run: Run, now_ms: int) -> Value:
    return {"name": state.settings.centre.name}


def _name_now(state: State, contact: Contact, run: Run, now_ms: int) -> Value:
    """The centre's local time; `weekday` counts from 1 (Monday)."""
    local = local_time(state, now_ms)
    return {
        "date": local.date().isoformat(),
        "time": local.strftime("%H:%M"),
        "hour": local.hour,
        "minute": local.minute,
        "weekday": local.isoweekday(),
    }


def _name_channel(state: State, contact: Contact, run: Run, now_ms: int) -> Value:
    return contact.channel


def _name_language(state: State, contact: Contact, run: Run, now_ms: int) -> Value:
    return run.language


SYSTEM_NAMES: dict[str, Callable[[State, Contact, Run, int], Value]] = {
    "contact": _name_contact,
    "customer": _name_customer,
    "queue": _name_queue,
    "centre": _name_centre,
    "now": _name_now,
    "channel": _name_channel,
    "language": _name_language,
}


def find_value(state: State, run: Run, name: str, now_ms: int) -> Value:
    """The value of a variable, or of what is known by this name. Raises FlowFaulted."""
    variables = run.frame.variables
    if name in variables:
        return variables[name]
    system = SYSTEM_NAMES.get(name)
    if system is None:
        raise FlowFaulted(FlowFault.EXPRESSION, f"There is no variable {name}.")
    return system(state, state.contacts[run.contact_id], run, now_ms)
