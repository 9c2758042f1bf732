"""Frames of the stream as bytes. A document is encoded once, whoever gets the frame."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from frontdesk.views.changes import Key

Collections = dict[str, dict[str, msgspec.Raw]]
"""Encoded documents by collection and id."""

_encoder = msgspec.json.Encoder()


class Snapshot(msgspec.Struct, tag_field="op", tag="snapshot"):
    """All there is to see; replaces whatever the client had."""

    epoch: str
    seq: int
    now_ms: int
    collections: Mapping[str, dict[str, msgspec.Raw] | msgspec.Raw]


class Update(msgspec.Struct, tag_field="op", tag="update"):
    """What has changed since the last frame."""

    seq: int
    now_ms: int
    upserts: Collections
    removals: dict[str, list[str]]


class Typing(msgspec.Struct, tag_field="op", tag="typing"):
    contact_id: int
    author: str
    agent_id: str | None


def encode(frame: Any) -> bytes:
    return _encoder.encode(frame)


def encode_document(document: object) -> msgspec.Raw:
    return msgspec.Raw(_encoder.encode(document))


def collect(
    names: Iterable[str], documents: Iterable[tuple[Key, msgspec.Raw | None]]
) -> Collections:
    """The documents that there are, by collection and id; collections without any are there too."""
    collections: Collections = {name: {} for name in names}
    for (collection, id_), document in documents:
        if document is not None:
            collections[collection][str(id_)] = document
    return collections


def build_update(
    seq: int, now_ms: int, documents: Iterable[tuple[Key, msgspec.Raw | None]]
) -> Update | None:
    """An update with the documents, None among them being removals; None when there are none."""
    upserts: Collections = {}
    removals: dict[str, list[str]] = {}
    for (collection, id_), document in documents:
        if document is None:
            removals.setdefault(collection, []).append(str(id_))
        else:
            upserts.setdefault(collection, {})[str(id_)] = document
    return Update(seq, now_ms, upserts, removals) if upserts or removals else None
