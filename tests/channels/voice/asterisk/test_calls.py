"""People on telephones who talk through a real Asterisk, heard by their tones."""

from __future__ import annotations

import pytest

from frontdesk.channels.voice.media import (
    LegArrived,
    LegEnd,
    LegEnded,
    LegGone,
    Seat,
)
from tests.channels.voice.asterisk.conftest import House


async def test_two_hear_each_other_and_each_is_told_of(house: House) -> None:
    customer, c = await house.customer(700)
    agent = await house.agent("a", 1_100)

    await house.media.join("b", Seat(leg_id=c))
    await house.media.join("b", Seat(leg_id="a"))

    await customer.hears(1_100)
    await agent.hears(700)
    arrived = await house.told_of(LegArrived)
    assert (arrived.number, arrived.called_number) == ("+37322123456", "+37322555000")
    assert arrived.trunk_id == "one"
    legs = {leg.leg_id: leg for leg in await house.media.list_legs()}
    assert legs["a"].tag == {"offer_id": "7"}
    assert {leg.bridge_id for leg in legs.values()} == {"b"}

    await house.media.leave("a")
    await customer.hears()

    await house.media.hang_up(c)
    await customer.is_over()
    assert (await house.told_of(LegEnded)).end is LegEnd.RELEASED
    with pytest.raises(LegGone):
        await house.media.answer(c, {})
