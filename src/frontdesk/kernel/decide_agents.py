"""Decides for agents: offers answered, wrap-up, presence, desks that come and go."""

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.announcing import show_wait
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.decide_contacts import agent_freed, end_engagement
from frontdesk.kernel.decide_transfers import NOTE_CHARS_MAX
from frontdesk.kernel.entities import Agent, Contact, Offer
from frontdesk.kernel.queueing import enqueue
from frontdesk.kernel.refusals import Refusal, RefusalReason, invalid, not_found, not_yours
from frontdesk.kernel.settings import NOT_ANSWERING
from frontdesk.kernel.turn import Turn


def decide_accept_offer(turn: Turn, command: cmd.AcceptOffer) -> Refusal | None:
    offer = turn.state.offers.get(command.offer_id)
    if offer is None:
        return _offer_gone(turn, command.offer_id, command.agent_id)
    if offer.agent_id != command.agent_id:
        return not_yours("offer", command.offer_id)
    turn.end_run(turn.state.contacts[offer.contact_id], ev.FlowResult.SERVED)
    turn.emit(ev.OfferAccepted(offer.offer_id, offer.contact_id, offer.agent_id))
    if turn.state.lanes.has_yielding(turn.state.agents[offer.agent_id]):
        turn.match_agent(offer.agent_id)
    return None


def _offer_gone(turn: Turn, offer_id: int, agent_id: str) -> Refusal:
    """An offer that stands no more: accepted before by the same agent, or really gone."""
    engagement = turn.state.engagements.get(offer_id)
    subject = f"offer {offer_id}"
    if engagement is not None and engagement.agent_id == agent_id:
        return Refusal(
            RefusalReason.ALREADY_DONE, "The offer is accepted already.", subject, offer_id
        )
    return Refusal(RefusalReason.NOT_FOUND, "This offer no longer stands.", subject)


def decide_decline_offer(turn: Turn, command: cmd.DeclineOffer) -> Refusal | None:
    offer = turn.state.offers.get(command.offer_id)
    if offer is None:
        return _offer_gone(turn, command.offer_id, command.agent_id)
    if offer.agent_id != command.agent_id:
        return not_yours("offer", command.offer_id)
    turn.emit(
        ev.OfferDeclined(offer.offer_id, offer.contact_id, offer.agent_id, command.reason[:200])
    )
    offer_again(turn, offer)
    return None


def expire_offer(turn: Turn, offer: Offer) -> None:
    """Nobody answered: the agent is taken off after so many, the contact goes to another."""
    turn.emit(ev.OfferExpired(offer.offer_id, offer.contact_id, offer.agent_id))
    agent = turn.state.agents[offer.agent_id]
    if agent.missed_offers >= turn.state.settings.centre.take_off_after_missed:
        contacts = [_let_go(turn, offer), *withdraw_offers(turn, agent)]
        reason_id, cause = NOT_ANSWERING.break_reason_id, ev.PresenceCause.MISSED_OFFER
        turn.emit(ev.PresenceChanged(agent.agent_id, Presence.BREAK, reason_id, cause))
        match_waiting(turn, contacts)
    else:
        offer_again(turn, offer)


def offer_again(turn: Turn, offer: Offer) -> None:
    """After a failed offer: the contact to another agent, the agent to another contact."""
    contact = _let_go(turn, offer)
    if not turn.match_contact(contact):
        show_wait(turn, contact)
    agent_freed(turn, offer.agent_id)


def _let_go(turn: Turn, offer: Offer) -> Contact:
    """The contact of a failed offer, which waits for its agent alone no longer."""
    contact = turn.state.contacts[offer.contact_id]
    if contact.for_agent_id == offer.agent_id:
        turn.emit(ev.ContactReleased(contact.contact_id))
    return contact


def withdraw_offers(turn: Turn, agent: Agent) -> list[Contact]:
    """Takes back every offer that stands with the agent; returns their contacts."""
    contacts: list[Contact] = []
    for offer_id in list(agent.offer_ids):
        offer = turn.state.offers[offer_id]
        turn.emit(
            ev.OfferWithdrawn(
                offer_id, offer.contact_id, agent.agent_id, ev.WithdrawnReason.AGENT_LEFT
            )
        )
        contacts.append(_let_go(turn, offer))
    return contacts


def decide_complete_wrap_up(turn: Turn, command: cmd.CompleteWrapUp) -> Refusal | None:
    state = turn.state
    engagement = state.engagements.get(command.engagement_id)
    if engagement is None:
        return not_found("engagement", command.engagement_id)
    if engagement.agent_id != command.agent_id:
        return not_yours("engagement", command.engagement_id)
    subject = f"engagement {command.engagement_id}"
    if engagement.ended_ms is None:
        return Refusal(RefusalReason.WRONG_STATE, "The conversation still goes on.", subject)
    if len(command.note) > NOTE_CHARS_MAX:
        return invalid(f"A note has at most {NOTE_CHARS_MAX} characters.", subject)
    queue = state.settings.queues.get(engagement.queue_id)
    allowed = queue.disposition_ids if queue is not None else ()
    disposition_id = command.disposition_id
    if disposition_id is not None and disposition_id not in state.settings.dispositions:
        return not_found("disposition", disposition_id)
    if allowed and disposition_id not in allowed:
        return invalid("Choose one of the queue's dispositions.", subject)
    complete_wrap_up(turn, command.engagement_id, disposition_id, command.note, timed_out=False)
    return None


