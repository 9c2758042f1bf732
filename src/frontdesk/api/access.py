"""Who may see which contact, and records that are as fresh as what the caller has just done."""

from __future__ import annotations

from frontdesk.api.identity import Identity
from frontdesk.api.parts import ApiParts
from frontdesk.kernel.commands import CustomerCard
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.settings import Role
from frontdesk.kernel.telephone import is_phone_number
from frontdesk.runtime import catching_up
from frontdesk.runtime.refused import Refused, refuse
from frontdesk.views.record_documents import ContactRecordDocument


async def catch_up(parts: ApiParts) -> None:
    """Returns when the records hold all that was durable at the call. Raises Unavailable."""
    await catching_up.catch_up(parts.runtime, parts.records_follower)


async def require_sight(parts: ApiParts, caller: Identity, contact_id: int) -> None:
    """Lets pass who may see the contact. Raises Refused: not_found or not_yours."""
    await get_seen_record(parts, caller, contact_id)


async def get_seen_record(
    parts: ApiParts, caller: Identity, contact_id: int
) -> ContactRecordDocument:
    """The record of a contact that the caller may see. Raises Refused: not_found or not_yours.

    An agent sees the contacts they have or had a part in, and earlier ones of the customers whose
    contacts they have in hand; a supervisor sees all.
    """
    await catch_up(parts)
    record = await parts.queries.find_contact(contact_id)
    if record is None:
        raise refuse(
            RefusalReason.NOT_FOUND,
            f"There is no contact {contact_id}",
            f"contact {contact_id}",
        )
    if caller.may(Role.SUPERVISOR) or _may_see(parts, caller.get_agent_id(), record):
        return record
    raise _not_yours(contact_id)


def require_customer(parts: ApiParts, caller: Identity, customer_id: str) -> None:
    """Lets pass who may see the customer's past. Raises Refused (not_yours)."""
    if caller.may(Role.SUPERVISOR):
        return
    if customer_id not in _find_customers_in_hand(parts, caller.get_agent_id()):
        raise refuse(RefusalReason.NOT_YOURS, "You have no contact of this customer", "customer")


def _may_see(parts: ApiParts, agent_id: str, record: ContactRecordDocument) -> bool:
    if agent_id in record.agent_ids or parts.live.has_part(agent_id, record.contact_id):
        return True
    return not _keys_of(record.customer).isdisjoint(_find_customers_in_hand(parts, agent_id))


def _find_customers_in_hand(parts: ApiParts, agent_id: str) -> set[str]:
    state = parts.live.board.state
    agent = state.agents.get(agent_id)
    if agent is None:
        return set()
    engaged = [state.engagements[e].contact_id for e in agent.engagement_ids]
    offered = [state.offers[o].contact_id for o in agent.offer_ids]
    contacts = [state.contacts[id_] for id_ in engaged + offered if id_ in state.contacts]
    return {key for contact in contacts for key in _keys_of(contact.customer)}


def _keys_of(customer: CustomerCard) -> set[str]:
    """What tells the customer apart from all others: an id, a telephone number."""
    number = customer.address if is_phone_number(customer.address) else ""
    return {customer.customer_id, number} - {""}


def _not_yours(contact_id: int) -> Refused:
    return refuse(RefusalReason.NOT_YOURS, "This contact is not yours", f"contact {contact_id}")
