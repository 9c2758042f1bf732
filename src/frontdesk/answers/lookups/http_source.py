"""Asks over HTTP: fills the templates, follows what may be followed, asks again what may be."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Final, NamedTuple
from urllib.parse import urljoin

import httpcore
import httpx
import msgspec

from frontdesk.answers.lookups.network import CheckedBackend, Gate
from frontdesk.answers.lookups.results import find_results
from frontdesk.answers.lookups.templates import fill_header, fill_json, fill_url
from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.flows.resources import HttpMethod, HttpSource
from frontdesk.runtime.clock import Clock, pause
from frontdesk.runtime.look_ups import (
    BadStatus,
    LookUpError,
    Misdescribed,
    NotReachable,
    NotReadable,
)

BODY_BYTES_MAX: Final = 256 * 1024
"""Of an answer; what is longer is cut off unread."""

REDIRECTS_MAX: Final = 3
RETRY_FIRST_MS: Final = 100
RETRY_LAST_MS: Final = 2_000
"""Pauses before it is asked again: doubled from the first to the last."""

CONNECTIONS_MAX: Final = 64
CONNECTIONS_KEPT_MAX: Final = 16
KEPT_S: Final = 30.0
"""How long an idle connection is kept for the next question."""

OWN_HEADERS: Final = {"Accept": "application/json", "User-Agent": "Frontdesk"}
NOTHING: Final = frozenset({404, 410})
"""Statuses of an answer that there is no such thing."""

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

_NOT_SENT: Final = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout)
_BROKEN: Final = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.TimeoutException,
    OSError,
)

Headers = dict[str, str]


class Question(NamedTuple):
    """A request, ready to be sent."""

    method: str
    url: str
    headers: Headers
    body: bytes


class Answer(NamedTuple):
    """A status with its body; of a redirect also where it leads."""

    status: int
    body: bytes
    location: str | None


class HttpAsker:
    """Asks HTTP sources. Connections to private addresses are kept apart from all others."""

    def __init__(self, gate: Gate, clock: Clock, ssl_context: ssl.SSLContext | None = None) -> None:
        self._clock = clock
        context = ssl_context if ssl_context is not None else _trust_all_known()
        self._pools = {
            private: _build_pool(CheckedBackend(gate, private=private), context)
            for private in (False, True)
        }

    async def ask(
        self,
        source: HttpSource,
        parameters: Mapping[str, Value],
        secret: str | None,
        *,
        private: bool,
    ) -> dict[str, Value]:
        """The results. Asks until the caller's patience ends. Raises LookUpError."""
        question = build_question(source, parameters, secret)
        answer = await self._ask_again(question, source, private)
        return await read_results(source, answer)

    async def post(self, url: str, headers: Headers, body: bytes, *, private: bool) -> None:
        """Sends once, and follows nowhere. Raises LookUpError unless it was taken (2xx)."""
        question = Question(HttpMethod.POST.value, url, _merge(OWN_HEADERS, headers), body)
        answer = await self._send(question, private)
        if not 200 <= answer.status < 300:
            raise BadStatus(answer.status)

    async def close(self) -> None:
        """Ends the connections."""
        for pool in self._pools.values():
            await pool.aclose()

    async def _ask_again(self, question: Question, source: HttpSource, private: bool) -> Answer:
        wait_ms = RETRY_FIRST_MS
        for _ in range(source.retries):
            try:
                return await self._follow(question, source, private)
            except LookUpError as error:
                if not _may_be_repeated(error, source.method):
                    raise
            await pause(self._clock, wait_ms)
            wait_ms = min(wait_ms * 2, RETRY_LAST_MS)
        return await self._follow(question, source, private)

    async def _follow(self, question: Question, source: HttpSource, private: bool) -> Answer:
        answer = await self._send(question, private)
        for _ in range(REDIRECTS_MAX):
            if answer.location is None or source.method is not HttpMethod.GET:
                break
            question = redirect(question, answer.status, answer.location)
            answer = await self._send(question, private)
        return _check_status(answer)

    async def _send(self, question: Question, private: bool) -> Answer:
        url = _parse(question.url)
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        headers = [(name.encode(), text.encode()) for name, text in question.headers.items()]
        headers.insert(0, (b"Host", url.netloc))
        with_body = question.body if question.method != HttpMethod.GET.value else None
        stream = self._pools[private].stream(
            question.method, target, headers=headers, content=with_body
        )
        async with _translated(), stream as response:
            return await _read(response)


