"""The API's description, OpenAPI 3.1: Litestar knows the routes, msgspec the types.

Bodies are decoded by msgspec, so their schemas are msgspec's too: what it would refuse, the schema
refuses. Which errors an operation may answer with follows from what it is: guarded or public, with
a body or not, with an id in its address or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, cast

import msgspec
from litestar import Litestar, Request, Response, Router
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.openapi.spec import License, Tag
from litestar.response import File, Stream
from litestar.typing import FieldDefinition

from frontdesk.api.errors import ErrorBody
from frontdesk.api.examples import EXAMPLES
from frontdesk.api.identity import CSRF_HEADER, PUBLIC, SESSION_COOKIE, RoleGuard

Json = dict[str, Any]

REF: Final = "#/components/schemas/{name}"
BINARY: Final = (Stream, File)
UPLOAD_SCHEMA: Final[Json] = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
    "required": ["file"],
}
SECURITY_SCHEMES: Final[Json] = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": SESSION_COOKIE,
        "description": "The cookie that signing in sets",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "With the cookie, on everything but GET: `csrf_token` of GET /api/session",
    },
    "apiKey": {"type": "http", "scheme": "bearer", "description": "An API key: `fdk_…`"},
}
TAGS: Final = {
    "Signing in": "Sessions of people",
    "Settings": "What the centre's people configure; every change is kept with who made it",
    "Flows": "Drawing what customers meet before, while and after waiting",
    "Agents": "What agents do and may do",
    "Contacts": "One interaction of a customer over one channel",
    "Customers": "Earlier contacts of one customer",
    "Offers": "Contacts put to an agent, and the work after them",
    "Routing": "Why this agent, why not that one; before it happens, too",
    "Attachments": "Files sent in contacts",
    "Knowledge": "Articles that people and flows answer from",
    "Look-ups": "Questions of flows to outside systems, tried out",
    "Secrets": "What outside systems want to see: set, never read",
    "Live": "The live picture, whole; its changes come over the socket /api/stream",
    "API keys": "Keys by which programs use the API",
    "Reports": "Figures of past days",
    "Effects": "What should have happened outside, and did not",
    "Audit": "Who changed which setting, and when",
    "Web chat": "The customer's side: public, with a secret token for each contact",
    "Health": "Whether all is ready",
}
ERRORS: Final = {
    400: "Malformed: not what the schema says",
    401: "Nobody is signed in, or the key is unknown",
    403: "Not allowed: the role, another's contact, or a page from elsewhere",
    404: "There is no such thing",
    409: "It is done already, in use, or in no state for this",
    413: "The body is too large",
    415: "The body is of another type",
    422: "Well-formed, but it makes no sense",
    429: "Too many requests, or a limit is reached",
    503: "The centre can't decide just now: send the same again",
}
RETRY_AFTER: Final[Json] = {
    "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait"}
}


class _Renderer(OpenAPIRenderPlugin):
    """Serves the finished description."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: Json) -> bytes:
        del openapi_schema
        return msgspec.json.encode(build_openapi(request.app))


def _refuse_unknown(response: Response[Any]) -> Response[Any]:
    # Litestar answers unknown addresses below the description's with a page; ours are in JSON.
    if response.status_code == 404:
        raise NotFoundException("There is no such address")
    return response


def build_openapi_config() -> OpenAPIConfig:
    """Where and under which name the description is served."""
    return OpenAPIConfig(
        title="Frontdesk",
        version="1",
        description="One API for the desk, for programs and for the customers' widget.",
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        tags=[Tag(name, description) for name, description in TAGS.items()],
        use_handler_docstrings=True,
        render_plugins=[_Renderer(path="/openapi.json", media_type="application/json")],  # type: ignore[arg-type]
        openapi_router=Router(
            "/api",
            route_handlers=[],
            include_in_schema=False,
            after_request=_refuse_unknown,
            opt={PUBLIC: "the description holds no data"},
        ),
    )


def build_openapi(app: Litestar) -> Json:
    """The finished description."""
    document: Json = app.openapi_schema.to_schema()
    handlers = {h.operation_id: h for h in find_handlers(app) if h.operation_id is not None}
    types = [ErrorBody, *{t for h in handlers.values() for t in _find_types(h)}]
    schemas, components = msgspec.json.schema_components(types, ref_template=REF)
    schema_of = dict(zip(types, schemas, strict=True))
    for path, operation in _find_operations(document):
        handler = handlers[operation["operationId"]]
        _describe_words(operation)
        _describe_bodies(operation, handler, schema_of)
        _describe_access(operation, handler)
        _describe_errors(path, operation, handler, schema_of[ErrorBody])
    document["components"] = {
        "schemas": dict(sorted(components.items())),
        "securitySchemes": SECURITY_SCHEMES,
    }
    return document


