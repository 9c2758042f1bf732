"""What must hold of a look-up before it is saved; whether its host answers is for a try."""

import re

import msgspec

from frontdesk.kernel.flows.resources import (
    PLACE,
    HttpMethod,
    HttpSource,
    KnowledgeSource,
    LookUp,
    SqlSource,
)

TIME_MS_MAX = 60_000
RETRIES_MAX = 5
PARAMETERS_MAX = 20
HEADERS_MAX = 20
RESULTS_MAX = 50
URL_CHARS_MAX = 2_000
PORT_MAX = 65_535
TEXT_CHARS_MAX = 10_000
"""Of a body and of a query."""

SECRET_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_PARAMETER = re.compile(r"[a-z_][a-z0-9_]{0,39}")
_URL = re.compile(r"https?://([^/?#]+?)(?::([0-9]{1,5}))?(?:[/?#].*)?")
_HOST = re.compile(r"\[[0-9A-Fa-f:.]+\]|[^\s:\[\]{}\\%<>\"^`|]+")
_READS = re.compile(r"\s*(?:select|with|values|table)\b", re.IGNORECASE)
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_OURS = frozenset({"host", "content-length", "transfer-encoding", "connection"})
"""Headers that the connection itself sets."""


def check_look_up(look_up: LookUp) -> str | None:
    """What is wrong with it, as a sentence."""
    names = look_up.parameters
    if len(set(names)) != len(names) or len(names) > PARAMETERS_MAX:
        return f"There are at most {PARAMETERS_MAX} parameters, each named once."
    wrong = next((name for name in names if not _PARAMETER.fullmatch(name)), None)
    if wrong is not None:
        return f"{wrong!r} is no name of a parameter: small letters, digits and _ make one."
    if not 1 <= look_up.time_ms_max <= TIME_MS_MAX:
        return f"The time for an answer is between 1 and {TIME_MS_MAX} ms."
    match look_up.source:
        case HttpSource() as source:
            return _check_http(source, set(names))
        case SqlSource() as source:
            return _check_sql(source)
        case KnowledgeSource(score_min=score):
            return None if 0 <= score <= 1 else "The least score is between 0 and 1."


def _check_http(source: HttpSource, names: set[str]) -> str | None:
    if source.secret and not SECRET_NAME.fullmatch(source.secret):
        return f"{source.secret!r} is no name of a secret."
    if not 0 <= source.retries <= RETRIES_MAX:
        return f"It is asked again {RETRIES_MAX} times at most."
    texts = [source.url, source.body, *source.headers.values()]
    unknown = {name for text in texts for name in PLACE.findall(text)} - names
    if unknown:
        return f"{{{min(unknown)}}} is not among the parameters."
    if len(source.result) > RESULTS_MAX:
        return f"There are at most {RESULTS_MAX} results."
    return _check_url(source.url) or _check_headers(source) or _check_body(source)


def _check_url(url: str) -> str | None:
    if len(url) > URL_CHARS_MAX or _CONTROL.search(url) or " " in url:
        return f"An address has at most {URL_CHARS_MAX} characters, and no spaces."
    found = _URL.fullmatch(url)
    if found is None:
        return "The address begins with https:// or http:// and a host."
    host, port = found.groups()
    if PLACE.search(host):
        return "A parameter can't be a part of the host."
    if "@" in host:
        return "A name and a password don't belong into the address: keep them as a secret."
    if not _HOST.fullmatch(host) or int(port or 1) not in range(1, PORT_MAX + 1):
        return "The address can't be read: check its host and port."
    return None if "#" not in url else "The address can't have a part behind #."


def _check_headers(source: HttpSource) -> str | None:
    headers = source.headers
    if len(headers) > HEADERS_MAX:
        return f"There are at most {HEADERS_MAX} headers."
    for name in (*headers, source.secret_header):
        if not _HEADER.fullmatch(name) or name.lower() in _OURS:
            return f"{name!r} can't be the name of a header here."
    if any(_CONTROL.search(text) for text in (*headers.values(), source.secret_prefix)):
        return "A header is one line."
    return None


def _check_body(source: HttpSource) -> str | None:
    if source.method is HttpMethod.GET:
        return "A GET has no body." if source.body else None
    if len(source.body) > TEXT_CHARS_MAX:
        return f"The body has at most {TEXT_CHARS_MAX} characters."
    if source.body and not _is_json(PLACE.sub("0", source.body)):
        return "The body isn't JSON: a parameter stands in it as a value, or within quotes."
    return None


def _check_sql(source: SqlSource) -> str | None:
    if not SECRET_NAME.fullmatch(source.secret):
        return "Name the secret that holds the connection URL."
    if not 1 <= len(source.query.strip()) <= TEXT_CHARS_MAX:
        return f"The query has 1 to {TEXT_CHARS_MAX} characters."
    if not _READS.match(source.query):
        return "The query begins with SELECT, WITH, VALUES or TABLE."
    return None


def _is_json(text: str) -> bool:
    try:
        msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True