def build_question(
    source: HttpSource, parameters: Mapping[str, Value], secret: str | None
) -> Question:
    """The request. Raises LookUpFaulty."""
    headers = dict(OWN_HEADERS)
    if source.method is not HttpMethod.GET:
        headers["Content-Type"] = "application/json"
    given = {name: fill_header(text, parameters) for name, text in source.headers.items()}
    headers = _merge(headers, given)
    if secret is not None:
        value = fill_header(f"{source.secret_prefix}{secret}", {})
        headers = _merge(headers, {source.secret_header: value})
    body = fill_json(source.body, parameters).encode(errors="replace")
    return Question(source.method.value, fill_url(source.url, parameters), headers, body)


def redirect(question: Question, status: int, location: str) -> Question:
    """What to ask next. To another origin neither the secret nor the look-up's headers go along.

    Raises BadStatus when it leads from https to http, or elsewhere.
    """
    before, after = _parse(question.url), _parse(urljoin(question.url, location))
    readable = after.scheme in ("http", "https") and after.host
    if not readable or (before.scheme, after.scheme) == ("https", "http"):
        raise BadStatus(status, f": it leads to {after.scheme}, which isn't followed")
    same_origin = (before.scheme, before.netloc) == (after.scheme, after.netloc)
    headers = question.headers if same_origin else OWN_HEADERS
    return Question(question.method, str(after), headers, b"")


async def read_results(source: HttpSource, answer: Answer) -> dict[str, Value]:
    """The results of an answer. Raises Misdescribed, NotReadable."""
    found = answer.status not in NOTHING
    try:
        body = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if found:
            raise NotReadable(f"The answer isn't JSON: {error}") from error
        body = None
    names = {"body": body, "status": answer.status}
    # In a thread: what an expression looks for in a large answer may take its time.
    return await asyncio.to_thread(find_results, source.result, names, found=found)


def _build_pool(
    backend: httpcore.AsyncNetworkBackend, context: ssl.SSLContext
) -> httpcore.AsyncConnectionPool:
    return httpcore.AsyncConnectionPool(
        ssl_context=context,
        max_connections=CONNECTIONS_MAX,
        max_keepalive_connections=CONNECTIONS_KEPT_MAX,
        keepalive_expiry=KEPT_S,
        network_backend=backend,
    )


def _trust_all_known() -> ssl.SSLContext:
    context = httpcore.default_ssl_context()
    context.load_default_certs()
    return context


def _parse(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Misdescribed(f"The address can't be read: {error}") from error


def _merge(headers: Headers, more: Headers) -> Headers:
    replaced = {name.lower() for name in more}
    return {n: text for n, text in headers.items() if n.lower() not in replaced} | more


def _may_be_repeated(error: LookUpError, method: HttpMethod) -> bool:
    if method is HttpMethod.GET:
        return error.retryable
    return isinstance(error, NotReachable) and not error.sent


def _check_status(answer: Answer) -> Answer:
    if not 200 <= answer.status < 300 and answer.status not in NOTHING:
        raise BadStatus(answer.status)
    return answer


async def _read(response: httpcore.Response) -> Answer:
    if response.status in REDIRECTS:
        named = [text for name, text in response.headers if name.lower() == b"location"]
        return Answer(response.status, b"", named[0].decode("latin-1") if named else None)
    body = bytearray()
    async for chunk in response.aiter_stream():
        body += chunk
        if len(body) > BODY_BYTES_MAX:
            raise NotReadable(f"The answer is longer than {BODY_BYTES_MAX // 1024} KiB")
    return Answer(response.status, bytes(body), None)


@asynccontextmanager
async def _translated() -> AsyncGenerator[None]:
    try:
        yield
    except _NOT_SENT as error:
        raise NotReachable(_say(error)) from error
    except _BROKEN as error:
        raise NotReachable(_say(error), sent=True) from error
    except httpcore.UnsupportedProtocol as error:
        raise Misdescribed("The address begins with neither https nor http") from error


def _say(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:200]
