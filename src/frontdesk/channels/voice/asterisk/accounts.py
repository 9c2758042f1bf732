"""Who may call through Asterisk: trunks to carriers, desk phones, browsers.

Each is told to Asterisk as a few objects of its PJSIP, named by the kind and our own id.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import msgspec

from frontdesk.channels.voice.asterisk.files import APP
from frontdesk.channels.voice.media import BrowserLine, Line, PhoneLine, TrunkLine
from frontdesk.kernel.telephone import TrunkTransport

TRUNK: Final = "trunk-"
PHONE: Final = "phone-"
BROWSER: Final = "agent-"

SOUND_LOST_S: Final = 30
"""A call on which no packet has come for so long is given up (on hold: ten times that)."""
EXPIRY_S: Final = 120
ASKED_EVERY_S: Final = 30
"""So often a carrier is asked whether it is there (OPTIONS)."""

Fields: TypeAlias = dict[str, str]


class Trunk(msgspec.Struct, frozen=True, kw_only=True):
    """A way to the telephone network.

    With `registers` we sign in at the carrier by user and secret; else the carrier knows us by our
    address, and we it by `addresses`.
    """

    trunk_id: str
    host: str
    port: int = 5060
    transport: TrunkTransport = TrunkTransport.UDP
    user: str = ""
    secret: str = ""
    registers: bool = False
    addresses: tuple[str, ...] = ()
    """From where the carrier's calls come; empty: from `host`."""
    region: str = ""
    caller_number: str = ""
    """What is shown of calls that name no other."""
    with_plus: bool = True
    """Whether the carrier wants numbers as +373…; else they are sent without the plus."""
    codecs: str = "alaw,ulaw,g722"
    lines_max: int | None = None
    allowed_prefixes: tuple[str, ...] = ("+",)
    """It calls numbers that begin with one of these."""
    sound_lost_s: int = SOUND_LOST_S


class PhoneAccount(msgspec.Struct, frozen=True, kw_only=True):
    """A desk phone."""

    account_id: str
    secret: str


class BrowserAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An agent's browser."""

    agent_id: str
    secret: str


Account: TypeAlias = Trunk | PhoneAccount | BrowserAccount


class Piece(msgspec.Struct, frozen=True):
    """One object of Asterisk's configuration."""

    kind: str
    name: str
    fields: Fields


def describe(account: Account) -> list[Piece]:
    """What Asterisk is told of an account, in the order in which it can be."""
    match account:
        case Trunk():
            return _describe_trunk(account)
        case PhoneAccount():
            return _describe_phone(PHONE + account.account_id, account.secret, {})
        case BrowserAccount():
            return _describe_phone(BROWSER + account.agent_id, account.secret, _BROWSER_FIELDS)


_ENDPOINT_FIELDS: Final[Fields] = {
    "context": APP,
    "disallow": "all",
    "direct_media": "no",
    "rtp_symmetric": "yes",
    "force_rport": "yes",
    "rewrite_contact": "yes",
    "rtp_timeout": str(SOUND_LOST_S),
    "rtp_timeout_hold": str(10 * SOUND_LOST_S),
    "trust_id_inbound": "yes",
    "trust_id_outbound": "yes",
    "send_pai": "yes",
    # Whom somebody is joined with is nobody's business, and an INVITE less for each.
    "send_connected_line": "no",
}
_BROWSER_FIELDS: Final[Fields] = {"webrtc": "yes", "allow": "opus,ulaw", "transport": "ws"}
# What a person asks of the phone's own keys is asked of us: we know who may be called.
_TRANSFERS_ARE_OURS: Final[Fields] = {"set_var": "PJSIP_TRANSFER_HANDLING()=ari-only"}


def _describe_trunk(trunk: Trunk) -> list[Piece]:
    name = TRUNK + trunk.trunk_id
    carrier = _address(trunk)
    fields = {
        **_ENDPOINT_FIELDS,
        "aors": name,
        "allow": trunk.codecs,
        "transport": trunk.transport.value,
        "identify_by": "ip",
        "rtp_timeout": str(trunk.sound_lost_s),
    }
    pieces: list[Piece] = []
    if trunk.user:
        pieces.append(_auth(name, trunk.user, trunk.secret))
        fields |= {"outbound_auth": name, "from_user": trunk.user}
    if trunk.caller_number:
        fields["callerid"] = trunk.caller_number
    pieces.append(Piece("aor", name, {"contact": carrier, "qualify_frequency": str(ASKED_EVERY_S)}))
    pieces.append(Piece("endpoint", name, fields))
    match = ",".join(trunk.addresses) or trunk.host
    pieces.append(Piece("identify", name, {"endpoint": name, "match": match}))
    if trunk.registers:
        registration = {
            "server_uri": carrier,
            "client_uri": f"sip:{trunk.user}@{trunk.host}",
            "outbound_auth": name,
            "contact_user": trunk.user,
            "transport": trunk.transport.value,
            "retry_interval": "30",
            "forbidden_retry_interval": "300",
            "expiration": str(10 * EXPIRY_S),
        }
        pieces.append(Piece("registration", name, registration))
    return pieces


def _describe_phone(name: str, secret: str, more: Fields) -> list[Piece]:
    aor = {
        "max_contacts": "1",
        "remove_existing": "yes",
        "default_expiration": str(EXPIRY_S),
        "minimum_expiration": "30",
    }
    fields = {
        **_ENDPOINT_FIELDS,
        "aors": name,
        "auth": name,
        "allow": "g722,alaw,ulaw",
        "identify_by": "username",
        **_TRANSFERS_ARE_OURS,
        **more,
    }
    return [_auth(name, name, secret), Piece("aor", name, aor), Piece("endpoint", name, fields)]


def _auth(name: str, user: str, secret: str) -> Piece:
    return Piece("auth", name, {"auth_type": "userpass", "username": user, "password": secret})


def address_of(line: Line, trunks: dict[str, Trunk]) -> str:
    """What Asterisk dials to reach a line."""
    match line:
        case BrowserLine():
            return f"PJSIP/{BROWSER}{line.agent_id}"
        case PhoneLine():
            return f"PJSIP/{PHONE}{line.account_id}"
        case TrunkLine():
            trunk = trunks.get(line.trunk_id)
            if trunk is None:
                return f"PJSIP/{line.number}@{TRUNK}{line.trunk_id}"
            # By its address, or Asterisk would call no carrier that is too proud to be asked.
            number = line.number if trunk.with_plus else line.number.removeprefix("+")
            return f"PJSIP/{TRUNK}{line.trunk_id}/{_address(trunk, number)}"


def _address(trunk: Trunk, number: str = "") -> str:
    user = f"{number}@" if number else ""
    over = ";transport=tcp" if trunk.transport is TrunkTransport.TCP else ""
    return f"sip:{user}{trunk.host}:{trunk.port}{over}"
