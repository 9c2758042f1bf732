"""Every answer that isn't the one hoped for, in one shape."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum
from typing import Any, Final

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

from frontdesk.journal.errors import JournalUnavailable
from frontdesk.kernel.refusals import Refusal, RefusalReason
from frontdesk.records.blobs.library import FileRefused
from frontdesk.records.blobs.port import BlobMissing, BlobTooLarge, BlobUnavailable
from frontdesk.records.errors import LoginTaken, RecordsUnavailable, TooManyRecords
from frontdesk.runtime.errors import Unavailable
from frontdesk.runtime.refused import Refused
from frontdesk.views.errors import ViewsUnavailable

RETRY_AFTER_S: Final = 1
"""What a client is told to wait for when the centre can't decide just now."""

_log = logging.getLogger("frontdesk.api")


class ErrorCode(Enum):
    """What went wrong, for programs."""

    BAD_REQUEST = "bad_request"
    NOT_SIGNED_IN = "not_signed_in"
    FORBIDDEN = "forbidden"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    TOO_LARGE = "too_large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    TOO_MANY_REQUESTS = "too_many_requests"
    INTERNAL = "internal"
    UNAVAILABLE = "unavailable"
    NOT_FOUND = "not_found"
    ALREADY_DONE = "already_done"
    WRONG_STATE = "wrong_state"
    NOT_YOURS = "not_yours"
    INVALID = "invalid"
    IN_USE = "in_use"
    LIMIT_REACHED = "limit_reached"


class Error(msgspec.Struct, frozen=True, kw_only=True):
    """`detail` is a sentence for people; `subject` names what it is about (`offer 7`).

    `retryable`: the same request may succeed later. `existing_id` comes with `already_done`: the
    id of what the first request made.
    """

    code: ErrorCode
    detail: str
    subject: str
    retryable: bool
    existing_id: int | None


class ErrorBody(msgspec.Struct, frozen=True):
    """The body of every 4xx and 5xx."""

    error: Error


STATUS_OF_REFUSAL: Final = {
    RefusalReason.NOT_FOUND: 404,
    RefusalReason.ALREADY_DONE: 409,
    RefusalReason.WRONG_STATE: 409,
    RefusalReason.NOT_YOURS: 403,
    RefusalReason.INVALID: 422,
    RefusalReason.IN_USE: 409,
    RefusalReason.LIMIT_REACHED: 429,
}

_CODE_OF_STATUS: Final = {
    400: ErrorCode.BAD_REQUEST,
    401: ErrorCode.NOT_SIGNED_IN,
    403: ErrorCode.FORBIDDEN,
    404: ErrorCode.NOT_FOUND,
    405: ErrorCode.METHOD_NOT_ALLOWED,
    409: ErrorCode.WRONG_STATE,
    413: ErrorCode.TOO_LARGE,
    415: ErrorCode.UNSUPPORTED_MEDIA_TYPE,
    422: ErrorCode.INVALID,
    429: ErrorCode.TOO_MANY_REQUESTS,
    503: ErrorCode.UNAVAILABLE,
}


class _Problem(msgspec.Struct, frozen=True):
    message: str
    key: str = ""


def build_error(
    code: ErrorCode, detail: str, *, subject: str = "", retryable: bool = False
) -> ErrorBody:
    """The body for an error that has no refusal behind it."""
    return ErrorBody(
        Error(code=code, detail=detail, subject=subject, retryable=retryable, existing_id=None)
    )


def build_refusal_error(refusal: Refusal) -> ErrorBody:
    """The body for a refusal."""
    return ErrorBody(
        Error(
            code=ErrorCode(refusal.reason.value),
            detail=refusal.detail,
            subject=refusal.subject,
            retryable=refusal.reason is RefusalReason.LIMIT_REACHED,
            existing_id=refusal.existing_id,
        )
    )


AnyRequest = Request[Any, Any, Any]
Handler = Callable[[AnyRequest, Any], Response[ErrorBody]]


def _answer(
    body: ErrorBody, status_code: int, headers: dict[str, str] | None = None
) -> Response[ErrorBody]:
    return Response(body, status_code=status_code, headers=headers, media_type="application/json")


