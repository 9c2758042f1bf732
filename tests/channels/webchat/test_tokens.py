"""Customers' tokens can't be made up, moved or bent."""

from __future__ import annotations

import pytest

from frontdesk.channels.webchat.tokens import Tokens

TOKENS = Tokens(b"a secret of the centre's own")


def test_a_token_opens_the_contact_it_was_signed_for() -> None:
    assert TOKENS.read_contact("demo", TOKENS.sign_contact("demo", 7)) == 7


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "7",
        "7.",
        ".",
        "8." + TOKENS.sign_contact("demo", 7).partition(".")[2],
        "07." + TOKENS.sign_contact("demo", 7).partition(".")[2],
        TOKENS.sign_contact("demo", 7)[:-1],
        TOKENS.sign_contact("demo", 7) + "A",
        TOKENS.sign_contact("other", 7),
        Tokens(b"another secret").sign_contact("demo", 7),
        TOKENS.sign_visitor("7"),
        "٧." + TOKENS.sign_contact("demo", 7).partition(".")[2],
        "9" * 500 + ".x",
    ],
)
def test_a_forged_contact_token_opens_nothing(forged: str) -> None:
    assert TOKENS.read_contact("demo", forged) is None


def test_a_visitor_comes_back_as_the_same_customer() -> None:
    customer_id = TOKENS.build_customer_id("demo", "a client id of the widget")
    assert TOKENS.read_visitor(TOKENS.sign_visitor(customer_id)) == customer_id


@pytest.mark.parametrize(
    "forged",
    [
        "",
        ".",
        "web-x",
        "web-x.",
        TOKENS.sign_visitor("web-x")[:-1],
        "web-y." + TOKENS.sign_visitor("web-x").partition(".")[2],
        TOKENS.sign_contact("demo", 7),
    ],
)
def test_a_forged_visitor_token_is_nobodys(forged: str) -> None:
    assert TOKENS.read_visitor(forged) is None


def test_a_new_customer_is_the_same_for_the_same_request_only() -> None:
    first = TOKENS.build_customer_id("demo", "client-1")
    assert TOKENS.build_customer_id("demo", "client-1") == first
    assert TOKENS.build_customer_id("demo", "client-2") != first
    assert TOKENS.build_customer_id("dem", "oclient-1") != first
