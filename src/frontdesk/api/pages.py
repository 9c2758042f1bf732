"""The built web: the desk's pages, the customer's widget, the demo page."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec
from litestar import Response, Router, route
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from frontdesk.api.calls import AnyRequest, Parts
from frontdesk.api.identity import PUBLIC

FOREVER: Final = "public, max-age=31536000, immutable"
"""For files whose name changes with their content."""

REVALIDATE: Final = "no-cache"
"""For files whose name stays: ask each time whether it is still the same."""

FILES_REMEMBERED_MAX: Final = 256

_TYPES: Final = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2"}
_COMPRESSED_TYPES: Final = frozenset({"image/svg+xml", "application/json"})

WIDGET_CACHE: Final = "public, max-age=300"

# Scripts and connections from here alone; styles set by scripts are Mantine's way. The pages may
# not be framed, so that nobody is led to click in them unawares.
PAGE_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "connect-src 'self' ws: wss:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

NOT_BUILT: Final = (
    "<!doctype html><meta charset=utf-8><title>Frontdesk</title>"
    "<p>The web has not been built: <code>make run</code> builds it."
)

_METHODS: Final = ("GET", "HEAD")
"""The server leaves out the body of what answers a HEAD."""

_OPT: Final = {PUBLIC: "pages and scripts hold no data"}


class _Built(msgspec.Struct, frozen=True):
    """A file of the build in memory, also compressed where that helps."""

    content: bytes
    compressed: bytes | None
    etag: str
    media_type: str


@lru_cache(maxsize=FILES_REMEMBERED_MAX)
def _load(path: Path, changed_ns: int) -> _Built:
    del changed_ns  # a file that changes is another one
    content = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.types_map.get(path.suffix)
    media_type = media_type or "application/octet-stream"
    is_text = media_type.startswith("text/") or media_type in _COMPRESSED_TYPES
    return _Built(
        content,
        gzip.compress(content, mtime=0) if is_text else None,
        f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        media_type,
    )


def _serve(
    request: AnyRequest, path: Path, cache_control: str, headers: dict[str, str] | None = None
) -> Response[bytes]:
    try:
        built = _load(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise NotFoundException("There is no such file") from error
    given = {
        "Cache-Control": cache_control,
        "Content-Security-Policy": PAGE_POLICY,
        "ETag": built.etag,
        "Vary": "Accept-Encoding",
        **(headers or {}),
    }
    if request.headers.get("if-none-match") == built.etag:
        return Response(b"", status_code=304, headers=given, media_type=built.media_type)
    content = built.content
    if built.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content, given["Content-Encoding"] = built.compressed, "gzip"
    return Response(content, headers=given, media_type=built.media_type)


def _find_inside(folder: Path, relative: str) -> Path:
    try:
        path = (folder / relative.lstrip("/")).resolve()
    except (OSError, ValueError) as error:
        raise NotFoundException("There is no such file") from error
    if not path.is_relative_to(folder.resolve()):
        raise NotFoundException("There is no such file")
    return path


@route(
    [
        "/",
        "/desk",
        "/desk/{_:path}",
        "/floor",
        "/floor/{_:path}",
        "/reports",
        "/reports/{_:path}",
        "/admin",
        "/admin/{_:path}",
        "/login",
        "/wall/{_:path}",
    ],
    http_method=_METHODS,
    opt=_OPT,
    include_in_schema=False,
    sync_to_thread=False,  # Litestar wraps a handler once per path, and two wraps are one too many
)
def get_page(request: AnyRequest, parts: Parts) -> Response[Any]:
    """The application, whatever page of it is asked for: it reads the address itself."""
    index = parts.static_folder / "index.html"
    if not index.is_file():
        return Response(NOT_BUILT, status_code=503, media_type="text/html")
    return _serve(request, index, REVALIDATE)


@route("/demo", http_method=_METHODS, opt=_OPT, include_in_schema=False, sync_to_thread=True)
def get_demo_page(request: AnyRequest, parts: Parts) -> Response[bytes]:
    """A customer's page that carries the widget."""
    return _serve(request, parts.static_folder / "demo.html", REVALIDATE)


@route("/widget.js", http_method=_METHODS, opt=_OPT, include_in_schema=False, sync_to_thread=True)
def get_widget(request: AnyRequest, parts: Parts) -> Response[bytes]:
    """The widget, for any page to load."""
    anywhere = {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return _serve(request, parts.static_folder / "widget.js", WIDGET_CACHE, anywhere)


@route(
    "/assets/{path:path}",
    http_method=_METHODS,
    opt=_OPT,
    include_in_schema=False,
    sync_to_thread=True,
)
def get_asset(request: AnyRequest, path: FromPath[str], parts: Parts) -> Response[bytes]:
    """A script, style or font of the application."""
    return _serve(request, _find_inside(parts.static_folder / "assets", path), FOREVER)


@route("/{name:str}", http_method=_METHODS, opt=_OPT, include_in_schema=False, sync_to_thread=True)
def get_top_file(request: AnyRequest, name: FromPath[str], parts: Parts) -> Response[bytes]:
    """A file beside the application's page: its icon, a sound, the demo page's picture."""
    return _serve(request, _find_inside(parts.static_folder, name), REVALIDATE)


router = Router("/", route_handlers=[get_page, get_demo_page, get_widget, get_asset, get_top_file])