def _unavailable(detail: str) -> Response[ErrorBody]:
    body = build_error(ErrorCode.UNAVAILABLE, detail, retryable=True)
    return _answer(body, 503, {"Retry-After": str(RETRY_AFTER_S)})


def _on_refused(_: AnyRequest, error: Refused) -> Response[ErrorBody]:
    status_code = STATUS_OF_REFUSAL[error.refusal.reason]
    wait_s = error.retry_after_s
    headers = {"Retry-After": str(wait_s)} if wait_s is not None else None
    return _answer(build_refusal_error(error.refusal), status_code, headers)


def _on_unavailable(_: AnyRequest, error: Unavailable | JournalUnavailable) -> Response[ErrorBody]:
    return _unavailable(str(error))


def _on_records_unavailable(_: AnyRequest, error: RecordsUnavailable) -> Response[ErrorBody]:
    _log.warning("The records can't be reached", extra={"reason": str(error)})
    return _unavailable("The database can't be reached just now")


def _on_views_unavailable(_: AnyRequest, error: ViewsUnavailable) -> Response[ErrorBody]:
    _log.warning("The contact records can't be read", extra={"reason": str(error)})
    return _unavailable("The contact records can't be read just now")


def _on_blobs_unavailable(_: AnyRequest, error: BlobUnavailable) -> Response[ErrorBody]:
    _log.error("The blob store can't be used", extra={"reason": str(error)})
    return _unavailable("Files can't be kept or read just now")


def _on_login_taken(_: AnyRequest, error: LoginTaken) -> Response[ErrorBody]:
    return _answer(build_error(ErrorCode.IN_USE, str(error)), 409)


def _on_too_many_records(_: AnyRequest, error: TooManyRecords) -> Response[ErrorBody]:
    return _answer(build_error(ErrorCode.LIMIT_REACHED, str(error)), 429)


def _on_too_large(_: AnyRequest, error: BlobTooLarge) -> Response[ErrorBody]:
    return _answer(build_error(ErrorCode.TOO_LARGE, str(error)), 413)


def _on_file_refused(_: AnyRequest, error: FileRefused) -> Response[ErrorBody]:
    return _answer(build_error(ErrorCode.UNSUPPORTED_MEDIA_TYPE, str(error)), 415)


def _on_blob_missing(_: AnyRequest, error: BlobMissing) -> Response[ErrorBody]:
    return _answer(build_error(ErrorCode.NOT_FOUND, str(error)), 404)


def _on_http_error(_: AnyRequest, error: HTTPException) -> Response[ErrorBody]:
    status_code = error.status_code
    code = _CODE_OF_STATUS.get(status_code)
    if code is None:
        code = ErrorCode.INTERNAL if status_code >= 500 else ErrorCode.BAD_REQUEST
    body = build_error(code, _describe(error), retryable=status_code in (429, 503))
    return _answer(body, status_code, error.headers)


def _on_any_error(request: AnyRequest, error: Exception) -> Response[ErrorBody]:
    # The supervision of one request: the process and all other requests go on.
    _log.error(
        "A request failed",
        exc_info=error,
        extra={"method": request.method, "path": request.url.path},
    )
    return _answer(build_error(ErrorCode.INTERNAL, "Something went wrong on our side"), 500)


def _describe(error: HTTPException) -> str:
    """Litestar's detail, or where it found several things wrong the first of them."""
    try:
        first = msgspec.convert(error.extra, list[_Problem])[0]
    except (msgspec.ValidationError, IndexError):
        return error.detail
    return f"{first.message} - in `{first.key}`" if first.key else first.message


EXCEPTION_HANDLERS: Final[dict[int | type[Exception], Handler]] = {
    Refused: _on_refused,
    Unavailable: _on_unavailable,
    RecordsUnavailable: _on_records_unavailable,
    LoginTaken: _on_login_taken,
    TooManyRecords: _on_too_many_records,
    JournalUnavailable: _on_unavailable,
    ViewsUnavailable: _on_views_unavailable,
    BlobUnavailable: _on_blobs_unavailable,
    BlobMissing: _on_blob_missing,
    BlobTooLarge: _on_too_large,
    FileRefused: _on_file_refused,
    HTTPException: _on_http_error,
    Exception: _on_any_error,
}
