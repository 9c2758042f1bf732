"""What customers can do, once it is known who they are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Final

import msgspec

from frontdesk.channels.webchat.frames import Message
from frontdesk.channels.webchat.limits import (
    CLIENT_ID_CHARS_MAX,
    CLIENT_ID_CHARS_MIN,
    EMAIL_CHARS_MAX,
    HISTORY_CONTACTS_MAX,
    HISTORY_MESSAGES_MAX,
    LANGUAGE_CHARS_MAX,
    NAME_CHARS_MAX,
    TOKEN_CHARS_MAX,
    URL_CHARS_MAX,
)
from frontdesk.channels.webchat.tokens import Tokens
from frontdesk.channels.webchat.visits import CHANNEL, Visits
from frontdesk.kernel.commands import (
    AnyCommand,
    Attachment,
    Author,
    CustomerCard,
    EndContact,
    OpenContact,
    PostMessage,
    RateContact,
    ReadMessages,
)
from frontdesk.kernel.events import AnyEvent, ContactOpened
from frontdesk.kernel.flows.prompts import Prompt
from frontdesk.kernel.hours import is_open, next_opening_ms
from frontdesk.kernel.refusals import Refusal, RefusalReason
from frontdesk.kernel.settings import Hours, Queue, Widget, WidgetTopic
from frontdesk.records.blobs.library import FILE_BYTES_MAX, File, FileLibrary
from frontdesk.records.blobs.media_types import ALLOWED
from frontdesk.runtime.catching_up import catch_up
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.refused import Refused, refuse
from frontdesk.views.documents import MessageDocument
from frontdesk.views.errors import ViewsUnavailable
from frontdesk.views.queries import Queries
from frontdesk.views.record_documents import ContactRecordDocument
from frontdesk.views.records import RecordsProjection

WIDGET_ATTRIBUTE: Final = "widget_id"


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A customer who wants to chat. The same `client_id` again gives the same contact.

    `client_id` is random, made by the widget and known to it alone.
    """

    client_id: Annotated[
        str, msgspec.Meta(min_length=CLIENT_ID_CHARS_MIN, max_length=CLIENT_ID_CHARS_MAX)
    ]
    topic_id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    name: Annotated[str, msgspec.Meta(max_length=NAME_CHARS_MAX)] = ""
    email: Annotated[str, msgspec.Meta(max_length=EMAIL_CHARS_MAX)] = ""
    page_url: Annotated[str, msgspec.Meta(max_length=URL_CHARS_MAX)] = ""
    language: Annotated[str, msgspec.Meta(max_length=LANGUAGE_CHARS_MAX)] = ""
    """In which the widget speaks to the customer."""
    visitor_token: Annotated[str, msgspec.Meta(max_length=TOKEN_CHARS_MAX)] | None = None


class Opened(msgspec.Struct, frozen=True):
    """`token` is for this contact, `visitor_token` for coming back as the same customer."""

    contact_id: int
    token: str
    visitor_token: str


class Topic(msgspec.Struct, frozen=True):
    """What a customer can ask about; `opens_ms`: the next opening of a closed one, if known."""

    topic_id: str
    name: str
    open: bool
    opens_ms: int | None


class FileRules(msgspec.Struct, frozen=True):
    """Which files may be sent."""

    max_bytes: int
    types: tuple[str, ...]


class WidgetConfig(msgspec.Struct, frozen=True):
    """How the widget looks and what it offers; `attachments` null: no files can be sent."""

    title: str
    greeting: str
    topics: tuple[Topic, ...]
    colour: str
    locale: str
    attachments: FileRules | None


class CustomerMessage(msgspec.Struct, frozen=True):
    """A message as its customer sees it."""

    number: int
    at_ms: int
    author: Author
    author_name: str
    client_id: str
    text: str
    attachments: tuple[Attachment, ...]
    prompt: Prompt | None
    """What a flow asked for with it."""


class EarlierContact(msgspec.Struct, frozen=True):
    """A contact of before; `token` opens it: its files, its transcript."""

    contact_id: int
    token: str
    opened_ms: int
    closed_ms: int | None
    topic: str
    messages: tuple[CustomerMessage, ...]


class History(msgspec.Struct, frozen=True):
    """A visitor's contacts, the latest first."""

    contacts: tuple[EarlierContact, ...]
    next_cursor: str | None


