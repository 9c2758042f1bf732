"""The service: orders, balances and shops by HTTP, for whoever has the token."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from litestar import Litestar, get
from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, FromQuery

from frontdesk.cli.demonstration.outside.data import ACCOUNTS, ORDERS, SHOPS, Shop
from frontdesk.records.words import drop_accents

Json = dict[str, Any]

LANGUAGES: Final = ("en", "ru", "ro")
DAY_FORMAT: Final = {"en": "%d/%m", "ru": "%d.%m", "ro": "%d.%m"}


def build_service(token: str) -> Litestar:
    """The application."""

    def let_in(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        given = connection.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            raise NotAuthorizedException("The token is wrong")

    return Litestar(
        [get_order, get_balance, find_shops],
        guards=[let_in],
        openapi_config=None,
        logging_config=None,
    )


@get("/orders/{number:str}", sync_to_thread=False)
def get_order(number: FromPath[str], language: FromQuery[str] = "en") -> Json:
    """How far an order is. Of its number only the digits matter: VH-1042 is 1042."""
    order = ORDERS.get(_digits(number))
    if order is None:
        raise NotFoundException("There is no such order")
    spoken = _choose(language)
    expected = _day(order.expected_days)
    day = expected.strftime(DAY_FORMAT[spoken]) if expected is not None else ""
    return {
        "number": _digits(number),
        "state": order.state.state,
        "text": order.state.text[spoken].format(day=day),
        "expected": expected.date().isoformat() if expected is not None else None,
        "items": [{"name": name, "count": count} for name, count in order.items],
        "total": order.total,
        "currency": order.currency,
    }


@get("/accounts/{number:str}/balance", sync_to_thread=False)
def get_balance(number: FromPath[str]) -> Json:
    """What is in an account, or owed."""
    account = ACCOUNTS.get(_digits(number))
    if account is None:
        raise NotFoundException("There is no such account")
    due = _day(account.due_days)
    return {
        "owner": account.owner,
        "balance": account.balance,
        "currency": account.currency,
        "due": due.date().isoformat() if due is not None else None,
        "overdue": account.due_days is not None and account.due_days < 0,
    }


@get("/shops", sync_to_thread=False)
def find_shops(city: FromQuery[str] = "", language: FromQuery[str] = "en") -> Json:
    """The shops of a city, in whatever language it is named; all of them without one."""
    spoken, wanted = _choose(language), _plain(city)
    found = [shop for shop in SHOPS if _is_in(shop, wanted)]
    return {
        "shops": [
            {
                "city": shop.city[spoken],
                "address": shop.address[spoken],
                "hours": shop.hours[spoken],
                "phone": shop.phone,
            }
            for shop in found
        ]
    }


def _is_in(shop: Shop, wanted: str) -> bool:
    return any(wanted in _plain(name) for name in shop.city.values())


def _plain(text: str) -> str:
    return drop_accents(text).strip().lower()


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isdigit())


def _choose(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]


def _day(days: int | None) -> datetime | None:
    return None if days is None else datetime.now(UTC) + timedelta(days=days)
