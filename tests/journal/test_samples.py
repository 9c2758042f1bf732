"""Every payload ever released is still read, and today's are on record.

``samples/TYPE.vN.json`` holds a payload as the release that wrote version N wrote it. When this
test says that a sample is missing or differs, an event has changed: either only by a new field with
a default (then add a sample beside the old one, as ``TYPE.vN.NAME.json``), or it needs an upcaster
(see `frontdesk.journal.upcasting`). Never change a released sample.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from frontdesk.journal.codec import Codec
from frontdesk.journal.upcasting import UPCASTERS
from frontdesk.kernel.events import AnyEvent

SAMPLES = Path(__file__).parent / "samples"
CODEC = Codec[AnyEvent](AnyEvent, UPCASTERS)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_a_released_payload_is_read(path: Path) -> None:
    kind, version, *_ = path.stem.split(".")
    event = CODEC.decode(kind, int(version[1:]), path.read_text())
    current, current_version, payload = CODEC.encode(event)
    assert current_version == UPCASTERS.current_version(current)
    if (kind, int(version[1:])) == (current, current_version):
        before = msgspec.json.decode(path.read_text())
        assert _known(msgspec.json.decode(payload), before) == before


def _known(now: Any, before: Any) -> Any:
    """What today's payload says, without what came later: fields with defaults, at any depth."""
    if isinstance(now, dict) and isinstance(before, dict):
        return {key: _known(now[key], before[key]) for key in before}
    if isinstance(now, list) and isinstance(before, list) and len(now) == len(before):
        return [_known(*pair) for pair in zip(now, before, strict=True)]
    return now


def test_every_event_of_today_has_a_sample() -> None:
    expected = {f"{tag}.v{UPCASTERS.current_version(tag)}" for tag in CODEC.tags}
    assert expected <= {".".join(path.stem.split(".")[:2]) for path in SAMPLES.glob("*.json")}
