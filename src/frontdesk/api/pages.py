"""The built web: the desk's pages, the customer's widget, the demo page."""

from __future__ import annotations

import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Final

from litestar import Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import File

from frontdesk.api.calls import Parts
from frontdesk.api.identity import PUBLIC

FOREVER: Final = "public, max-age=31536000, immutable"
"""For files whose name changes with their content."""

REVALIDATE: Final = "no-cache"
"""For files whose name stays: ask each time whether it is still the same."""

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

_OPT: Final = {PUBLIC: "pages and scripts hold no data"}


def _serve(path: Path, cache_control: str) -> File:
    if not path.is_file():
        raise NotFoundException("There is no such file")
    return File(
        path,
        content_disposition_type="inline",
        media_type=_find_type(path.suffix),
        headers={"Cache-Control": cache_control, "Content-Security-Policy": PAGE_POLICY},
    )


@lru_cache(maxsize=64)
def _find_type(suffix: str) -> str:
    media_type = mimetypes.types_map.get(suffix, "application/octet-stream")
    if suffix in (".js", ".mjs"):
        media_type = "text/javascript"
    return media_type


def _find_inside(folder: Path, relative: str) -> Path:
    path = (folder / relative.lstrip("/")).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise NotFoundException("There is no such file")
    return path


@get(
    [
        "/",
        "/desk",
        "/desk/{_:path}",
        "/floor",
        "/floor/{_:path}",
        "/admin",
        "/admin/{_:path}",
        "/login",
    ],
    opt=_OPT,
    include_in_schema=False,
    sync_to_thread=False,  # Litestar wraps a handler once per path, and two wraps are one too many
)
def get_page(parts: Parts) -> Response[str]:
    """The application, whatever page of it is asked for: it reads the address itself."""
    index = parts.static_folder / "index.html"
    if not index.is_file():
        return Response(NOT_BUILT, status_code=503, media_type="text/html")
    return _serve(index, REVALIDATE)


@get("/demo", opt=_OPT, include_in_schema=False, sync_to_thread=True)
def get_demo_page(parts: Parts) -> File:
    """A customer's page that carries the widget."""
    return _serve(parts.static_folder / "demo.html", REVALIDATE)


@get("/widget.js", opt=_OPT, include_in_schema=False, sync_to_thread=True)
def get_widget(parts: Parts) -> File:
    """The widget, for any page to load."""
    file = _serve(parts.static_folder / "widget.js", WIDGET_CACHE)
    file.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    file.headers["Access-Control-Allow-Origin"] = "*"
    return file


@get("/assets/{path:path}", opt=_OPT, include_in_schema=False, sync_to_thread=True)
def get_asset(path: FromPath[str], parts: Parts) -> File:
    """A script, style or font of the application."""
    return _serve(_find_inside(parts.static_folder / "assets", path), FOREVER)


@get("/{name:str}", opt=_OPT, include_in_schema=False, sync_to_thread=True)
def get_top_file(name: FromPath[str], parts: Parts) -> File:
    """A file beside the application's page: its icon, a sound, the demo page's picture."""
    return _serve(_find_inside(parts.static_folder, name), REVALIDATE)


router = Router("/", route_handlers=[get_page, get_demo_page, get_widget, get_asset, get_top_file])
