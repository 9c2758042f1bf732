"""The web chat, put together."""

from __future__ import annotations

from typing import Any, Final

from litestar import Router, WebSocket
from litestar.middleware import DefineMiddleware

from frontdesk.channels.webchat.conversations import Conversations
from frontdesk.channels.webchat.limits import Limiters, WebchatLimits
from frontdesk.channels.webchat.origins import WidgetOrigins
from frontdesk.channels.webchat.routes import Desk, build_router
from frontdesk.channels.webchat.socket import CustomerSocket
from frontdesk.channels.webchat.tokens import Tokens
from frontdesk.channels.webchat.visits import Visits
from frontdesk.records.blobs.library import FileLibrary
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.watching import Watches
from frontdesk.views.queries import Queries

SECRET_NAME: Final = "webchat"  # noqa: S105 - under which name the secret is kept
"""The secret that signs customers' tokens, see `records.secrets`."""


class Webchat:
    """What the composition root gets: routes, middleware and a reconciler. Nothing runs by itself.

    `secret` is the centre's own under `SECRET_NAME`; without it customers can't return.
    """

    def __init__(
        self,
        runtime: CentreRuntime,
        watches: Watches,
        queries: Queries,
        files: FileLibrary,
        secret: bytes,
        limits: WebchatLimits | None = None,
    ) -> None:
        tokens, limiters = Tokens(secret), Limiters(limits or WebchatLimits())
        self.reconciler = Visits(runtime)
        conversations = Conversations(runtime, queries, files, self.reconciler, tokens)

        def open_socket(socket: WebSocket[Any, Any, Any], widget_id: str) -> CustomerSocket:
            return CustomerSocket(
                socket, widget_id, conversations, watches, self.reconciler, tokens, limiters
            )

        self.router: Router = build_router(Desk(conversations, tokens, limiters, open_socket))
        self.middleware = DefineMiddleware(WidgetOrigins, conversations=conversations)
