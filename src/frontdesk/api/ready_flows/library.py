"""Ready flows that a new company begins from: one JSON file beside this one for each.

What is the centre's own stands there as a placeholder: `?queue` and `?hours` become its first queue
and opening hours, `?agent` and `?other_agent` the first two who serve that queue, `?agent_name` and
`?other_agent_name` their names. What the centre doesn't have stays as it is, and the check says at
which node.
"""

from __future__ import annotations

import re
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
    return fill_places(ready, find_places(settings), language)


def fill_places(ready: ReadyFlow, places: dict[str, str], language: str) -> FlowTemplate:
    """The flow with what stands for each placeholder, its name in a language."""
    name = word(ready.name, language, "en")
    return FlowTemplate(
        ready.template_id,
        name,
        word(ready.description, language, "en"),
        {**_fill(ready.flow, places), "name": name},
    )


_PLACE: Final = re.compile(r"\?[a-z_]+")


def find_places(settings: Settings) -> dict[str, str]:
    """What stands in the centre for each placeholder that it has something for."""
    queue_id = _first(settings.queues)
    serving = [agent for agent in settings.agents.values() if queue_id in agent.queue_ids]
    places = {"?queue": queue_id, "?hours": _first(settings.hours)}
    for place, agent in zip(("?agent", "?other_agent"), serving, strict=False):
        places |= {place: agent.agent_id, f"{place}_name": agent.name}
    return {place: filling for place, filling in places.items() if filling is not None}


def _first(ids: Iterable[str]) -> str | None:
    return next(iter(ids), None)


def _fill(document: Any, places: dict[str, str]) -> Any:
    if isinstance(document, dict):
        return {name: _fill(part, places) for name, part in document.items()}  # pyright: ignore
    if isinstance(document, list):
        return [_fill(part, places) for part in document]  # pyright: ignore
    if isinstance(document, str):
        return _PLACE.sub(lambda place: places.get(place[0], place[0]), document)
    return document
