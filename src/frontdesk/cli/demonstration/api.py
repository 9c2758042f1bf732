"""The public API as a client meets it: signs in, asks again what may be asked again."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any, Final

import httpx
import msgspec

RETRY_FIRST_S: Final = 0.1
RETRY_LAST_S: Final = 2.0
REQUEST_S_MAX: Final = 20.0

Json = dict[str, Any]


class ApiRefused(Exception):
    """The server has understood and won't; asking again is of no use."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code


def new_id() -> str:
    """An id that nobody else makes up."""
    return secrets.token_hex(12)


def pauses() -> PauseSeries:
    """Pauses between attempts, in seconds."""
    return PauseSeries()


class PauseSeries:
    """Doubles from `RETRY_FIRST_S` to `RETRY_LAST_S`."""

    def __init__(self) -> None:
        self._next_s = RETRY_FIRST_S

    async def wait(self) -> None:
        """Until the next attempt."""
        await asyncio.sleep(self._next_s)
        self._next_s = min(RETRY_LAST_S, self._next_s * 2)

    def reset(self) -> None:
        """It went well."""
        self._next_s = RETRY_FIRST_S


class ApiClient:
    """Requests as one caller. A server that is away or busy is asked again until it answers."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.AsyncClient(base_url=self.url, timeout=REQUEST_S_MAX)
        self._csrf_token = ""

    async def close(self) -> None:
        """Ends the connections."""
        await self._http.aclose()

    @property
    def headers(self) -> dict[str, str]:
        """What a websocket of the same caller sends."""
        pairs = (f"{name}={value}" for name, value in self._http.cookies.items())
        return {"Cookie": "; ".join(pairs)}

    async def sign_in(self, login: str, password: str) -> Json:
        """Opens a session; its cookie and token go along from now on. Raises ApiRefused."""
        body = {"login": login, "password": password}
        session = await self.call("POST", "/api/session", body)
        self._csrf_token = session["csrf_token"]
        return session

    async def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        file: tuple[str, bytes, str] | None = None,
    ) -> Any:
        """The answer's JSON. `key`: the request counts once, however often it is sent.

        Raises ApiRefused. What fails for a moment (no connection, 429, 503) is sent again.
        """
        headers = {"X-CSRF-Token": self._csrf_token}
        if key is not None:
            headers["Idempotency-Key"] = key
        waiting = pauses()
        while True:
            try:
                answer = await self._send(method, path, body, headers, file)
            except httpx.TransportError:
                await waiting.wait()
                continue
            if answer.is_success:
                return answer.json() if answer.content else None
            error = _read_error(answer)
            if not error["retryable"] and answer.status_code not in (429, 503):
                raise ApiRefused(answer.status_code, error["code"], error["detail"])
            await waiting.wait()

    async def fetch_text(self, path: str) -> str:
        """The body of a GET, as text. Raises ApiRefused."""
        answer = await self._http.get(path)
        if not answer.is_success:
            error = _read_error(answer)
            raise ApiRefused(answer.status_code, error["code"], error["detail"])
        return answer.text

    async def _send(
        self,
        method: str,
        path: str,
        body: object,
        headers: dict[str, str],
        file: tuple[str, bytes, str] | None,
    ) -> httpx.Response:
        if file is not None:
            return await self._http.request(method, path, headers=headers, files={"file": file})
        if body is None and method == "GET":
            return await self._http.request(method, path, headers=headers)
        content = msgspec.json.encode({} if body is None else body)
        typed = {**headers, "Content-Type": "application/json"}
        return await self._http.request(method, path, headers=typed, content=content)


def _read_error(answer: httpx.Response) -> Json:
    try:
        error: Json = answer.json()["error"]
    except (ValueError, KeyError, TypeError):
        return {"code": "unknown", "detail": answer.text[:200], "retryable": False}
    return error
