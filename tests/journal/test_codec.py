"""Events go in and come out the same, and old ones keep their meaning."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from frontdesk.journal.codec import Codec
from frontdesk.journal.errors import UnknownEvent
from frontdesk.journal.upcasting import Upcasters


class Renamed(msgspec.Struct, frozen=True, tag_field="type", tag=True):
    wait_ms: int
    reason: str


class Kept(msgspec.Struct, frozen=True, tag_field="type", tag=True):
    number: int


def to_milliseconds(payload: dict[str, Any]) -> dict[str, Any]:
    return {"type": "OldName", "wait_ms": payload["wait_s"] * 1000}


def rename(payload: dict[str, Any]) -> dict[str, Any]:
    return {**payload, "type": "Renamed"}


def give_reason(payload: dict[str, Any]) -> dict[str, Any]:
    return {**payload, "reason": "unknown"}


UPCASTERS = Upcasters(
    {("OldName", 1): to_milliseconds, ("OldName", 2): rename, ("Renamed", 1): give_reason}
)
CODEC = Codec[Renamed | Kept](Renamed | Kept, UPCASTERS)


def test_an_event_survives_the_way_there_and_back() -> None:
    event = Renamed(wait_ms=5, reason="ţâ\x00🎧")
    kind, version, payload = CODEC.encode(event)
    assert (kind, version) == ("Renamed", 2)
    assert CODEC.decode(kind, version, payload) == event


def test_every_old_version_is_lifted_to_todays() -> None:
    expected = Renamed(wait_ms=5_000, reason="unknown")
    for kind, version, payload in [
        ("OldName", 1, '{"type":"OldName","wait_s":5}'),
        ("OldName", 2, '{"type":"OldName","wait_ms":5000}'),
        ("Renamed", 1, '{"type":"Renamed","wait_ms":5000}'),
    ]:
        assert CODEC.decode(kind, version, payload) == expected


@pytest.mark.parametrize(
    ("kind", "version", "payload"),
    [
        ("Renamed", 3, '{"type":"Renamed","wait_ms":5,"reason":""}'),
        ("Kept", 2, '{"type":"Kept","number":1}'),
        ("Kept", 1, '{"type":"Kept","number":"one"}'),
        ("Kept", 1, '{"type":"Kept"}'),
        ("Unheard", 1, '{"type":"Unheard"}'),
    ],
)
def test_what_cannot_be_read_is_named(kind: str, version: int, payload: str) -> None:
    with pytest.raises(UnknownEvent, match=kind):
        CODEC.decode(kind, version, payload)


def test_steps_must_not_leave_a_gap() -> None:
    with pytest.raises(AssertionError, match="must start at 1"):
        Upcasters({("Kept", 2): rename})
