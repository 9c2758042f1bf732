"""Trunks and phones as they are set are told to a real Asterisk, and how they stand is seen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from frontdesk.channels.voice.asterisk.media import AsteriskMedia
from frontdesk.channels.voice.asterisk.settings import AsteriskSettings
from frontdesk.channels.voice.asterisk.telephone import AsteriskTelephone
from frontdesk.channels.voice.media import (
    LegAnswered,
    LegArrived,
    LegEnd,
    LegEnded,
    TrunkLine,
)
from frontdesk.kernel.settings import CentreSettings, SettingsEntity
from frontdesk.kernel.telephone import PhoneAccount, Trunk
from frontdesk.runtime.telephone import Reach, TelephoneState
from tests.channels.voice.asterisk.conftest import CARRIER, PATIENCE_S, ring
from tests.support.asterisk import PASSWORD, RunningAsterisk
from tests.support.telephone import Telephone

DESK = PhoneAccount(account_id="desk", name="Desk")
SECRET = "a-phone's-secret"


class Office:
    """What administrators have set, and what they see."""

    def __init__(self, asterisk: RunningAsterisk) -> None:
        self.asterisk = asterisk
        self.settings: list[SettingsEntity] = [CentreSettings(region="MD")]
        self.secrets: dict[str, str] = {}
        self.media = AsteriskMedia(AsteriskSettings(url=asterisk.url, password=PASSWORD))
        self.telephone = AsteriskTelephone(
            self.media, lambda: self.settings, self._find_secret, "phones.example"
        )

    async def _find_secret(self, name: str) -> str | None:
        return self.secrets.get(name)

    async def sees(self, wanted: Callable[[TelephoneState], bool]) -> TelephoneState:
        """Wait until all stands so."""
        state = await self.telephone.look()
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not wanted(state):
                    await asyncio.sleep(0.05)
                    state = await self.telephone.look()
        except TimeoutError:
            raise AssertionError(f"{state}\n{self.asterisk.log()}") from None
        return state


@pytest.fixture
async def office(asterisk: RunningAsterisk) -> AsyncIterator[Office]:
    opened = Office(asterisk)
    task = asyncio.create_task(opened.media.run())
    await opened.sees(lambda state: not state.problem)
    yield opened
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def make_phone(
    asterisk: RunningAsterisk,
) -> AsyncIterator[Callable[..., Awaitable[Telephone]]]:
    made: list[Telephone] = []

    async def make(host: str, user: str) -> Telephone:
        made.append(Telephone(host, asterisk.sip_port, user=user))
        await made[-1].open()
        return made[-1]

    yield make
    for telephone in made:
        telephone.close()


def carrier_at(port: int, **changes: str) -> Trunk:
    return Trunk(trunk_id="one", name="One", host=CARRIER, port=port, **changes)


async def test_a_carrier_is_seen_to_be_there_and_to_be_gone(
    office: Office, make_phone: Callable[..., Awaitable[Telephone]]
) -> None:
    carrier = await make_phone(CARRIER, "carrier")
    office.settings.append(carrier_at(carrier.port))
    await office.telephone.refresh()
    await office.sees(lambda state: state.trunks[0].reached is Reach.YES)

    office.settings[-1] = carrier_at(9)
    await office.telephone.refresh()
    state = await office.sees(lambda state: state.trunks[0].reached is Reach.NO)
    assert (state.set_up, state.server, state.problem) == (True, "phones.example", "")

    office.settings.pop()
    await office.telephone.refresh()
    assert "trunk-one" not in office.asterisk.instance.ask("pjsip show endpoints")


async def test_lines_that_are_taken_are_counted_and_a_number_is_read_in_the_centre_s_country(
    office: Office, make_phone: Callable[..., Awaitable[Telephone]]
) -> None:
    carrier = await make_phone(CARRIER, "022123456")
    office.settings.append(carrier_at(carrier.port))
    await office.telephone.refresh()
    carrier.call("022555000")
    async for event in office.media.events():
        if isinstance(event, LegArrived):
            assert (event.number, event.called_number) == ("+37322123456", "+37322555000")
            break
    state = await office.telephone.look()
    assert [(trunk.trunk_id, trunk.lines_taken) for trunk in state.trunks] == [("one", 1)]
    await carrier.hang_up()
    await office.sees(lambda state: state.trunks[0].lines_taken == 0)


async def test_a_carrier_that_answers_no_questions_is_called_all_the_same(
    office: Office, make_phone: Callable[..., Awaitable[Telephone]]
) -> None:
    carrier = await make_phone(CARRIER, "carrier")
    carrier.answers_questions = False
    office.settings.append(carrier_at(carrier.port))
    await office.telephone.refresh()
    await office.sees(lambda state: state.trunks[0].reached is Reach.NO)
    await office.media.ring(ring("leg", TrunkLine("one", "+37369123456")))
    async for event in office.media.events():
        if isinstance(event, LegAnswered):
            break


async def test_a_number_that_a_trunk_may_not_call_is_not_called(
    office: Office, make_phone: Callable[..., Awaitable[Telephone]]
) -> None:
    carrier = await make_phone(CARRIER, "carrier")
    home = Trunk(
        trunk_id="one", name="One", host=CARRIER, port=carrier.port, allowed_prefixes=("+373",)
    )
    office.settings.append(home)
    await office.telephone.refresh()
    for leg_id, number in (("dear", "+882139999999"), ("home", "+37369123456")):
        await office.media.ring(ring(leg_id, TrunkLine("one", number)))
    ended: list[LegEnded] = []
    async for event in office.media.events():
        if isinstance(event, LegEnded):
            ended.append(event)
        elif isinstance(event, LegAnswered):
            break
    assert [(each.leg_id, each.end) for each in ended] == [("dear", LegEnd.UNREACHABLE)]
    assert carrier.count("INVITE") == 1


async def test_a_phone_signs_in_once_it_has_a_secret(
    office: Office, make_phone: Callable[..., Awaitable[Telephone]]
) -> None:
    phone = await make_phone("127.0.0.3", "phone-desk")
    office.settings.append(DESK)
    await office.telephone.refresh()
    assert not (await office.telephone.look()).phones[0].has_secret
    assert await phone.register(SECRET) == 401

    office.secrets["phone-desk"] = SECRET
    await office.telephone.refresh()
    assert await phone.register(SECRET) == 200
    state = await office.sees(lambda state: state.phones[0].reached is Reach.YES)
    assert (state.phones[0].user, state.phones[0].has_secret) == ("phone-desk", True)


async def test_what_can_not_be_told_is_named_and_hinders_nobody(office: Office) -> None:
    office.settings += [
        carrier_at(5060, user="373", secret="carrier"),
        Trunk(trunk_id="two", name="Two", host="nowhere.invalid", addresses=("nowhere.invalid",)),
        Trunk(trunk_id="three", name="Three", host="127.0.0.9"),
    ]
    await office.telephone.refresh()
    problems = {each.trunk_id: each.problem for each in (await office.telephone.look()).trunks}
    assert "no secret carrier" in problems["one"]
    assert problems["two"]
    assert not problems["three"]
    assert "trunk-three" in office.asterisk.instance.ask("pjsip show endpoints")