def complete_wrap_up(
    turn: Turn, engagement_id: int, disposition_id: str | None, note: str, *, timed_out: bool
) -> None:
    engagement = turn.state.engagements[engagement_id]
    agent_id = engagement.agent_id
    turn.emit(
        ev.WrapUpCompleted(
            engagement_id, engagement.contact_id, agent_id, disposition_id, note, timed_out
        )
    )
    agent_freed(turn, agent_id)


def decide_set_presence(turn: Turn, command: cmd.SetPresence) -> Refusal | None:
    agent = turn.state.agents.get(command.agent_id)
    if agent is None:
        return not_found("agent", command.agent_id)
    refusal = _check_presence(turn, agent, command)
    if refusal is not None:
        return refusal
    reason_id = command.break_reason_id if command.presence is Presence.BREAK else None
    if (agent.presence, agent.break_reason_id) == (command.presence, reason_id):
        _cancel_next_presence(turn, agent)
        return None
    if command.when_free and agent.load_units > 0:
        if (agent.next_presence, agent.next_break_reason_id) != (command.presence, reason_id):
            turn.emit(ev.NextPresenceSet(agent.agent_id, command.presence, reason_id))
        return None
    change_presence(turn, agent, command.presence, reason_id, ev.PresenceCause.SET)
    return None


def _check_presence(turn: Turn, agent: Agent, command: cmd.SetPresence) -> Refusal | None:
    if command.presence is Presence.BREAK:
        reasons = turn.state.settings.break_reasons
        if command.break_reason_id is None:
            return invalid("A break needs a reason.", f"agent {agent.agent_id}")
        if command.break_reason_id not in reasons:
            return not_found("break reason", command.break_reason_id)
    leaving = command.presence is Presence.OFFLINE and not command.when_free
    if leaving and agent.engagement_ids and not command.return_contacts:
        count = len(agent.engagement_ids)
        return Refusal(
            RefusalReason.WRONG_STATE,
            f"{count} contact(s) are still in hand: finish or transfer them, "
            "or go offline after them.",
            f"agent {agent.agent_id}",
        )
    return None


def change_presence(
    turn: Turn, agent: Agent, presence: Presence, reason_id: str | None, cause: ev.PresenceCause
) -> None:
    """Changes presence; whoever stops being available gives back the offers that stand."""
    contacts = [] if presence is Presence.AVAILABLE else withdraw_offers(turn, agent)
    turn.emit(ev.PresenceChanged(agent.agent_id, presence, reason_id, cause))
    if presence is Presence.OFFLINE:
        _give_back_work(turn, agent)
    match_waiting(turn, contacts)
    if presence is Presence.AVAILABLE:
        turn.match_agent(agent.agent_id)


def match_waiting(turn: Turn, contacts: list[Contact]) -> None:
    """Finds agents for contacts whose offers came to nothing, in the order of their places."""
    place = turn.state.lanes.place
    waiting = [contact for contact in contacts if contact.contact_id in place]
    for contact in sorted(waiting, key=lambda contact: place[contact.contact_id][1]):
        if not turn.match_contact(contact):
            show_wait(turn, contact)


def _give_back_work(turn: Turn, agent: Agent) -> None:
    """Returns the agent's contacts to their queues and ends the wrap-ups."""
    for engagement_id in list(agent.engagement_ids):
        engagement = turn.state.engagements.get(engagement_id)
        if engagement is None:  # a consult about a contact that went before
            continue
        if engagement.ended_ms is not None:
            turn.emit(
                ev.WrapUpCompleted(
                    engagement_id, engagement.contact_id, agent.agent_id, None, "", True
                )
            )
            continue
        contact = turn.state.contacts[engagement.contact_id]
        end_engagement(turn, contact, ev.EngagementEnd.AGENT_LOST)
        enqueue(turn, contact, engagement.queue_id, ev.QueuedCause.RETURNED)


def decide_cancel_next_presence(turn: Turn, command: cmd.CancelNextPresence) -> Refusal | None:
    agent = turn.state.agents.get(command.agent_id)
    if agent is None:
        return not_found("agent", command.agent_id)
    _cancel_next_presence(turn, agent)
    return None


def _cancel_next_presence(turn: Turn, agent: Agent) -> None:
    """The agent stays on, and may be asked again."""
    if agent.next_presence is not None:
        turn.emit(ev.NextPresenceSet(agent.agent_id, None, None))
        turn.match_agent(agent.agent_id)


def decide_connect_agent(turn: Turn, command: cmd.ConnectAgent) -> Refusal | None:
    agent = turn.state.agents.get(command.agent_id)
    if agent is None:
        return not_found("agent", command.agent_id)
    if not agent.connected:
        turn.emit(ev.AgentConnected(agent.agent_id))
    return None


def decide_disconnect_agent(turn: Turn, command: cmd.DisconnectAgent) -> Refusal | None:
    agent = turn.state.agents.get(command.agent_id)
    if agent is None:
        return not_found("agent", command.agent_id)
    if agent.connected:
        turn.emit(ev.AgentDisconnected(agent.agent_id))
    return None


def lose_agent(turn: Turn, agent: Agent) -> None:
    """The desk did not come back: the agent is offline and others take the contacts."""
    change_presence(turn, agent, Presence.OFFLINE, None, ev.PresenceCause.LOST)
