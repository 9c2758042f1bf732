"""What is done with contacts: opened, written in, held, passed on, ended."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, post, put
from litestar.params import JSONBody

from frontdesk.api.calls import ID_MAX, Caller, CommandId, IntId, Parts, get_event, obey
from frontdesk.api.identity import Identity, agents_only
from frontdesk.api.parts import ApiParts
from frontdesk.kernel.commands import (
    Attachment,
    Author,
    CustomerCard,
    EndContact,
    HoldContact,
    OpenContact,
    PostMessage,
    ReadMessages,
    ResumeContact,
    TransferContact,
)
from frontdesk.kernel.decide_contacts import PRIORITY_MAX
from frontdesk.kernel.decide_messages import (
    ATTACHMENTS_MAX,
    CLIENT_ID_CHARS_MAX,
    TEXT_CHARS_MAX,
)
from frontdesk.kernel.events import ContactOpened, MessagePosted
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.settings import Role, SkillNeed
from frontdesk.runtime.refused import Refused, refuse

ATTRIBUTES_MAX = 50

ShortText = Annotated[str, msgspec.Meta(max_length=200)]
Attributes = Annotated[
    dict[ShortText, Annotated[str, msgspec.Meta(max_length=2_000)]],
    msgspec.Meta(max_length=ATTRIBUTES_MAX),
]


class CustomerInfo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who the customer is, and the address by which the channel reaches them."""

    customer_id: ShortText = ""
    name: ShortText = ""
    address: ShortText = ""


class NewContact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A customer who asks for a queue, or else meets a flow.

    `channel_ref` is the channel's own id for the contact.
    """

    channel: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    channel_ref: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    queue_id: Annotated[str, msgspec.Meta(max_length=64)] = ""
    flow_id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)] | None = None
    language: Annotated[str, msgspec.Meta(max_length=20)] = ""
    customer: CustomerInfo = CustomerInfo()
    topic: ShortText = ""
    skills: Annotated[tuple[SkillNeed, ...], msgspec.Meta(max_length=20)] = ()
    priority: Annotated[int, msgspec.Meta(ge=-PRIORITY_MAX, le=PRIORITY_MAX)] = 0
    previous_agent_id: str | None = None
    attributes: Attributes = {}


class OpenedContact(msgspec.Struct, frozen=True):
    """The id of the new contact."""

    contact_id: int


class NewMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`client_id` is the sender's own id: sent again, it is the same message.

    `attachments` are answers of `POST /api/attachments`; `internal` notes are for colleagues only.
    """

    client_id: Annotated[str, msgspec.Meta(min_length=1, max_length=CLIENT_ID_CHARS_MAX)]
    text: Annotated[str, msgspec.Meta(max_length=TEXT_CHARS_MAX)] = ""
    attachments: Annotated[tuple[Attachment, ...], msgspec.Meta(max_length=ATTACHMENTS_MAX)] = ()
    internal: bool = False


class PostedMessage(msgspec.Struct, frozen=True):
    """The message's place in the contact, counted from 1."""

    contact_id: int
    number: int


class ReadMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The number of the last message seen."""

    number: Annotated[int, msgspec.Meta(ge=0, le=ID_MAX)]


class Transfer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the contact goes: a queue, an agent (within `to_queue_id`, or its own), or a flow."""

    to_queue_id: str | None = None
    to_agent_id: str | None = None
    to_flow_id: str | None = None
    note: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


@post("/", guards=[agents_only], operation_id="openContact")
async def open_contact(
    data: JSONBody[NewContact], caller: Caller, parts: Parts, command_id: CommandId
) -> OpenedContact:
    """Open a contact. The same `channel_ref` again is refused and names the contact it made."""
    customer = CustomerCard(data.customer.customer_id, data.customer.name, data.customer.address)
    command = OpenContact(
        data.channel,
        data.channel_ref,
        data.queue_id,
        customer,
        data.topic,
        data.skills,
        data.priority,
        data.previous_agent_id,
        data.attributes,
        data.flow_id,
        data.language,
    )
    events = await obey(parts, caller, command, command_id)
    return OpenedContact(get_event(events, ContactOpened).contact_id)


