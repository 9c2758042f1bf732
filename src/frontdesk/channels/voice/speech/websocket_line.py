"""One conversation with a recogniser over a websocket, its failures by their names in `errors`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, InvalidURI, WebSocketException

from frontdesk.channels.voice.speech.errors import SpeechRejected, VoiceSilent

ANSWER_BYTES_MAX: Final = 256 * 1024
_REFUSED: Final = range(400, 500)


class Line:
    """Sends, and waits no longer than so for each answer."""

    def __init__(self, connection: ClientConnection, time_s_max: float) -> None:
        self._connection = connection
        self._time_s_max = time_s_max

    async def send(self, message: str | bytes) -> None:
        async with asyncio.timeout(self._time_s_max):
            await self._connection.send(message)

    async def receive(self) -> str:
        async with asyncio.timeout(self._time_s_max):
            answer = await self._connection.recv()
        return answer if isinstance(answer, str) else answer.decode(errors="replace")


@asynccontextmanager
async def open_line(url: str, time_ms_max: int) -> AsyncGenerator[Line]:
    """A line to the server. Raises VoiceSilent, SpeechRejected, from within too."""
    time_s_max = time_ms_max / 1_000
    try:
        async with connect(
            url,
            open_timeout=time_s_max,
            close_timeout=time_s_max,
            max_size=ANSWER_BYTES_MAX,
            compression=None,
            proxy=None,
        ) as connection:
            yield Line(connection, time_s_max)
    except InvalidURI as error:
        raise SpeechRejected("The service's address can't be used") from error
    except InvalidStatus as error:
        status = error.response.status_code
        kind = SpeechRejected if status in _REFUSED else VoiceSilent
        raise kind(f"The service doesn't open a line: {status}") from error
    except (OSError, TimeoutError, WebSocketException) as error:
        raise VoiceSilent(f"The service can't be reached: {type(error).__name__}") from error
