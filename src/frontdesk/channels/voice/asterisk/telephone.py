"""Tells Asterisk the centre's trunks and phones, at the start and whenever they change.

What can't be told (a secret that isn't kept, a host that nobody knows) is left out and shown to
administrators; all others work.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

from frontdesk.channels.voice.asterisk.accounts import PHONE, TRUNK, Account
from frontdesk.channels.voice.asterisk.accounts import PhoneAccount as PhoneToTell
from frontdesk.channels.voice.asterisk.accounts import Trunk as TrunkToTell
from frontdesk.channels.voice.asterisk.media import AsteriskMedia
from frontdesk.channels.voice.media import MediaError
from frontdesk.kernel.events import SettingRemoved, SettingSaved
from frontdesk.kernel.settings import CentreSettings, SettingsEntity
from frontdesk.kernel.telephone import PhoneAccount, Trunk
from frontdesk.records.errors import RecordsUnavailable
from frontdesk.runtime.following import Feed
from frontdesk.runtime.telephone import (
    KEPT_FOR_PHONE,
    PhoneState,
    Reach,
    TelephoneState,
    TrunkState,
)

TYPES: Final = frozenset({"SettingSaved", "SettingRemoved"})
RETRY_S: Final = 1.0
_KINDS: Final = ("trunk", "phone_account")
_REACHED: Final = {"online": Reach.YES, "offline": Reach.NO}

_log = logging.getLogger("frontdesk.voice")


class AsteriskTelephone:
    """A `Follower`, and the `Telephone` that administrators look at."""

    name = "telephone"

    def __init__(
        self,
        media: AsteriskMedia,
        find_settings: Callable[[], Iterable[SettingsEntity]],
        find_secret: Callable[[str], Awaitable[str | None]],
        server: str,
    ) -> None:
        self._media = media
        self._find_settings = find_settings
        self._find_secret = find_secret
        self._server = server
        self._seq = 0
        self._telling = asyncio.Lock()
        self._without_secret: set[str] = set()
        """The names in Asterisk of those that can't be told."""

    @property
    def seq(self) -> int:
        return self._seq

    async def run(self, feed: Feed) -> None:
        """Goes on until it is cancelled. Raises the journal's errors."""
        self._seq = feed.durable_seq
        await self.refresh()
        async for stretch in feed.follow(self._seq, TYPES):
            self._seq = stretch.until_seq
            if any(_concerns_us(envelope.event) for envelope in stretch.envelopes):
                await self.refresh()

    async def refresh(self) -> None:
        """See `Telephone.refresh`."""
        async with self._telling:
            accounts = await self._gather()
            try:
                await self._media.provide(accounts)
            except MediaError as error:
                _log.warning("Asterisk will be told of its lines later", extra={"why": str(error)})

    async def _gather(self) -> list[Account]:
        while True:
            try:
                return await self._read()
            except RecordsUnavailable:
                await asyncio.sleep(RETRY_S)

    async def _read(self) -> list[Account]:
        settings = list(self._find_settings())
        region = next((each.region for each in settings if isinstance(each, CentreSettings)), "")
        accounts: list[Account] = []
        without: set[str] = set()
        for entity in settings:
            if isinstance(entity, Trunk):
                secret = await self._find_secret(entity.secret) if entity.secret else ""
                if secret is None:
                    without.add(TRUNK + entity.trunk_id)
                else:
                    accounts.append(_trunk_to_tell(entity, secret, region))
            elif isinstance(entity, PhoneAccount):
                secret = await self._find_secret(KEPT_FOR_PHONE + entity.account_id)
                if secret is None:
                    without.add(PHONE + entity.account_id)
                else:
                    accounts.append(PhoneToTell(account_id=entity.account_id, secret=secret))
        self._without_secret = without
        return accounts

    async def look(self) -> TelephoneState:
        """See `Telephone.look`."""
        settings = list(self._find_settings())
        try:
            reached, problem = await self._media.list_reached(), ""
        except MediaError as error:
            reached, problem = {}, str(error)
        lines = self._media.count_lines()
        trunks = (
            TrunkState(
                trunk_id=each.trunk_id,
                reached=_REACHED.get(reached.get(TRUNK + each.trunk_id, ""), Reach.UNKNOWN),
                lines_taken=lines.get(each.trunk_id, 0),
                problem=self._problem_of(TRUNK + each.trunk_id, each.secret),
            )
            for each in settings
            if isinstance(each, Trunk)
        )
        phones = (
            PhoneState(
                account_id=each.account_id,
                user=PHONE + each.account_id,
                reached=_REACHED.get(reached.get(PHONE + each.account_id, ""), Reach.UNKNOWN),
                has_secret=PHONE + each.account_id not in self._without_secret,
                problem=self._media.refused.get(PHONE + each.account_id, ""),
            )
            for each in settings
            if isinstance(each, PhoneAccount)
        )
        return TelephoneState(
            set_up=True,
            problem=problem,
            server=self._server,
            trunks=tuple(trunks),
            phones=tuple(phones),
        )

    def _problem_of(self, name: str, secret: str) -> str:
        if name in self._without_secret:
            return f"There is no secret {secret}: an administrator must set it"
        return self._media.refused.get(name, "")


def _concerns_us(event: Any) -> bool:
    if isinstance(event, SettingSaved):
        return isinstance(event.entity, Trunk | PhoneAccount | CentreSettings)
    return isinstance(event, SettingRemoved) and event.kind in _KINDS


def _trunk_to_tell(trunk: Trunk, secret: str, region: str) -> TrunkToTell:
    return TrunkToTell(
        trunk_id=trunk.trunk_id,
        host=trunk.host,
        port=trunk.port,
        transport=trunk.transport,
        user=trunk.user,
        secret=secret,
        registers=trunk.registers,
        addresses=trunk.addresses,
        region=region,
        caller_number=trunk.caller_number,
        with_plus=trunk.with_plus,
        lines_max=trunk.lines_max,
        allowed_prefixes=trunk.allowed_prefixes,
    )
