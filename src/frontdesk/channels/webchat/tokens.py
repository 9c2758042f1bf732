"""How customers prove who they are: tokens that we sign and don't keep.

- A *contact token* opens one contact of one widget: `<contact id>.<signature>`.
- A *visitor token* says which customer a browser was before: `<customer id>.<signature>`.

The signature is HMAC-SHA-256 (RFC 2104) under the centre's own secret, of purpose, widget and id,
cut to 192 bits. Whoever holds the token is the customer; it grants nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final

SIGNATURE_BYTES: Final = 24
CUSTOMER_PREFIX: Final = "web-"
CUSTOMER_BYTES: Final = 15
_CONTACT_DIGITS_MAX: Final = 16


class Tokens:
    """Signs and reads the tokens of a centre's web chat."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def sign_contact(self, widget_id: str, contact_id: int) -> str:
        """The token of a contact."""
        return f"{contact_id}.{self._sign('contact', widget_id, str(contact_id))}"

    def read_contact(self, widget_id: str, token: str) -> int | None:
        """Whose token it is; None if we didn't sign it for this widget."""
        text, _, signature = token.partition(".")
        if not (text.isascii() and text.isdigit() and len(text) <= _CONTACT_DIGITS_MAX):
            return None
        wanted = self._sign("contact", widget_id, text)
        return int(text) if _same(wanted, signature) and str(int(text)) == text else None

    def sign_visitor(self, customer_id: str) -> str:
        """The token of a returning visitor."""
        return f"{customer_id}.{self._sign('visitor', '', customer_id)}"

    def read_visitor(self, token: str) -> str | None:
        """Which customer the visitor is; None if we didn't sign it."""
        customer_id, _, signature = token.rpartition(".")
        wanted = self._sign("visitor", "", customer_id)
        return customer_id if customer_id and _same(wanted, signature) else None

    def build_customer_id(self, widget_id: str, client_id: str) -> str:
        """A new customer's id: the same for the same first request, and nobody's to guess."""
        digest = self._digest("customer", widget_id, client_id)
        return CUSTOMER_PREFIX + _encode(digest[:CUSTOMER_BYTES])

    def _sign(self, *parts: str) -> str:
        return _encode(self._digest(*parts)[:SIGNATURE_BYTES])

    def _digest(self, *parts: str) -> bytes:
        # Lengths keep ("a", "bc") apart from ("ab", "c").
        text = "".join(f"{len(part)}:{part}" for part in parts)
        return hmac.digest(self._secret, text.encode(), hashlib.sha256)


def _same(wanted: str, given: str) -> bool:
    return hmac.compare_digest(wanted.encode(), given.encode())


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
