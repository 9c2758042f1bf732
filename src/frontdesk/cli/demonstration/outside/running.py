"""Runs the service beside the demo, and points the demo's look-ups to where it listens."""

from __future__ import annotations

import secrets
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

import msgspec

from frontdesk.api.parts import ApiParts
from frontdesk.api.people import find_settings
from frontdesk.api.server import serve
from frontdesk.cli.demonstration.founding import ACTOR
from frontdesk.cli.demonstration.look_ups import LOOK_UPS, SECRET_NAME
from frontdesk.cli.demonstration.outside.service import build_service
from frontdesk.kernel.commands import SaveSetting
from frontdesk.kernel.flows.resources import HttpSource, LookUp
from frontdesk.kernel.refusals import Refusal

HOST: Final = "127.0.0.1"
TOKEN_BYTES: Final = 24

_OURS: Final = {look_up.look_up_id for look_up in LOOK_UPS}


@asynccontextmanager
async def outside_service(parts: ApiParts) -> AsyncGenerator[str]:
    """The service on a free port, with a token that its look-ups have; gives its address."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    listener = _listen(_find_last_port(parts))
    origin = f"http://{HOST}:{listener.getsockname()[1]}"
    async with serve(build_service(token), [listener]):
        await parts.kept_secrets.save(SECRET_NAME, token, ACTOR)
        await _point_look_ups(parts, origin)
        yield origin


def _find_ours(parts: ApiParts) -> list[tuple[LookUp, HttpSource]]:
    """The demo's look-ups that still ask this service, however else they were changed."""
    found = [each for each in find_settings(parts.live, "look_up") if isinstance(each, LookUp)]
    return [
        (each, each.source)
        for each in found
        if each.look_up_id in _OURS
        and isinstance(each.source, HttpSource)
        and urlsplit(each.source.url).hostname == HOST
    ]


def _find_last_port(parts: ApiParts) -> int:
    ports = [urlsplit(source.url).port for _, source in _find_ours(parts)]
    return ports[0] or 0 if ports else 0


def _listen(port: int) -> socket.socket:
    """Where it listened the last time, so that nothing changes; else anywhere."""
    try:
        return socket.create_server((HOST, port))
    except OSError:
        return socket.create_server((HOST, 0))


async def _point_look_ups(parts: ApiParts, origin: str) -> None:
    for look_up, source in _find_ours(parts):
        url = urlsplit(source.url)._replace(netloc=urlsplit(origin).netloc).geturl()
        moved = msgspec.structs.replace(source, url=url)
        entity = msgspec.structs.replace(look_up, source=moved)
        answer = await parts.runtime.submit(SaveSetting(entity), actor=ACTOR)
        assert not isinstance(answer, Refusal), answer
