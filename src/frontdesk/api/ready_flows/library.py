"""Ready flows that a new company begins from: one JSON file beside this one for each.

Where a flow needs a queue or opening hours, the file says `?queue` or `?hours`, and gets the
centre's first. What the centre doesn't have stays as it is, and the check says at which node.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from frontdesk.kernel.entities import Settings
from frontdesk.kernel.flows.document import Text
from frontdesk.kernel.flows.texts import word

_FOLDER: Final = Path(__file__).parent


class ReadyFlow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the library; `flow` is a flow's document with places to fill."""

    name: Text
    description: Text
    flow: dict[str, Any]
    template_id: str = ""


class FlowTemplate(msgspec.Struct, frozen=True):
    """A flow to begin from. It may need a look-up or the like that the centre doesn't have yet."""

    template_id: str
    name: str
    description: str
    flow: dict[str, Any]


@cache
def ready_flows() -> tuple[ReadyFlow, ...]:
    """All of the library, by name of the file; a template's id is its file's name."""
    return tuple(_read(path) for path in sorted(_FOLDER.glob("*.json")))


def _read(path: Path) -> ReadyFlow:
    ready = msgspec.json.decode(path.read_bytes(), type=ReadyFlow)
    return msgspec.structs.replace(ready, template_id=path.stem)


def fill_in(ready: ReadyFlow, settings: Settings, language: str) -> FlowTemplate:
    """The flow for a centre, its name in a language."""
    places = {
        place: first
        for place, first in (
            ("?queue", _first(settings.queues)),
            ("?hours", _first(settings.hours)),
        )
        if first is not None
    }
    name = word(ready.name, language, "en")
    return FlowTemplate(
        ready.template_id,
        name,
        word(ready.description, language, "en"),
        {**_fill(ready.flow, places), "name": name},
    )


def _first(ids: Iterable[str]) -> str | None:
    return next(iter(ids), None)


def _fill(document: Any, places: dict[str, str]) -> Any:
    if isinstance(document, dict):
        return {name: _fill(part, places) for name, part in document.items()}  # pyright: ignore
    if isinstance(document, list):
        return [_fill(part, places) for part in document]  # pyright: ignore
    return places.get(document, document) if isinstance(document, str) else document