@post("/{contact_id:int}/messages", guards=[agents_only], operation_id="postMessage")
async def post_message(
    contact_id: IntId, data: JSONBody[NewMessage], caller: Caller, parts: Parts
) -> PostedMessage:
    """Write a message to the customer, or an internal note.

    The same `client_id` again is answered with the message it made.
    """
    agent_id = caller.get_agent_id()
    _require_part(parts, caller, contact_id)
    command = PostMessage(
        contact_id,
        Author.AGENT,
        data.client_id,
        data.text,
        agent_id,
        await _attach(parts, caller, contact_id, data.attachments),
        data.internal,
    )
    try:
        events = await obey(parts, caller, command)
    except Refused as refused:
        number = refused.refusal.existing_id
        if refused.refusal.reason is not RefusalReason.ALREADY_DONE or number is None:
            raise
        return PostedMessage(contact_id, number)
    return PostedMessage(contact_id, get_event(events, MessagePosted).number)


@put("/{contact_id:int}/read", guards=[agents_only], status_code=204, operation_id="readMessages")
async def read_messages(
    contact_id: IntId, data: JSONBody[ReadMark], caller: Caller, parts: Parts
) -> None:
    """Mark messages as seen, up to a number."""
    await obey(parts, caller, ReadMessages(contact_id, data.number, caller.get_agent_id()))


@post("/{contact_id:int}/typing", guards=[agents_only], status_code=204, operation_id="sayTyping")
async def say_typing(contact_id: IntId, caller: Caller, parts: Parts) -> None:
    """Tell the customer that the agent is typing; it is kept nowhere."""
    _require_part(parts, caller, contact_id)
    parts.watches.say_typing(contact_id, Author.AGENT, caller.get_agent_id())


@post("/{contact_id:int}/end", guards=[agents_only], status_code=204, operation_id="endContact")
async def end_contact(contact_id: IntId, caller: Caller, parts: Parts) -> None:
    """End a contact: one's own, or as a supervisor anybody's."""
    agent_id = caller.agent_id
    own = agent_id is not None and parts.live.has_part(agent_id, contact_id)
    if own or not caller.may(Role.SUPERVISOR):
        await obey(parts, caller, EndContact(contact_id, Author.AGENT, caller.get_agent_id()))
    else:
        await obey(parts, caller, EndContact(contact_id, Author.SYSTEM))


@post("/{contact_id:int}/hold", guards=[agents_only], status_code=204, operation_id="holdContact")
async def hold_contact(contact_id: IntId, caller: Caller, parts: Parts) -> None:
    """Put a contact on hold."""
    await obey(parts, caller, HoldContact(contact_id, caller.get_agent_id()))


@post(
    "/{contact_id:int}/resume",
    guards=[agents_only],
    status_code=204,
    operation_id="resumeContact",
)
async def resume_contact(contact_id: IntId, caller: Caller, parts: Parts) -> None:
    """Take a contact off hold."""
    await obey(parts, caller, ResumeContact(contact_id, caller.get_agent_id()))


@post(
    "/{contact_id:int}/transfer",
    guards=[agents_only],
    status_code=204,
    operation_id="transferContact",
)
async def transfer_contact(
    contact_id: IntId, data: JSONBody[Transfer], caller: Caller, parts: Parts, command_id: CommandId
) -> None:
    """Pass a contact on to a queue or to an agent, or into a flow."""
    command = TransferContact(
        contact_id,
        caller.get_agent_id(),
        data.to_queue_id,
        data.to_agent_id,
        data.note,
        data.to_flow_id,
    )
    await obey(parts, caller, command, command_id)


def _require_part(parts: ApiParts, caller: Identity, contact_id: int) -> None:
    if parts.live.find_contact(contact_id) is None:
        raise refuse(
            RefusalReason.NOT_FOUND,
            f"There is no open contact {contact_id}",
            f"contact {contact_id}",
        )
    if not caller.may(Role.SUPERVISOR) and not parts.live.has_part(
        caller.get_agent_id(), contact_id
    ):
        raise refuse(RefusalReason.NOT_YOURS, "This contact is not yours", f"contact {contact_id}")


async def _attach(
    parts: ApiParts, caller: Identity, contact_id: int, attachments: tuple[Attachment, ...]
) -> tuple[Attachment, ...]:
    blob_ids = [attachment.blob_id for attachment in attachments]
    attached = await parts.files.attach(blob_ids, contact_id, caller.actor)
    if attached is None:
        raise refuse(
            RefusalReason.INVALID, "A file was never uploaded by you, or is in another contact"
        )
    return attached


router = Router(
    "/contacts",
    route_handlers=[
        open_contact,
        post_message,
        read_messages,
        say_typing,
        end_contact,
        hold_contact,
        resume_contact,
        transfer_contact,
    ],
    tags=["Contacts"],
)
