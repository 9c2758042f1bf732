"""Between events and the columns they are kept in."""

from __future__ import annotations

from typing import Any, Generic, TypeVar, cast, get_args

import msgspec

from frontdesk.journal.errors import UnknownEvent
from frontdesk.journal.upcasting import FIRST_VERSION, TYPE_FIELD, Payload, Upcasters

E = TypeVar("E")


class Codec(Generic[E]):
    """Encodes the members of one tagged union of structs, and reads every version ever written.

    ``event_type`` is the union; its members are structs with ``tag_field="type"``.
    """

    def __init__(self, event_type: object, upcasters: Upcasters) -> None:
        self._event_type = event_type
        self._upcasters = upcasters
        self._encode = msgspec.json.Encoder().encode
        self._decode = msgspec.json.Decoder(cast("type[E]", event_type)).decode
        self._kinds = {
            member: (tag, upcasters.current_version(tag)) for tag, member in find_tags(event_type)
        }
        self._stale = any(version > FIRST_VERSION for _, version in self._kinds.values())
        self._tags = frozenset(tag for tag, _ in self._kinds.values())

    @property
    def tags(self) -> frozenset[str]:
        """Names of the event types this codec writes."""
        return self._tags

    def encode(self, event: E) -> tuple[str, int, bytes]:
        """Type name, version and payload (JSON in UTF-8) of an event."""
        kind, version = self._kinds[type(event)]
        return kind, version, self._encode(event)

    def decode(self, event_type: str, version: int, payload: str | bytes) -> E:
        """The event behind the columns, lifted to today's version.

        Raises UnknownEvent when type, version or payload can't be read by this release.
        """
        try:
            if version == FIRST_VERSION and not self._stale and event_type in self._tags:
                return self._decode(payload)
            return self._decode_lifted(event_type, version, payload)
        except msgspec.ValidationError as error:
            raise UnknownEvent(event_type, version, str(error)) from error

    def _decode_lifted(self, event_type: str, version: int, payload: str | bytes) -> E:
        raw: Payload = msgspec.json.decode(payload, type=dict[str, Any])
        lifted = self._upcasters.lift(event_type, version, raw)
        if lifted[TYPE_FIELD] not in self._tags:
            raise UnknownEvent(event_type, version, "no such type of event")
        return msgspec.convert(lifted, cast("type[E]", self._event_type))


def find_tags(event_type: object) -> list[tuple[str, type]]:
    """The members of a tagged union with their tags, in the order of the union."""
    members = cast("tuple[type, ...]", get_args(event_type) or (event_type,))
    return [(get_tag(member), member) for member in members]


def get_tag(member: type) -> str:
    """The name under which events of the type are kept."""
    assert issubclass(member, msgspec.Struct), f"{member} is not a struct"
    tag = member.__struct_config__.tag
    assert isinstance(tag, str), f"{member.__name__} has no tag"
    return tag
