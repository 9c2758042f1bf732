"""As much of SIP (RFC 3261) as a telephone in a test speaks."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field


@dataclass
class Message:
    """A request or an answer; headers keep their order and may repeat."""

    first_line: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""

    @property
    def method(self) -> str:
        """Of a request; an answer's is that of its CSeq."""
        return self.get("CSeq").split()[-1] if self.status else self.first_line.split()[0]

    @property
    def status(self) -> int:
        """Of an answer; 0: it is a request."""
        return int(self.first_line.split()[1]) if self.first_line.startswith("SIP/2.0") else 0

    def get(self, name: str) -> str:
        """The first header of that name; empty: there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def all(self, name: str) -> list[tuple[str, str]]:
        """Every header of that name."""
        return [(key, value) for key, value in self.headers if key.lower() == name.lower()]

    def write(self) -> bytes:
        """As it goes over the wire."""
        lines = [self.first_line, *(f"{key}: {value}" for key, value in self.headers)]
        lines.append(f"Content-Length: {len(self.body.encode())}")
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode()


SHORT = {"v": "Via", "f": "From", "t": "To", "i": "Call-ID", "m": "Contact", "l": "Content-Length"}


def read_message(data: bytes) -> Message:
    """A message as it came."""
    head, _, body = data.decode().partition("\r\n\r\n")
    first_line, *lines = head.split("\r\n")
    headers = [line.split(":", 1) for line in lines]
    pairs = [(SHORT.get(key.strip(), key.strip()), value.strip()) for key, value in headers]
    kept = [(key, value) for key, value in pairs if key != "Content-Length"]
    return Message(first_line, kept, body)


def answer(request: Message, status: str, tag: str = "", contact: str = "") -> Message:
    """An answer to a request."""
    to = request.get("To")
    if tag and "tag=" not in to:
        to += f";tag={tag}"
    headers = [*request.all("Via"), *request.all("Record-Route")]
    headers += [("From", request.get("From")), ("To", to), ("Call-ID", request.get("Call-ID"))]
    headers.append(("CSeq", request.get("CSeq")))
    if contact:
        headers.append(("Contact", contact))
    return Message(f"SIP/2.0 {status}", headers)


def uri_in(header: str) -> str:
    """The address in a From, To or Contact."""
    found = re.search(r"<([^>]+)>", header)
    return found[1] if found else header.split(";")[0]


def authorise(challenge: str, method: str, uri: str, user: str, secret: str) -> str:
    """The answer to a challenge (RFC 2617)."""
    asked = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
    ha1 = _md5(f"{user}:{asked['realm']}:{secret}")
    ha2 = _md5(f"{method}:{uri}")
    qop = ""
    if "qop" in asked:
        response = _md5(f"{ha1}:{asked['nonce']}:00000001:c:auth:{ha2}")
        qop = ', qop=auth, nc=00000001, cnonce="c"'
    else:
        response = _md5(f"{ha1}:{asked['nonce']}:{ha2}")
    opaque = f', opaque="{asked["opaque"]}"' if "opaque" in asked else ""
    return (
        f'Digest username="{user}", realm="{asked["realm"]}", nonce="{asked["nonce"]}", '
        f'uri="{uri}", response="{response}", algorithm=MD5{qop}{opaque}'
    )


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def describe_sound(host: str, port: int, number: int = 1) -> str:
    """A description of G.711 and keys (RFC 4566, RFC 4733)."""
    return (
        f"v=0\r\no=- {number} {number} IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\n"
        f"m=audio {port} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\n"
        "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=sendrecv\r\n"
    )


def sound_address(description: str) -> tuple[str, int]:
    """Where the other side wants the packets."""
    host = re.search(r"^c=IN IP4 (\S+)", description, re.MULTILINE)
    port = re.search(r"^m=audio (\d+)", description, re.MULTILINE)
    assert host is not None, description
    assert port is not None, description
    return host[1], int(port[1])
