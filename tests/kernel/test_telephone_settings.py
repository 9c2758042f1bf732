"""Trunks, numbers, phones and agents' lines: checked before they are in force, kept while used."""

from __future__ import annotations

import msgspec
import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import settings as st
from frontdesk.kernel.flows.document import End, Flow, FlowUse
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.telephone import (
    AgentLine,
    DeskPhone,
    OutsidePhone,
    PhoneAccount,
    PhoneNumber,
    Trunk,
    list_trunks_to,
)
from tests.kernel.scene import Scene, agent, queue

CARRIER = Trunk(trunk_id="carrier", name="Carrier", host="sip.carrier.example")
SALES = PhoneNumber(number="+37322123456", name="Sales", trunk_id="carrier", queue_id="sales")
MENU = Flow(
    flow_id="menu",
    name="Menu",
    start="end",
    nodes=(End(node_id="end"),),
    fallback_queue_id="sales",
)
SURVEY = Flow(
    flow_id="survey",
    name="Survey",
    start="end",
    nodes=(End(node_id="end"),),
    use=FlowUse.AFTER,
)
RECEPTION = PhoneAccount(account_id="reception", name="Reception")


def a_centre() -> Scene:
    return Scene(queue(), MENU, SURVEY, CARRIER, RECEPTION, agent("ann"))


def said_of(entity: st.SettingsEntity) -> str:
    refusal = a_centre().refusal(cmd.SaveSetting(entity))
    assert refusal.reason is RefusalReason.INVALID
    return refusal.detail


def trunk(**changes: object) -> Trunk:
    return msgspec.structs.replace(CARRIER, **changes)


def number(**changes: object) -> PhoneNumber:
    return msgspec.structs.replace(SALES, **changes)


@pytest.mark.parametrize(
    "entity",
    [
        trunk(host="192.0.2.7", port=5080, addresses=("192.0.2.0/24", "2001:db8::1")),
        trunk(user="373100", secret="carrier-password", registers=True),
        trunk(allowed_prefixes=(), lines_max=30),
        trunk(allowed_prefixes=("+373", "+40"), caller_number="+37322123456"),
        number(),
        number(queue_id=None, flow_id="menu", language="ro"),
        PhoneAccount(account_id="desk-12", name="Desk 12"),
        agent("ann", line=DeskPhone(account_id="reception")),
        agent("ann", line=OutsidePhone(number="+37369123456")),
    ],
)
def test_what_is_sound_is_in_force(entity: st.SettingsEntity) -> None:
    assert a_centre().does(cmd.SaveSetting(entity)) != []


@pytest.mark.parametrize(
    ("entity", "said"),
    [
        (trunk(trunk_id="to Moldova"), "Latin letters"),
        (trunk(host="sip:carrier.example"), "the address of a host"),
        (trunk(host="carrier.example;transport=tls"), "the address of a host"),
        (trunk(port=0), "A port"),
        (trunk(lines_max=0), "lines"),
        (trunk(user="373100"), "A user needs a secret"),
        (trunk(secret="carrier-password"), "a secret a user"),
        (trunk(user="a b", secret="s"), "before the @"),
        (trunk(user="a@b", secret="s"), "before the @"),
        (trunk(user="a", secret="pass word"), "no name of a secret"),
        (trunk(registers=True), "To register"),
        (trunk(addresses=("192.0.2.7,0.0.0.0/0",)), "neither an address"),
        (trunk(allowed_prefixes=("373",)), "no beginning of a number"),
        (trunk(caller_number="022123456"), "international form"),
        (number(number="022123456"), "international form"),
        (number(number="+0222123456"), "international form"),
        (number(number="+373 22 123456"), "international form"),
        (number(queue_id=None), "to a queue or into a flow"),
        (number(flow_id="menu"), "to a queue or into a flow"),
        (number(queue_id=None, flow_id="survey"), "entry flows only"),
        (number(language="Romanian!"), "no language"),
        (PhoneAccount(account_id="front desk", name="Front"), "Latin letters"),
        (agent("ann", line=OutsidePhone(number="12")), "international form"),
    ],
)
def test_what_is_unsound_is_refused_with_the_reason(entity: st.SettingsEntity, said: str) -> None:
    assert said in said_of(entity)


@pytest.mark.parametrize(
    ("entity", "missing"),
    [
        (number(trunk_id="nowhere"), "trunk nowhere"),
        (number(queue_id="nowhere"), "queue nowhere"),
        (number(queue_id=None, flow_id="nowhere"), "flow nowhere"),
        (agent("ann", line=DeskPhone(account_id="nowhere")), "phone_account nowhere"),
    ],
)
def test_what_is_named_must_be_there(entity: st.SettingsEntity, missing: str) -> None:
    refusal = a_centre().refusal(cmd.SaveSetting(entity))
    assert (refusal.reason, refusal.subject) == (RefusalReason.NOT_FOUND, missing)


def test_what_a_number_or_an_agent_uses_is_kept() -> None:
    scene = a_centre()
    scene.save(number(queue_id=None, flow_id="menu"))
    scene.save(agent("ann", line=DeskPhone(account_id="reception")))
    for kind, id_ in (("trunk", "carrier"), ("flow", "menu"), ("phone_account", "reception")):
        assert scene.refuses(cmd.RemoveSetting(kind, id_)) is RefusalReason.IN_USE


def test_a_phone_is_one_agent_s_and_stays_that_agent_s() -> None:
    line: AgentLine = DeskPhone(account_id="reception")
    scene = a_centre()
    scene.save(agent("ann", line=line))
    scene.save(agent("ann", auto_accept=True, line=line))
    assert scene.refuses(cmd.SaveSetting(agent("bob", line=line))) is RefusalReason.INVALID


def test_a_number_is_called_by_the_best_trunk_that_may() -> None:
    dear = trunk(trunk_id="dear")
    home = trunk(trunk_id="home", allowed_prefixes=("+373",), priority=2)
    spare = trunk(trunk_id="spare", allowed_prefixes=("+3732", "+40"), priority=1)
    inbound = trunk(trunk_id="inbound", allowed_prefixes=(), priority=9)
    trunks = [dear, inbound, spare, home]
    assert list_trunks_to(trunks, "+37322123456") == [home, spare, dear]
    assert list_trunks_to(trunks, "+40211234567") == [spare, dear]
    assert list_trunks_to([home, inbound], "+40211234567") == []
