"""The telephone: the lines to the network, the numbers by which the centre is called, and phones.

Who holds the lines is an adapter's business. Secrets are named here, never held.
"""

import re
from collections.abc import Iterable
from enum import Enum

from frontdesk.kernel.entity import Entity, Part

TRUNK_ATTRIBUTE = "trunk"
CALLED_ATTRIBUTE = "called_number"
"""By which trunk a call came or goes, and which number of ours was called: of its contact."""


_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def is_phone_number(text: str) -> bool:
    """Whether it is a telephone number as the world writes it (E.164), like +37322123456."""
    return _E164.fullmatch(text) is not None


class TrunkTransport(Enum):
    UDP = "udp"
    TCP = "tcp"


class Trunk(Entity, frozen=True):
    """A way to the telephone network, as a carrier gives it. Numbers are E.164 (+37322…).

    With `registers` we sign in at the carrier by user and secret; else the carrier knows us by our
    address, and we it by `addresses`.
    """

    trunk_id: str
    name: str
    host: str
    port: int = 5060
    transport: TrunkTransport = TrunkTransport.UDP
    user: str = ""
    secret: str = ""
    """The name of the kept secret that is the user's password."""
    registers: bool = False
    addresses: tuple[str, ...] = ()
    """From where the carrier's calls come; none: from `host`."""
    lines_max: int | None = None
    """How many calls it carries at once; None: as many as the carrier lets through."""
    allowed_prefixes: tuple[str, ...] = ("+",)
    """It calls numbers that begin with one of these; none: it only takes calls."""
    priority: int = 0
    """Of the trunks that may call a number the one with the highest is tried first."""
    caller_number: str = ""
    """What is shown of calls that name no other."""
    with_plus: bool = True
    """Whether the carrier wants numbers as +373…; else they are sent without the plus."""


class PhoneNumber(Entity, frozen=True):
    """A number by which the centre is called, and where its calls go: to a queue or into a flow."""

    number: str
    """E.164."""
    name: str
    trunk_id: str
    queue_id: str | None = None
    flow_id: str | None = None
    language: str = ""
    """Of those who call it, as far as the number tells."""


class PhoneAccount(Entity, frozen=True):
    """A desk phone, which signs in as this account."""

    account_id: str
    name: str


class DeskBrowser(Part, frozen=True, tag_field="kind", tag="browser"):
    """The agent talks through the desk itself, wherever it is open."""


class DeskPhone(Part, frozen=True, tag_field="kind", tag="phone"):
    """The agent talks through the phone of this account."""

    account_id: str


class OutsidePhone(Part, frozen=True, tag_field="kind", tag="outside"):
    """The agent is called at a number out in the world (E.164)."""

    number: str


AgentLine = DeskBrowser | DeskPhone | OutsidePhone


def list_trunks_to(trunks: Iterable[Trunk], number: str) -> list[Trunk]:
    """The trunks that may call the number, the one to be tried first at the head."""
    able = [trunk for trunk in trunks if number.startswith(trunk.allowed_prefixes)]
    return sorted(able, key=lambda trunk: (-trunk.priority, trunk.trunk_id))
