"""A conversation as plain text, for keeping."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from frontdesk.kernel.commands import Author
from frontdesk.views.documents import MessageDocument
from frontdesk.views.record_documents import ContactRecordDocument


def write_transcript(
    record: ContactRecordDocument, messages: Iterable[MessageDocument], time_zone: str
) -> str:
    """One line a message with the local time; further lines of a message are indented."""
    zone = ZoneInfo(time_zone)
    head = [
        f"Contact {record.contact_id} · {record.channel} · {_format(record.opened_ms, zone)}",
        f"Customer: {record.customer.name}" + (f" · Topic: {record.topic}" if record.topic else ""),
        f"Times: {time_zone}",
        "",
    ]
    return "\n".join([*head, *(_write_message(message, zone) for message in messages)]) + "\n"


def _write_message(message: MessageDocument, zone: ZoneInfo) -> str:
    mark = " (internal)" if message.internal else ""
    lines = [*message.text.splitlines(), *(f"[{a.name}]" for a in message.attachments)] or [""]
    first = f"{_format(message.at_ms, zone)}  {_name(message)}{mark}: {lines[0]}"
    return "\n".join([first, *(f"    {line}" for line in lines[1:])])


def _name(message: MessageDocument) -> str:
    if message.author_name:
        return message.author_name
    return {
        Author.CUSTOMER: "Customer",
        Author.AGENT: "Agent",
        Author.SYSTEM: "·",
        Author.BOT: "Bot",
    }[message.author]


def _format(at_ms: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at_ms / 1000, zone).strftime("%Y-%m-%d %H:%M:%S")
