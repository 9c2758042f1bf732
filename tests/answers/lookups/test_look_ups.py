"""The port as flows use it: secrets, the time limit, the breaker, all sources."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import msgspec
import pytest

from frontdesk.answers.lookups.breaker import FAILURES_MAX, OPEN_MS
from frontdesk.answers.lookups.http_source import HttpAsker
from frontdesk.answers.lookups.look_ups import OutsideLookUps
from frontdesk.answers.lookups.network import Gate
from frontdesk.answers.lookups.sql_source import SqlAsker
from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.flows.resources import HttpSource, KnowledgeSource, LookUp, SqlSource
from frontdesk.records.database import Database
from frontdesk.records.errors import RecordsUnavailable
from frontdesk.records.kept_secrets import KeptSecrets
from frontdesk.runtime.clock import ManualClock
from frontdesk.runtime.look_ups import (
    BreakerOpen,
    LookUpError,
    LookUpErrorCode,
    MissingParameter,
    MissingSecret,
    NotReachable,
    TimedOut,
)
from tests.support.outside_server import OutsideServer, Reply

SECRET = "s3cret-t0ken"


class Told:
    """Knowledge that says what it was asked, or is away."""

    def __init__(self) -> None:
        self.is_away = False

    async def ask(
        self, source: KnowledgeSource, parameters: Mapping[str, Value]
    ) -> dict[str, Value]:
        if self.is_away:
            raise RecordsUnavailable("gone")
        return {"found": True, "asked": parameters["question"]}


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def knowledge() -> Told:
    return Told()


@pytest.fixture
async def secrets(migrated_dsn: str) -> AsyncIterator[KeptSecrets]:
    database = Database(migrated_dsn)
    yield KeptSecrets(database)
    await database.close()


@pytest.fixture
async def look_ups(
    secrets: KeptSecrets, gate: Gate, clock: ManualClock, knowledge: Told
) -> AsyncIterator[OutsideLookUps]:
    made = OutsideLookUps(secrets, HttpAsker(gate, clock), SqlAsker(gate), knowledge, clock)
    yield made
    await made.close()


def http(system: OutsideServer, **more: object) -> LookUp:
    source = HttpSource(
        url=f"http://shop.example:{system.port}/{{order}}", secret="shop", retries=0
    )
    given: dict[str, object] = {
        "look_up_id": "order",
        "name": "Order",
        "parameters": ("order",),
        "source": source,
        "private_addresses": True,
    }
    return LookUp(**{**given, **more})


async def test_a_secret_goes_out_and_never_comes_back(
    look_ups: OutsideLookUps, system: OutsideServer, secrets: KeptSecrets
) -> None:
    await secrets.save("shop", SECRET, "agent:adam")
    system.answer = lambda got: Reply(
        body=msgspec.json.encode({"you said": [got.headers["authorization"]], SECRET: 1})
    )
    results = await look_ups.ask(http(system), {"order": "7"}, 5_000)
    assert system.got[0].headers["authorization"] == f"Bearer {SECRET}"
    assert SECRET not in msgspec.json.encode(results).decode()
    assert results["body"] == {"you said": ["Bearer •••"], "•••": 1}


async def test_a_secret_that_is_not_kept_is_named(
    look_ups: OutsideLookUps, system: OutsideServer
) -> None:
    with pytest.raises(MissingSecret, match="shop"):
        await look_ups.ask(http(system), {"order": "7"}, 5_000)
    assert system.connections == 0


@pytest.mark.parametrize(("asked_ms", "own_ms"), [(50, 60_000), (60_000, 50)])
async def test_the_shorter_time_limit_holds(
    look_ups: OutsideLookUps,
    system: OutsideServer,
    secrets: KeptSecrets,
    asked_ms: int,
    own_ms: int,
) -> None:
    await secrets.save("shop", SECRET, "agent:adam")
    system.replies = [Reply(hang=True)]
    with pytest.raises(TimedOut, match="50 ms"):
        await look_ups.ask(http(system, time_ms_max=own_ms), {"order": "7"}, asked_ms)


async def test_a_system_that_fails_is_left_alone_for_a_while(
    look_ups: OutsideLookUps, system: OutsideServer, secrets: KeptSecrets, clock: ManualClock
) -> None:
    await secrets.save("shop", SECRET, "agent:adam")
    system.replies = [Reply(503)] * FAILURES_MAX + [Reply()]
    for _ in range(FAILURES_MAX):
        with pytest.raises(LookUpError):
            await look_ups.ask(http(system), {"order": "7"}, 5_000)
    with pytest.raises(BreakerOpen):
        await look_ups.ask(http(system), {"order": "7"}, 5_000)
    assert len(system.got) == FAILURES_MAX
    clock.advance(OPEN_MS)
    assert (await look_ups.ask(http(system), {"order": "7"}, 5_000))["status"] == 200


async def test_only_the_parameters_that_it_has_are_given(
    look_ups: OutsideLookUps, knowledge: Told
) -> None:
    asked = LookUp(look_up_id="k", name="K", parameters=("question",), source=KnowledgeSource())
    results = await look_ups.ask(asked, {"question": "Where?", "secret": 1}, 5_000)
    assert results == {"found": True, "asked": "Where?"}
    knowledge.is_away = True
    with pytest.raises(NotReachable):
        await look_ups.ask(asked, {"question": "Where?"}, 5_000)


async def test_a_parameter_that_is_not_given_is_missing(
    look_ups: OutsideLookUps, system: OutsideServer, secrets: KeptSecrets
) -> None:
    await secrets.save("shop", SECRET, "agent:adam")
    with pytest.raises(MissingParameter, match="order"):
        await look_ups.ask(http(system), {}, 5_000)


async def test_a_database_is_asked_by_its_kept_url(
    look_ups: OutsideLookUps, secrets: KeptSecrets, migrated_dsn: str
) -> None:
    await secrets.save("db", migrated_dsn, "agent:adam")
    query = "SELECT :a::int + 1 AS sum, name FROM kept_secrets"
    asked = LookUp(
        look_up_id="s",
        name="S",
        parameters=("a",),
        source=SqlSource(query=query, secret="db"),
        private_addresses=True,
    )
    results = await look_ups.ask(asked, {"a": "41"}, 20_000)
    assert (results["sum"], results["name"]) == (42, "db")
    leak = SqlSource(query="SELECT value FROM kept_secrets", secret="db")
    results = await look_ups.ask(msgspec.structs.replace(asked, source=leak), {}, 20_000)
    assert results["value"] == "•••"


def test_every_error_has_its_own_code() -> None:
    leaves: set[type[LookUpError]] = set()
    ahead = [LookUpError]
    while ahead:
        below = ahead.pop().__subclasses__()
        leaves |= {each for each in below if not each.__subclasses__()}
        ahead += below
    assert {each.code for each in leaves} == set(LookUpErrorCode)
    assert len(leaves) == len(LookUpErrorCode)