def find_handlers(app: Litestar) -> Iterator[HTTPRouteHandler]:
    """Every HTTP route's handler."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler):
                yield handler


def find_guard(handler: Any) -> RoleGuard | None:
    """The role guard of a route, if it has one."""
    return next((g for g in handler.resolve_guards() if isinstance(g, RoleGuard)), None)


def _find_operations(document: Json) -> Iterator[tuple[str, Json]]:
    for path, item in document["paths"].items():
        yield from ((path, operation) for operation in item.values())


def _find_types(handler: HTTPRouteHandler) -> list[Any]:
    found = [_answer_type(handler), _body_type(handler)]
    return [t for t in found if t is not None]


def _answer_type(handler: HTTPRouteHandler) -> Any:
    """What a success carries as JSON; None: nothing, or no JSON."""
    answer: FieldDefinition = handler.parsed_fn_signature.return_type
    if answer.is_subclass_of(Response) and not answer.is_subclass_of(BINARY):
        answer = answer.inner_types[0]
    plain = answer.annotation in (None, type(None), bytes, str) or answer.is_subclass_of(BINARY)
    return None if plain else answer.annotation


def _body_type(handler: HTTPRouteHandler) -> Any:
    body = handler.parsed_data_field
    # A form's route has no data transfer object, all others have the application's.
    dto: Any = cast("Any", handler).dto
    return body.annotation if body is not None and dto is not None else None


def _describe_words(operation: Json) -> None:
    summary, _, rest = operation.get("description", "").partition("\n\n")
    operation["summary"] = summary.rstrip(".")
    operation["description"] = rest
    for parameter in operation.get("parameters", ()):
        parameter.pop("deprecated", None)
        # In an address "null" is read as null; in a header it is a text like any other.
        choices = parameter["schema"].pop("oneOf", ()) if parameter["in"] == "header" else ()
        for choice in choices:
            if choice != {"type": "null"}:
                parameter["schema"] = {**choice, **parameter["schema"]}


def _describe_bodies(
    operation: Json, handler: HTTPRouteHandler, schema_of: dict[Any, Json]
) -> None:
    body = _body_type(handler)
    if body is not None:
        content = operation["requestBody"]["content"]["application/json"] = {
            "schema": schema_of[body]
        }
        if (example := EXAMPLES.get(operation["operationId"])) is not None:
            content["example"] = example
    elif handler.parsed_data_field is not None:
        operation["requestBody"]["content"] = {"multipart/form-data": {"schema": UPLOAD_SCHEMA}}
    success = operation["responses"][str(handler.status_code)]
    answer = _answer_type(handler)
    if handler.status_code == 204:
        success.pop("content", None)
    elif handler.parsed_fn_signature.return_type.is_subclass_of(BINARY):
        success["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    elif answer is not None:
        success["content"] = {"application/json": {"schema": schema_of[answer]}}


def _describe_access(operation: Json, handler: HTTPRouteHandler) -> None:
    guard = find_guard(handler)
    if guard is None:
        operation["security"] = []
        return
    safe = handler.http_methods <= {"GET", "HEAD", "OPTIONS"}
    session: Json = {"session": []} if safe else {"session": [], "csrf": []}
    operation["security"] = [session, {"apiKey": []}]
    operation["x-role"] = guard.role.value
    operation["description"] = f"{operation['description']}\n\nRole: {guard.role.value}.".strip()


def _describe_errors(path: str, operation: Json, handler: HTTPRouteHandler, error: Json) -> None:
    for status_code in _find_errors(path, operation, handler):
        response: Json = {
            "description": ERRORS[status_code],
            "content": {"application/json": {"schema": error}},
        }
        if status_code in (429, 503):
            response["headers"] = RETRY_AFTER
        # A route may describe an error of its own better than these rules do.
        if status_code != 503 or "503" not in operation["responses"]:
            operation["responses"][str(status_code)] = response


def _find_errors(path: str, operation: Json, handler: HTTPRouteHandler) -> Sequence[int]:
    errors = {400, 429, 503}
    if find_guard(handler) is not None or path.startswith("/api/webchat"):
        errors |= {401, 403}
    if "{" in path or "requestBody" in operation:
        errors |= {404, 422}
    if not handler.http_methods <= {"GET", "HEAD", "OPTIONS"}:
        errors |= {403, 409, 422}
    if "requestBody" in operation:
        errors |= {401, 413, 415}
    return sorted(errors)


__all__ = ["CSRF_HEADER", "build_openapi", "build_openapi_config", "find_guard", "find_handlers"]
