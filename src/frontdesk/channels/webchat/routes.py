"""Where the widget comes in: public, each contact with its secret token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, Router, WebSocket, get, post, websocket
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.params import (
    JSONBody,
    MultipartBody,
    PathParameter,
    QueryParameter,
    SkipValidation,
)
from litestar.response import Stream

from frontdesk.channels.webchat.conversations import (
    Conversations,
    History,
    Opened,
    Opening,
    WidgetConfig,
)
from frontdesk.channels.webchat.frames import Comment, Score
from frontdesk.channels.webchat.limits import TOKEN_CHARS_MAX, Limiters
from frontdesk.channels.webchat.origins import is_allowed
from frontdesk.channels.webchat.socket import CustomerSocket
from frontdesk.channels.webchat.tokens import Tokens
from frontdesk.kernel.commands import Attachment
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.settings import Widget
from frontdesk.records.blobs.library import FILE_BYTES_MAX
from frontdesk.records.blobs.serving import (
    build_file_headers,
    iterate_upload,
)
from frontdesk.runtime.refused import refuse

UPLOAD_BYTES_MAX: Final = FILE_BYTES_MAX + 64 * 1024
"""The file with what multipart puts around it."""

# What the API knows about a route by its `opt`: that anybody may call it, and that it looks after
# the pages that call it itself.
PUBLIC: Final = {"public": "customers have no account", "own_origin_check": True}

AnyRequest = Request[Any, Any, Any]
WidgetId = Annotated[str, PathParameter(min_length=1, max_length=64)]
Token = Annotated[
    str,
    QueryParameter(
        min_length=1, max_length=TOKEN_CHARS_MAX, description="The contact's secret token"
    ),
]
VisitorToken = Annotated[
    str,
    QueryParameter(
        min_length=1, max_length=TOKEN_CHARS_MAX, description="The visitor's secret token"
    ),
]


class Desk:
    """What the routes need; made by the channel."""

    def __init__(
        self,
        conversations: Conversations,
        tokens: Tokens,
        limiters: Limiters,
        open_socket: Callable[[WebSocket[Any, Any, Any], str], CustomerSocket],
    ) -> None:
        self.conversations = conversations
        self.tokens = tokens
        self.limiters = limiters
        self.open_socket = open_socket

    def enter(self, request: AnyRequest, widget_id: str) -> Widget:
        """The widget, for a page that may carry it. Raises Refused, PermissionDeniedException."""
        self.limiters.requests.check(_address(request))
        widget = self.conversations.get_widget(widget_id)
        headers = request.headers
        if not is_allowed(widget, headers.get("origin"), headers.get("host")):
            raise PermissionDeniedException("This page may not carry the widget")
        return widget

    def read_contact(self, widget_id: str, token: str) -> int:
        """Whose token it is. Raises NotAuthorizedException."""
        contact_id = self.tokens.read_contact(widget_id, token)
        if contact_id is None:
            raise NotAuthorizedException("The token is unknown")
        return contact_id

    def read_visitor(self, token: str) -> str:
        """Which customer it is. Raises NotAuthorizedException."""
        customer_id = self.tokens.read_visitor(token)
        if customer_id is None:
            raise NotAuthorizedException("The visitor's token is unknown")
        return customer_id


Webchat = NamedDependency[SkipValidation[Desk]]


class Rating(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The customer's verdict, 1 (bad) to 5 (good)."""

    score: Score
    comment: Comment = ""


class Upload(msgspec.Struct, frozen=True):
    """A form with one file."""

    file: UploadFile


@get("/config", opt=PUBLIC, operation_id="getWebchatConfig")
async def get_config(request: AnyRequest, widget_id: WidgetId, webchat: Webchat) -> WidgetConfig:
    """How the widget looks, and what one can ask about."""
    return webchat.conversations.build_config(webchat.enter(request, widget_id))


@post("/contacts", opt=PUBLIC, operation_id="openWebchat")
async def open_contact(
    request: AnyRequest, widget_id: WidgetId, data: JSONBody[Opening], webchat: Webchat
) -> Opened:
    """Begin a conversation. The same `client_id` again gives the same one."""
    widget = webchat.enter(request, widget_id)
    webchat.limiters.openings.check(_address(request))
    visitor_id = None
    if data.visitor_token is not None:
        visitor_id = webchat.read_visitor(data.visitor_token)
    return await webchat.conversations.open(widget, data, visitor_id)


