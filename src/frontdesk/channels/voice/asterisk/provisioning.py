"""Tells Asterisk its accounts, and tells it again when it was started anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

import msgspec

from frontdesk.channels.voice.asterisk.accounts import (
    BROWSER,
    PHONE,
    TRUNK,
    Account,
    Piece,
    describe,
)
from frontdesk.channels.voice.asterisk.ari_types import Endpoint
from frontdesk.channels.voice.asterisk.board import Board
from frontdesk.channels.voice.media import LegGone, OrderRefused

_TAKEN_AWAY: Final = ("registration", "identify", "endpoint", "aor", "auth")
_MADE_ANEW: Final = ("endpoint", "aor")
DIGEST_VARIABLE: Final = "FRONTDESK_ACCOUNTS"
_read_endpoints: Final = msgspec.json.Decoder(list[Endpoint]).decode


class _Variable(msgspec.Struct, frozen=True):
    value: str = ""


class Provisioning:
    """What Asterisk knows of the accounts.

    A variable of Asterisk's own says which they are, so that a server that comes back to a running
    Asterisk need tell nothing anew, and one that comes to a new Asterisk tells everything.
    """

    def __init__(self, board: Board) -> None:
        self._board = board
        self._told: dict[str, list[Piece]] = {}
        self.refused: dict[str, str] = {}
        """Why Asterisk won't have an account, by its name there; the others are in use."""

    async def tell(self, accounts: Iterable[Account]) -> None:
        """Makes Asterisk know these, but for `refused`, and no others. Raises MediaUnavailable."""
        wanted = {pieces[-1].name: pieces for pieces in map(describe, accounts)}
        self.refused = {name: why for name, why in self.refused.items() if name in wanted}
        known = await self._read_digest()
        if known == _digest(wanted):
            self._told = wanted
            return
        if known != _digest(self._told):
            self._told = {}
        for name in await self._list_names() - wanted.keys():
            await self._take_away(name)
        for name, pieces in wanted.items():
            if self._told.get(name) != pieces:
                await self._try_put(name, pieces)
        query = {"variable": DIGEST_VARIABLE, "value": _digest(self._told)}
        await self._board.order("POST", "asterisk/variable", query)

    async def _read_digest(self) -> str:
        query = {"variable": DIGEST_VARIABLE}
        answer = await self._board.order("GET", "asterisk/variable", query)
        return msgspec.json.decode(answer, type=_Variable).value

    async def _list_names(self) -> set[str]:
        """What Asterisk has of ours, whoever told it."""
        states = await self.list_states()
        return {name for name in states if name.startswith((TRUNK, PHONE, BROWSER))}

    async def list_states(self) -> dict[str, str]:
        """`online`, `offline` or `unknown`, by the account's name. Raises MediaUnavailable."""
        endpoints = _read_endpoints(await self._board.order("GET", "endpoints"))
        return {endpoint.resource: endpoint.state or "" for endpoint in endpoints}

    async def _try_put(self, name: str, pieces: list[Piece]) -> None:
        try:
            await self._put(name, pieces)
        except (OrderRefused, LegGone) as refused:
            self.refused[name] = str(refused)
            await self._take_away(name)
        else:
            self.refused.pop(name, None)

    async def _put(self, name: str, pieces: list[Piece]) -> None:
        before = {piece.kind: piece for piece in self._told.get(name, [])}
        for piece in pieces:
            if before.get(piece.kind) != piece:
                # Asterisk can't change an endpoint that sets variables, and of an address that has
                # changed it goes on to believe what it knew of the old one: they are made anew.
                if piece.kind in _MADE_ANEW:
                    await self._board.try_order("DELETE", _path(piece.kind, name))
                fields = [{"attribute": key, "value": value} for key, value in piece.fields.items()]
                await self._board.order("PUT", _path(piece.kind, name), body={"fields": fields})
        for kind in before.keys() - {piece.kind for piece in pieces}:
            await self._board.try_order("DELETE", _path(kind, name))
        self._told[name] = pieces

    async def _take_away(self, name: str) -> None:
        for kind in _TAKEN_AWAY:
            await self._board.try_order("DELETE", _path(kind, name))
        self._told.pop(name, None)


def _path(kind: str, name: str) -> str:
    return f"asterisk/config/dynamic/res_pjsip/{kind}/{name}"


def _digest(pieces: dict[str, list[Piece]]) -> str:
    return hashlib.sha256(msgspec.json.encode(pieces, order="deterministic")).hexdigest()
