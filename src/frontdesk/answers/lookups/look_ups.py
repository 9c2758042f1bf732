"""Asks whatever source a look-up has, within its time, behind its breaker."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Protocol, cast

from frontdesk.answers.knowledge.article_answers import ArticleAnswers
from frontdesk.answers.lookups.addresses import Network
from frontdesk.answers.lookups.breaker import Breakers
from frontdesk.answers.lookups.http_source import HttpAsker
from frontdesk.answers.lookups.network import Gate
from frontdesk.answers.lookups.results import hide
from frontdesk.answers.lookups.sql_source import SqlAsker
from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.flows.resources import HttpSource, KnowledgeSource, LookUp, SqlSource
from frontdesk.records.articles import Articles
from frontdesk.records.database import Database
from frontdesk.records.errors import RecordsUnavailable
from frontdesk.records.kept_secrets import KeptSecrets
from frontdesk.runtime.clock import Clock
from frontdesk.runtime.look_ups import (
    MissingSecret,
    NotReachable,
    TimedOut,
)

Parameters = Mapping[str, Value]


class Knowledge(Protocol):
    """Answers from the knowledge articles."""

    async def ask(self, source: KnowledgeSource, parameters: Parameters) -> dict[str, Value]:
        """Raises LookUpError, RecordsUnavailable."""
        ...


class OutsideLookUps:
    """The port `LookUps`, on real systems."""

    def __init__(
        self,
        secrets: KeptSecrets,
        http: HttpAsker,
        sql: SqlAsker,
        knowledge: Knowledge,
        clock: Clock,
    ) -> None:
        self._secrets = secrets
        self._http = http
        self._sql = sql
        self._knowledge = knowledge
        self._breakers = Breakers(clock)

    async def ask(self, look_up: LookUp, parameters: Parameters, time_ms: int) -> dict[str, Value]:
        """See the port."""
        given = {name: parameters.get(name) for name in look_up.parameters}
        time_ms = max(1, min(time_ms, look_up.time_ms_max))
        async with self._breakers.get(look_up).asking():
            try:
                async with asyncio.timeout(time_ms / 1_000):
                    return await self._ask_source(look_up, given, time_ms)
            except TimeoutError as error:
                raise TimedOut(time_ms) from error
            except RecordsUnavailable as error:
                raise NotReachable("the centre's own database is away") from error

    async def close(self) -> None:
        """Ends all connections."""
        await self._http.close()
        await self._sql.close()

    async def _ask_source(
        self, look_up: LookUp, parameters: Parameters, time_ms: int
    ) -> dict[str, Value]:
        private = look_up.private_addresses
        match look_up.source:
            case KnowledgeSource() as source:
                return await self._knowledge.ask(source, parameters)
            case SqlSource() as source:
                secret = await self._get_secret(source.secret)
                results = await self._sql.ask(
                    source, parameters, secret, private=private, time_ms=time_ms
                )
            case HttpSource() as source:
                secret = await self._get_secret(source.secret) if source.secret else None
                results = await self._http.ask(source, parameters, secret, private=private)
        return cast("dict[str, Value]", hide(results, secret)) if secret else results

    async def _get_secret(self, name: str) -> str:
        secret = await self._secrets.find(name)
        if secret is None:
            raise MissingSecret(name)
        return secret


def build_look_ups(
    database: Database, clock: Clock, networks: Iterable[Network] = ()
) -> OutsideLookUps:
    """All of it, with the secrets and articles of `database`.

    `networks` are those that look-ups with private addresses may ask.
    """
    gate = Gate(networks)
    answers = ArticleAnswers(Articles(database))
    return OutsideLookUps(
        KeptSecrets(database), HttpAsker(gate, clock), SqlAsker(gate), answers, clock
    )
