"""Which pages may carry a widget, and the answers by which browsers let them talk to us (CORS).

Nothing here rests on cookies: whoever holds a contact's token is its customer, and the tokens are
in the page's own keeping. So any page may be let in where a widget names no origins.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from litestar.datastructures import Headers
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from frontdesk.channels.webchat.conversations import Conversations
from frontdesk.kernel.settings import Widget

PREFLIGHT_AGE_S: Final = 600
_PATH: Final = re.compile(r"^/api/webchat/([^/]+)/")


def is_allowed(widget: Widget | None, origin: str | None, host: str | None) -> bool:
    """Whether a page of that origin may carry the widget; our own pages always may."""
    if origin is None:
        return True
    if widget is None:
        return False
    own = urlsplit(origin).netloc == host
    return own or not widget.allowed_origins or origin in widget.allowed_origins


class WidgetOrigins:
    """ASGI middleware: answers preflights, and names the page's origin in what it may read."""

    def __init__(self, app: ASGIApp, conversations: Conversations) -> None:
        self._app = app
        self._conversations = conversations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match = _PATH.match(scope["path"]) if scope["type"] == "http" else None
        headers = Headers.from_scope(scope)
        origin = headers.get("origin")
        if match is None or origin is None or scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        widget = self._conversations.find_widget(match[1])
        if not is_allowed(widget, origin, headers.get("host")):
            await self._app(scope, receive, send)
            return

        async def send_allowed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_build_headers(origin)]
            await send(message)

        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _answer_preflight(send_allowed)
        else:
            await self._app(scope, receive, send_allowed)


async def _answer_preflight(send: Send) -> None:
    headers = [
        (b"access-control-allow-methods", b"GET, POST"),
        (b"access-control-allow-headers", b"content-type"),
        (b"access-control-max-age", str(PREFLIGHT_AGE_S).encode()),
        (b"content-length", b"0"),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _build_headers(origin: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"access-control-allow-origin", origin.encode("latin-1", "replace")),
        (b"access-control-expose-headers", b"retry-after"),
        (b"cross-origin-resource-policy", b"cross-origin"),
        (b"vary", b"origin"),
    ]
