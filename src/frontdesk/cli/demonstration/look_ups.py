"""The demo's look-ups: what flows may ask the shop's own systems, and its knowledge."""

from __future__ import annotations

from typing import Final

from frontdesk.kernel.flows.resources import HttpSource, KnowledgeSource, LookUp

SECRET_NAME: Final = "shop-systems"  # noqa: S105 a name, not the secret
ORIGIN: Final = "http://127.0.0.1:8079"
"""Where they ask until the service has told where it listens."""


def _ask_shop(path: str, results: dict[str, str]) -> HttpSource:
    return HttpSource(url=f"{ORIGIN}{path}", secret=SECRET_NAME, result=results)


LOOK_UPS: Final = (
    LookUp(
        look_up_id="order_status",
        name="Order status",
        parameters=("order", "language"),
        source=_ask_shop(
            "/orders/{order}?language={language}",
            {
                "found": "status == 200",
                "state": "$.state",
                "text": "$.text",
                "expected": "$.expected",
                "total": "$.total",
                "currency": "$.currency",
            },
        ),
        private_addresses=True,
        example={"order": "VH-1042", "language": "en"},
    ),
    LookUp(
        look_up_id="balance",
        name="Account balance",
        parameters=("account",),
        source=_ask_shop(
            "/accounts/{account}/balance",
            {
                "found": "status == 200",
                "owner": "$.owner",
                "balance": "$.balance",
                "currency": "$.currency",
                "due": "$.due",
                "overdue": "$.overdue",
            },
        ),
        private_addresses=True,
        example={"account": "5002"},
    ),
    LookUp(
        look_up_id="shops",
        name="Shops of a city",
        parameters=("city", "language"),
        source=_ask_shop(
            "/shops?city={city}&language={language}",
            {
                "found": "size(body.shops) > 0",
                "count": "size(body.shops)",
                "address": "$.shops[0].address",
                "hours": "$.shops[0].hours",
                "phone": "$.shops[0].phone",
                "shops": "$.shops",
            },
        ),
        private_addresses=True,
        example={"city": "Chișinău", "language": "ro"},
    ),
    LookUp(
        look_up_id="common_questions",
        name="Common questions",
        parameters=("question", "language"),
        source=KnowledgeSource(),
        example={"question": "When will my order arrive?", "language": "en"},
    ),
)
