"""What became of contacts: lists, one whole, its messages, its life, a customer's past."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, Router, get
from litestar.params import PathParameter, QueryParameter

from frontdesk.api.access import catch_up, get_seen_record, require_customer, require_sight
from frontdesk.api.calls import (
    PAGE_DEFAULT,
    PAGE_MAX,
    Caller,
    IntId,
    PageSize,
    Parts,
    TextQuery,
    TimeQuery,
)
from frontdesk.api.identity import administrators_only, agents_only
from frontdesk.kernel.settings import Role
from frontdesk.records.changes import RecordChangePage
from frontdesk.views.documents import ContactState
from frontdesk.views.record_documents import (
    ContactEventPage,
    ContactFilter,
    ContactRecordDocument,
    ContactRecordPage,
    MessagePage,
    SettingChangePage,
)

Cursor = Annotated[
    str | None,
    QueryParameter(
        max_length=18, pattern=r"^[0-9]+$", description="`next_cursor` of the page before"
    ),
]
StateQuery = Annotated[ContactState | None, QueryParameter(name="state")]
CustomerId = Annotated[str, PathParameter(min_length=1, max_length=200)]


@get("/contacts", guards=[agents_only], operation_id="listContacts", tags=["Contacts"])
async def list_contacts(
    caller: Caller,
    parts: Parts,
    queue_id: TextQuery = None,
    agent_id: TextQuery = None,
    customer: TextQuery = None,
    contact_state: StateQuery = None,
    from_ms: TimeQuery = None,
    to_ms: TimeQuery = None,
    cursor: Cursor = None,
    limit: PageSize = PAGE_DEFAULT,
) -> ContactRecordPage:
    """Contacts, the latest first. An agent gets those they have served.

    `customer` is an id, or a part of a name or address; `from_ms` and `to_ms` are about when it
    was opened.
    """
    if not caller.may(Role.SUPERVISOR):
        agent_id = caller.get_agent_id()
    await catch_up(parts)
    wanted = ContactFilter(
        queue_id=queue_id,
        agent_id=agent_id,
        customer=customer,
        state=contact_state,
        from_ms=from_ms,
        to_ms=to_ms,
    )
    return await parts.queries.find_contacts(wanted, cursor, limit)


@get(
    "/contacts/{contact_id:int}",
    guards=[agents_only],
    operation_id="getContact",
    tags=["Contacts"],
)
async def get_contact(contact_id: IntId, caller: Caller, parts: Parts) -> ContactRecordDocument:
    """What became of a contact, or has so far."""
    return await get_seen_record(parts, caller, contact_id)


@get(
    "/contacts/{contact_id:int}/messages",
    guards=[agents_only],
    operation_id="listMessages",
    tags=["Contacts"],
)
async def list_messages(
    contact_id: IntId,
    caller: Caller,
    parts: Parts,
    before: Cursor = None,
    limit: PageSize = PAGE_DEFAULT,
) -> MessagePage:
    """The newest messages before number `before`, oldest first, internal notes included."""
    await require_sight(parts, caller, contact_id)
    return await parts.queries.find_messages(contact_id, before, limit)


@get(
    "/contacts/{contact_id:int}/transcript",
    guards=[agents_only],
    operation_id="downloadTranscript",
    media_type="text/plain",
    tags=["Contacts"],
)
async def download_transcript(contact_id: IntId, caller: Caller, parts: Parts) -> Response[str]:
    """The conversation as a text file, internal notes included."""
    await require_sight(parts, caller, contact_id)
    time_zone = parts.live.board.centre.time_zone
    text = await parts.queries.build_transcript(contact_id, time_zone, with_internal=True)
    return Response(
        text or "",
        media_type="text/plain",
        headers={"Content-Disposition": f'attachment; filename="contact-{contact_id}.txt"'},
    )


@get(
    "/contacts/{contact_id:int}/events",
    guards=[agents_only],
    operation_id="listContactEvents",
    tags=["Contacts"],
)
async def list_events(
    contact_id: IntId,
    caller: Caller,
    parts: Parts,
    cursor: Cursor = None,
    limit: PageSize = PAGE_MAX,
) -> ContactEventPage:
    """A contact's life, event by event as the journal has it."""
    await require_sight(parts, caller, contact_id)
    return await parts.queries.find_events(contact_id, cursor, limit)


@get(
    "/customers/{customer_id:str}/contacts",
    guards=[agents_only],
    operation_id="listCustomerContacts",
    tags=["Customers"],
)
async def list_customer_contacts(
    customer_id: CustomerId,
    caller: Caller,
    parts: Parts,
    cursor: Cursor = None,
    limit: PageSize = PAGE_DEFAULT,
) -> ContactRecordPage:
    """A customer's contacts, the latest first: for whoever has one of them in hand.

    A customer is also told by a telephone number (E.164).
    """
    require_customer(parts, caller, customer_id)
    await catch_up(parts)
    return await parts.queries.find_customer_contacts(customer_id, cursor, limit)


@get("/audit", guards=[administrators_only], operation_id="listAudit", tags=["Audit"])
async def list_audit(
    parts: Parts,
    kind: TextQuery = None,
    entity_id: TextQuery = None,
    before: Cursor = None,
    limit: PageSize = PAGE_DEFAULT,
) -> SettingChangePage:
    """Who changed which setting when, the latest first; of one kind or one setting, if wished."""
    await catch_up(parts)
    return await parts.queries.find_setting_changes(before, limit, kind, entity_id)


@get(
    "/audit/records",
    guards=[administrators_only],
    operation_id="listRecordChanges",
    tags=["Audit"],
)
async def list_record_changes(
    parts: Parts, before: Cursor = None, limit: PageSize = PAGE_DEFAULT
) -> RecordChangePage:
    """Who changed which article or secret when, the latest first; of secrets only their names."""
    return await parts.record_changes.find(before, limit)


router = Router(
    "/",
    route_handlers=[
        list_contacts,
        get_contact,
        list_messages,
        download_transcript,
        list_events,
        list_customer_contacts,
        list_audit,
        list_record_changes,
    ],
)
