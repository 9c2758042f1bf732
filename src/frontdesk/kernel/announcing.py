"""Puts on record what a contact that begins to wait is told, to be held against what comes."""

from frontdesk.kernel.entities import Contact
from frontdesk.kernel.estimators.points import wait_moments
from frontdesk.kernel.estimators.ranges import gamma_range
from frontdesk.kernel.estimators.ratios import find_range
from frontdesk.kernel.events import WaitAnnounced
from frontdesk.kernel.turn import Turn
from frontdesk.kernel.waiting import find_situation

SHOWING_CHANNELS = frozenset({"webchat"})
"""Channels that show a customer who waits the place and the expected wait, unasked.

On others it is for a flow to say them. Nothing is put on record that nobody was told.
"""


def show_wait(turn: Turn, contact: Contact) -> None:
    """Announces to a contact that begins to wait, if somebody is there to whom it is shown."""
    if contact.channel in SHOWING_CHANNELS and contact.callback is None:
        announce_wait(turn, contact)


def announce_wait(turn: Turn, contact: Contact) -> None:
    """Announces the rest of the wait: once in each wait, and if enough is known of the queue.

    A contact that waits for one agent alone is told nothing: the queue's pace says nothing about
    that agent's.
    """
    waits = contact.contact_id in turn.state.lanes.place
    if not waits or contact.announced is not None or contact.for_agent_id is not None:
        return
    situation = find_situation(turn.state, contact, turn.now_ms)
    if situation is None:
        return
    ahead = situation.ahead
    mean_ms, variance = wait_moments(situation.service_rate, situation.leave_rate, ahead)
    ratios = turn.state.stats[contact.queue_id].ratios
    low_ms, likely_ms, high_ms = find_range(ratios, ahead, mean_ms) or gamma_range(
        mean_ms, variance
    )
    turn.emit(
        WaitAnnounced(
            contact.contact_id,
            contact.queue_id,
            low_ms,
            likely_ms,
            high_ms,
            round(mean_ms),
            ahead,
            situation.last_wait_ms,
            situation.head_age_ms,
        )
    )