class Conversations:
    """Everything a customer may do, by commands and queries."""

    def __init__(
        self,
        runtime: CentreRuntime,
        queries: Queries,
        files: FileLibrary,
        visits: Visits,
        tokens: Tokens,
    ) -> None:
        self._runtime = runtime
        self._queries = queries
        self._files = files
        self._visits = visits
        self._tokens = tokens

    # -- the widget

    def find_widget(self, widget_id: str) -> Widget | None:
        """The widget's settings."""
        found = self._find_setting("widget", widget_id)
        return found if isinstance(found, Widget) else None

    def get_widget(self, widget_id: str) -> Widget:
        """The widget's settings. Raises Refused (not_found)."""
        widget = self.find_widget(widget_id)
        if widget is None:
            raise refuse(RefusalReason.NOT_FOUND, "There is no such widget", f"widget {widget_id}")
        return widget

    def build_config(self, widget: Widget) -> WidgetConfig:
        """What the widget shows before anything is said."""
        rules = FileRules(FILE_BYTES_MAX, ALLOWED) if widget.attachments else None
        return WidgetConfig(
            widget.title,
            widget.greeting,
            tuple(self._build_topic(topic) for topic in widget.topics),
            widget.colour,
            widget.locale,
            rules,
        )

    def _build_topic(self, topic: WidgetTopic) -> Topic:
        if topic.flow_id is not None:  # it is for the flow to say what is open
            is_there = self._find_setting("flow", topic.flow_id) is not None
            return Topic(topic.topic_id, topic.name, is_there, None)
        queue = self._find_setting("queue", topic.queue_id)
        hours_id = queue.hours_id if isinstance(queue, Queue) else None
        hours = self._find_setting("hours", hours_id) if hours_id is not None else None
        if not isinstance(hours, Hours):
            return Topic(topic.topic_id, topic.name, isinstance(queue, Queue), None)
        now_ms = self._runtime.clock.now_ms()
        if is_open(hours, now_ms):
            return Topic(topic.topic_id, topic.name, True, None)
        return Topic(topic.topic_id, topic.name, False, next_opening_ms(hours, now_ms))

    def _find_setting(self, kind: str, entity_id: str) -> object:
        return self._runtime.live.board.state.settings.get(f"{kind}/{entity_id}")

    # -- contacts

    async def open(self, widget: Widget, opening: Opening, visitor_id: str | None) -> Opened:
        """Opens a contact, or finds the one that the same request opened before."""
        topic = next((t for t in widget.topics if t.topic_id == opening.topic_id), None)
        if topic is None:
            raise refuse(RefusalReason.INVALID, "There is no such topic")
        customer_id = visitor_id or self._tokens.build_customer_id(
            widget.widget_id, opening.client_id
        )
        command = OpenContact(
            channel=CHANNEL,
            channel_ref=f"{widget.widget_id}/{customer_id}/{opening.client_id}",
            queue_id=topic.queue_id,
            flow_id=topic.flow_id,
            language=opening.language or widget.locale,
            customer=CustomerCard(customer_id, opening.name.strip(), opening.email.strip()),
            topic=topic.name,
            previous_agent_id=await self._find_previous_agent(visitor_id),
            attributes=_build_attributes(widget, opening),
        )
        contact_id = await self._open_once(command)
        return Opened(
            contact_id,
            self._tokens.sign_contact(widget.widget_id, contact_id),
            self._tokens.sign_visitor(customer_id),
        )

    async def _open_once(self, command: OpenContact) -> int:
        actor = f"customer:{command.customer.customer_id}"
        answer = await self._runtime.submit(command, actor=actor)
        if isinstance(answer, Refusal):
            if answer.reason is RefusalReason.ALREADY_DONE and answer.existing_id is not None:
                return answer.existing_id
            raise Refused(answer)
        opened = next(e for e in answer.events if isinstance(e, ContactOpened))
        self._visits.expect(opened.contact_id)
        return opened.contact_id

    async def _find_previous_agent(self, visitor_id: str | None) -> str | None:
        if visitor_id is None:
            return None
        try:
            return await self._queries.find_previous_agent(visitor_id)
        except ViewsUnavailable:
            # Nobody waits for a nicety: without it the contact goes to whoever is free.
            return None

    async def post(self, contact_id: int, message: Message) -> None:
        """Posts a message; one that was posted before under its id is posted. Raises Refused."""
        attached = await self._files.attach(
            [a.blob_id for a in message.attachments], contact_id, build_owner(contact_id)
        )
        if attached is None:
            raise refuse(RefusalReason.INVALID, "A file was never uploaded in this contact")
        command = PostMessage(
            contact_id,
            Author.CUSTOMER,
            message.client_id,
            message.text,
            None,
            attached,
            choice=message.choice,
        )
        await self._obey_once(contact_id, command)

    async def read(self, contact_id: int, number: int) -> None:
        """Marks messages as seen. Raises Refused."""
        await self._obey(contact_id, ReadMessages(contact_id, number))

    async def end(self, contact_id: int) -> None:
        """Ends the contact; one that has ended already has ended. Raises Refused."""
        live = self._runtime.live.find_contact(contact_id)
        if live is not None and live.closed_ms is not None:
            return
        await self._obey(contact_id, EndContact(contact_id, Author.CUSTOMER))

    async def rate(self, contact_id: int, score: int, comment: str) -> None:
        """Keeps the customer's verdict; a second one changes nothing. Raises Refused."""
        await self._obey_once(contact_id, RateContact(contact_id, score, comment))

    async def _obey_once(self, contact_id: int, command: AnyCommand) -> None:
        try:
            await self._obey(contact_id, command)
        except Refused as refused:
            if refused.refusal.reason is not RefusalReason.ALREADY_DONE:
                raise

    async def _obey(self, contact_id: int, command: AnyCommand) -> list[AnyEvent]:
        answer = await self._runtime.submit(command, actor=build_owner(contact_id))
        if isinstance(answer, Refusal):
            raise Refused(answer)
        return answer.events

    # -- what was said

    async def find_history(self, widget_id: str, visitor_id: str, cursor: str | None) -> History:
        """The visitor's contacts in this widget, with what was said."""
        page = await self._queries.find_customer_contacts(visitor_id, cursor, HISTORY_CONTACTS_MAX)
        contacts: list[EarlierContact] = []
        for record in page.items:
            if record.attributes.get(WIDGET_ATTRIBUTE) != widget_id:
                continue
            messages = await self._queries.find_messages(
                record.contact_id, None, HISTORY_MESSAGES_MAX, with_internal=False
            )
            contacts.append(
                EarlierContact(
                    record.contact_id,
                    self._tokens.sign_contact(widget_id, record.contact_id),
                    record.opened_ms,
                    record.closed_ms,
                    record.topic,
                    tuple(map(show_message, messages.items)),
                )
            )
        return History(tuple(contacts), page.next_cursor)

    async def find_missed(self, contact_id: int, after: int) -> list[CustomerMessage]:
        """Messages with greater numbers than `after`, oldest first, from the records."""
        found: list[CustomerMessage] = []
        before: str | None = None
        while True:
            page = await self._queries.find_messages(contact_id, before, 200, with_internal=False)
            found = [show_message(m) for m in page.items if m.number > after] + found
            before = page.next_cursor
            if before is None or page.items[0].number <= after:
                return found

    async def catch_up(self) -> None:
        """Returns when the records hold all that has happened. Raises Unavailable."""
        await catch_up(self._runtime, RecordsProjection.name)

    async def find_record(self, contact_id: int) -> ContactRecordDocument | None:
        """What became of the contact."""
        return await self._queries.find_contact(contact_id)

    async def build_transcript(self, contact_id: int) -> str | None:
        """The conversation as text, without internal notes; None: there is no such contact."""
        time_zone = self._runtime.live.board.centre.time_zone
        return await self._queries.build_transcript(contact_id, time_zone, with_internal=False)

    # -- files

    async def upload(
        self, contact_id: int, name: str, declared_type: str, chunks: AsyncIterator[bytes]
    ) -> Attachment:
        """Keeps a file, to be sent with a message. Raises Refused, FileRefused, BlobTooLarge."""
        contact = self._runtime.live.find_contact(contact_id)
        if contact is None or contact.closed_ms is not None:
            raise refuse(
                RefusalReason.WRONG_STATE, "This contact has ended", f"contact {contact_id}"
            )
        return await self._files.upload(name, declared_type, chunks, build_owner(contact_id))

    async def find_file(self, contact_id: int, blob_id: str) -> File | None:
        """A file of this contact."""
        file = await self._files.find(blob_id)
        own = file is not None and (
            file.contact_id == contact_id or file.owner == build_owner(contact_id)
        )
        return file if own else None

    def read_file(self, blob_id: str) -> AsyncIterator[bytes]:
        """Its bytes, in chunks."""
        return self._files.read(blob_id)


def build_owner(contact_id: int) -> str:
    """As whom the customer of a contact acts: in the journal, and as the owner of files."""
    return f"customer:contact-{contact_id}"


def show_message(message: MessageDocument) -> CustomerMessage:
    """A message as its customer sees it."""
    return CustomerMessage(
        message.number,
        message.at_ms,
        message.author,
        message.author_name,
        message.client_id,
        message.text,
        message.attachments,
        message.prompt,
    )


def _build_attributes(widget: Widget, opening: Opening) -> dict[str, str]:
    attributes = {WIDGET_ATTRIBUTE: widget.widget_id, "page_url": opening.page_url}
    return {name: value for name, value in attributes.items() if value}
