"""The port by which administrators see how trunks and phones stand."""

from __future__ import annotations

from enum import Enum
from typing import Final, Protocol

import msgspec

KEPT_FOR_PHONE: Final = "phone-"
"""What the names of phones' kept secrets begin with; the account's id follows."""


class Reach(Enum):
    """Whether the other side answers: the carrier our questions, a phone by being signed in."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class TrunkState(msgspec.Struct, frozen=True, kw_only=True):
    """How a trunk stands. `problem`: why it isn't in use at all."""

    trunk_id: str
    reached: Reach = Reach.UNKNOWN
    lines_taken: int = 0
    problem: str = ""


class PhoneState(msgspec.Struct, frozen=True, kw_only=True):
    """How a desk phone stands. `user` and `server` are what is set in the phone."""

    account_id: str
    user: str
    reached: Reach = Reach.UNKNOWN
    has_secret: bool = False
    problem: str = ""


class TelephoneState(msgspec.Struct, frozen=True, kw_only=True):
    """How the telephone stands.

    `set_up`: the operator has named a server of it. `problem`: why it can't be used now.
    """

    set_up: bool
    problem: str = ""
    server: str = ""
    """What desk phones call the server."""
    trunks: tuple[TrunkState, ...] = ()
    phones: tuple[PhoneState, ...] = ()


class Telephone(Protocol):
    """Whoever holds the lines of the telephone."""

    async def look(self) -> TelephoneState:
        """How all stands now."""
        ...

    async def refresh(self) -> None:
        """Secrets have changed: those who use them are told anew."""
        ...


class NoTelephone:
    """A centre that isn't connected with the telephone."""

    async def look(self) -> TelephoneState:
        """See `Telephone.look`."""
        return TelephoneState(set_up=False)

    async def refresh(self) -> None:
        """See `Telephone.refresh`."""