@get("/history", opt=PUBLIC, operation_id="listWebchatHistory")
async def list_history(
    request: AnyRequest,
    widget_id: WidgetId,
    visitor_token: VisitorToken,
    webchat: Webchat,
    cursor: Annotated[str | None, QueryParameter(max_length=18, pattern=r"^[0-9]+$")] = None,
) -> History:
    """A returning visitor's earlier conversations, the latest first."""
    webchat.enter(request, widget_id)
    visitor_id = webchat.read_visitor(visitor_token)
    return await webchat.conversations.find_history(widget_id, visitor_id, cursor)


@get(
    "/transcript",
    opt=PUBLIC,
    media_type="text/plain",
    operation_id="downloadWebchatTranscript",
)
async def download_transcript(
    request: AnyRequest, widget_id: WidgetId, token: Token, webchat: Webchat
) -> Response[str]:
    """The conversation as a text file."""
    webchat.enter(request, widget_id)
    contact_id = webchat.read_contact(widget_id, token)
    text = await webchat.conversations.build_transcript(contact_id)
    if text is None:
        raise refuse(RefusalReason.NOT_FOUND, "There is no such conversation")
    return Response(
        text,
        media_type="text/plain",
        headers={"Content-Disposition": f'attachment; filename="chat-{contact_id}.txt"'},
    )


@post("/rating", opt=PUBLIC, status_code=204, operation_id="rateWebchat")
async def rate_contact(
    request: AnyRequest,
    widget_id: WidgetId,
    token: Token,
    data: JSONBody[Rating],
    webchat: Webchat,
) -> None:
    """Say how it was, while that is open."""
    webchat.enter(request, widget_id)
    contact_id = webchat.read_contact(widget_id, token)
    await webchat.conversations.rate(contact_id, data.score, data.comment)


@post(
    "/attachments",
    opt=PUBLIC,
    dto=None,
    request_max_body_size=UPLOAD_BYTES_MAX,
    operation_id="uploadWebchatAttachment",
)
async def upload_attachment(
    request: AnyRequest,
    widget_id: WidgetId,
    token: Token,
    data: MultipartBody[Upload],
    webchat: Webchat,
) -> Attachment:
    """Upload a file, to be sent with a message."""
    if not webchat.enter(request, widget_id).attachments:
        raise refuse(RefusalReason.INVALID, "Files can't be sent here")
    contact_id = webchat.read_contact(widget_id, token)
    webchat.limiters.uploads.check(_address(request))
    webchat.limiters.contact_uploads.check(str(contact_id))
    file = data.file
    return await webchat.conversations.upload(
        contact_id, file.filename, file.content_type, iterate_upload(file)
    )


@get(
    "/attachments/{blob_id:str}",
    opt=PUBLIC,
    operation_id="downloadWebchatAttachment",
)
async def download_attachment(
    request: AnyRequest,
    widget_id: WidgetId,
    blob_id: Annotated[str, PathParameter(min_length=1, max_length=64)],
    token: Token,
    webchat: Webchat,
) -> Stream:
    """Download a file that was sent in the conversation."""
    webchat.limiters.requests.check(_address(request))
    contact_id = webchat.read_contact(widget_id, token)
    file = await webchat.conversations.find_file(contact_id, blob_id)
    if file is None:
        raise refuse(RefusalReason.NOT_FOUND, "There is no such file in this conversation")
    return Stream(
        webchat.conversations.read_file(blob_id),
        media_type=file.media_type,
        headers=build_file_headers(file),
    )


@websocket("/stream", opt=PUBLIC)
async def open_stream(
    socket: WebSocket[Any, Any, Any], widget_id: WidgetId, webchat: Webchat
) -> None:
    """The conversation's socket."""
    widget = webchat.conversations.find_widget(widget_id)
    headers = socket.headers
    if widget is None or not is_allowed(widget, headers.get("origin"), headers.get("host")):
        raise PermissionDeniedException("This page may not carry the widget")
    await webchat.open_socket(socket, widget_id).serve()


def build_router(desk: Desk) -> Router:
    """The channel's routes, to be mounted under /api."""
    return Router(
        "/webchat/{widget_id:str}",
        route_handlers=[
            get_config,
            open_contact,
            list_history,
            download_transcript,
            rate_contact,
            upload_attachment,
            download_attachment,
            open_stream,
        ],
        dependencies={"webchat": Provide(lambda: desk, use_cache=True, sync_to_thread=False)},
        tags=["Web chat"],
    )


def _address(request: AnyRequest) -> str:
    return request.client.host if request.client is not None else "unknown"
