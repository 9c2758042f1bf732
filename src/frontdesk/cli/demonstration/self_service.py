"""The shop's flows and what they understand: ready ones of the library, filled with its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec

from frontdesk.answers.understanding.intents import starter_intents
from frontdesk.api.ready_flows.library import fill_places, ready_flows
from frontdesk.kernel.flows.document import Flow

HELP_QUEUE_ID: Final = "help"
HOT_LINE: Final = "hot_line"
SECRETARY: Final = "secretary"
WAITING: Final = "waiting"
SURVEY: Final = "survey"

_PLACES: Final = {
    "?queue": HELP_QUEUE_ID,
    "?hours": "always",
    "?agent": "you",
    "?agent_name": "Alex Morgan",
    "?other_agent": "lena",
    "?other_agent_name": "Lena Fischer",
}

_UNDERSTOOD: Final = (
    "order_status",
    "balance",
    "person",
    "complaint",
    "opening_hours",
    "address",
    "delivery",
    "return_goods",
    "refund",
    "cancel_order",
    "in_stock",
)
INTENTS: Final = tuple(one for one in starter_intents() if one.intent_id in _UNDERSTOOD)

_SHOPS_CHOICE: Final = {
    "value": "shops",
    "key": "3",
    "label": {"en": "Shops and hours", "ru": "Магазины и часы", "ro": "Magazine și program"},
    "next": "shops",
}


def _fill(template_id: str) -> dict[str, Any]:
    ready = next(one for one in ready_flows() if one.template_id == template_id)
    return fill_places(ready, _PLACES, "en").flow


def _read_shops() -> dict[str, Any]:
    return msgspec.json.decode((Path(__file__).parent / "shops.json").read_bytes())


def _lead_to_shops(hot_line: dict[str, Any]) -> dict[str, Any]:
    """The hot line, which also tells where the shops are and when they are open."""
    nodes: list[dict[str, Any]] = []
    for node in hot_line["nodes"]:
        if node["node_id"] in ("menu", "ask_back"):
            answer = node["answer"]
            nodes.append({**node, "answer": {**answer, "choices": _add_shops(answer["choices"])}})
        elif node["kind"] == "classify":
            routes = [{"intent_id": id_, "next": "shops"} for id_ in ("opening_hours", "address")]
            nodes.append({**node, "routes": [*node["routes"], *routes]})
        else:
            nodes.append(node)
    shops = {"kind": "subflow", "node_id": "shops", "flow_id": "shops", "next": "done"}
    return {**hot_line, "nodes": [*nodes, shops]}


def _add_shops(choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Before the last one, which leads to a person."""
    return [*choices[:-1], _SHOPS_CHOICE, choices[-1]]


FLOWS: Final = tuple(
    msgspec.convert(document, Flow)
    for document in (
        _fill("order_status"),
        _fill("balance"),
        _read_shops(),
        _lead_to_shops(_fill(HOT_LINE)),
        _fill(SECRETARY),
        _fill(WAITING),
        _fill(SURVEY),
    )
)
"""What is run within another comes before it."""
