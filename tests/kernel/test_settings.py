"""Business settings: checked before they are in force, kept while they are used."""

from __future__ import annotations

import msgspec
import pytest

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.alarms.ready import READY_RULES
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.decide_settings import ID_CHARS_MAX, NAME_CHARS_MAX
from frontdesk.kernel.flows.document import End, Flow
from frontdesk.kernel.flows.resources import Intent, KnowledgeSource, LookUp
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.setting_tables import KINDS, TABLES, id_of, kind_of, table
from frontdesk.kernel.telephone import PhoneAccount, PhoneNumber, Trunk
from tests.kernel.scene import LUNCH, Scene, agent, channel, kinds, only, queue, skill, team

TOPIC = st.WidgetTopic(topic_id="t", name="Sales", queue_id="sales")
WIDGET = st.Widget(widget_id="w", name="Chat", topics=(TOPIC,))
ALL = (
    skill("french"),
    team("north"),
    st.Hours(hours_id="h", name="Hours"),
    LUNCH,
    st.Disposition(disposition_id="sold", name="Sold"),
    queue(
        hours_id="h",
        disposition_ids=("sold",),
        home_team_ids=("north",),
        steps=(st.RoutingStep(skills=(st.SkillNeed("french"),), team_ids=("north",)),),
    ),
    agent("ann", team_id="north", skills={"french": 3}),
    WIDGET,
    Intent(intent_id="balance", name="Balance"),
    READY_RULES[0],
    LookUp(look_up_id="l", name="Orders", source=KnowledgeSource(), parameters=("question",)),
    Flow(
        flow_id="f",
        name="Flow",
        start="end",
        nodes=(End(node_id="end"),),
        fallback_queue_id="sales",
    ),
    Trunk(trunk_id="carrier", name="Carrier", host="sip.example"),
    PhoneNumber(number="+37322123456", name="Sales", trunk_id="carrier", queue_id="sales"),
    PhoneAccount(account_id="reception", name="Reception"),
    st.CentreSettings(name="Acme"),
)


def test_there_is_a_kind_for_every_entity() -> None:
    assert {kind_of(entity) for entity in ALL} == set(KINDS)


def test_what_is_saved_is_in_force_and_what_is_saved_again_is_nothing() -> None:
    scene = Scene()
    for entity in ALL:
        assert scene.does(cmd.SaveSetting(entity)) == [ev.SettingSaved(entity)]
        assert table(scene.state.settings, kind_of(entity))[id_of(entity)] == entity
        assert scene.does(cmd.SaveSetting(entity)) == []


def test_the_centre_is_what_it_is_from_the_start() -> None:
    assert Scene().does(cmd.SaveSetting(st.CentreSettings())) == []


@pytest.mark.parametrize(
    ("entity", "missing"),
    [
        (agent("ann", "nowhere"), "queue nowhere"),
        (agent("ann", team_id="nobody"), "team nobody"),
        (agent("ann", skills={"latin": 1}), "skill latin"),
        (queue(hours_id="never"), "hours never"),
        (queue(home_team_ids=("nobody",)), "team nobody"),
        (queue(disposition_ids=("lost",)), "disposition lost"),
        (queue(steps=(st.RoutingStep(skills=(st.SkillNeed("latin"),)),)), "skill latin"),
        (queue(steps=(st.RoutingStep(team_ids=("nobody",)),)), "team nobody"),
        (
            msgspec.structs.replace(
                WIDGET, topics=(msgspec.structs.replace(TOPIC, queue_id="nowhere"),)
            ),
            "queue nowhere",
        ),
    ],
)
def test_what_an_entity_names_must_be_there(entity: st.SettingsEntity, missing: str) -> None:
    refusal = Scene(queue()).refusal(cmd.SaveSetting(entity))
    assert (refusal.reason, refusal.subject) == (RefusalReason.NOT_FOUND, missing)


@pytest.mark.parametrize(
    "entity",
    [
        skill(""),
        skill("x" * (ID_CHARS_MAX + 1)),
        st.Skill(skill_id="french", name=" "),
        st.Skill(skill_id="french", name="x" * (NAME_CHARS_MAX + 1)),
        agent("ann", "sales", "sales"),
        agent("ann", capacity_units=0),
        agent("ann", skills={"french": 0}),
        agent("ann", skills={"french": 6}),
        team("north", reserve_idle=-1),
        queue(offer_time_ms=0),
        queue(wrap_up_time_ms=-1),
        queue(previous_agent_wait_ms=8 * 86_400_000),
        queue(waiting_max=-1),
        queue(target=st.ServiceTarget(ratio=0.0)),
        queue(target=st.ServiceTarget(ratio=1.01)),
        queue(target=st.ServiceTarget(answer_ms=-1)),
        st.Widget(widget_id="w", name="Chat"),
        msgspec.structs.replace(WIDGET, topics=(TOPIC, TOPIC)),
        st.CentreSettings(channels=(channel("voice"), channel("voice"))),
        st.CentreSettings(channels=(channel("voice", 0),)),
        st.CentreSettings(channels=(channel("voice", idle_close_ms=-1),)),
        st.CentreSettings(take_off_after_missed=0),
        st.CentreSettings(disconnect_grace_ms=-1),
        st.CentreSettings(retry_refused_ms=-1),
        st.CentreSettings(time_zone="Europe/Atlantis"),
        st.CentreSettings(region="Moldova"),
    ],
)
def test_what_is_unsound_is_refused(entity: st.SettingsEntity) -> None:
    scene = Scene(skill("french"), queue())
    assert scene.refuses(cmd.SaveSetting(entity)) is RefusalReason.INVALID


def test_what_is_used_is_kept() -> None:
    scene = Scene(*ALL)
    for kind, id_ in (
        ("skill", "french"),
        ("team", "north"),
        ("hours", "h"),
        ("disposition", "sold"),
        ("queue", "sales"),
        ("trunk", "carrier"),
    ):
        assert scene.refuses(cmd.RemoveSetting(kind, id_)) is RefusalReason.IN_USE


def test_what_is_not_used_can_go_in_turn() -> None:
    scene = Scene(*ALL)
    for kind, id_ in (
        ("alarm_rule", READY_RULES[0].alarm_rule_id),
        ("flow", "f"),
        ("look_up", "l"),
        ("intent", "balance"),
        ("phone_number", "+37322123456"),
        ("trunk", "carrier"),
        ("phone_account", "reception"),
        ("widget", "w"),
        ("agent_profile", "ann"),
        ("queue", "sales"),
        ("break_reason", "lunch"),
        ("disposition", "sold"),
        ("hours", "h"),
        ("team", "north"),
        ("skill", "french"),
    ):
        assert scene.does(cmd.RemoveSetting(kind, id_)) == [ev.SettingRemoved(kind, id_)]
        assert table(scene.state.settings, kind) == {}
    assert all(getattr(scene.state.settings, name) == {} for name in TABLES.values())


def test_what_is_not_there_or_always_there_can_not_go() -> None:
    scene = Scene(st.NOT_ANSWERING)
    for kind, id_, reason in (
        ("skill", "latin", RefusalReason.NOT_FOUND),
        ("nonsense", "x", RefusalReason.NOT_FOUND),
        ("centre_settings", "centre", RefusalReason.INVALID),
        ("break_reason", "not_answering", RefusalReason.INVALID),
    ):
        assert scene.refuses(cmd.RemoveSetting(kind, id_)) is reason


def test_a_break_that_somebody_is_on_or_goes_on_next_is_kept() -> None:
    scene = Scene(LUNCH, queue(), agent("ann"))
    scene.available("ann")
    contact_id = scene.engage()
    remove = cmd.RemoveSetting("break_reason", "lunch")
    scene.does(cmd.SetPresence("ann", Presence.BREAK, "lunch", when_free=True))
    assert scene.refuses(remove) is RefusalReason.IN_USE
    scene.end(contact_id)
    assert scene.refuses(remove) is RefusalReason.IN_USE
    scene.does(cmd.SetPresence("ann", Presence.AVAILABLE))
    scene.does(remove)


def test_an_agent_with_work_in_hand_is_kept_and_one_without_signs_off() -> None:
    scene = Scene(queue(), agent("ann"))
    scene.available("ann")
    contact_id = scene.open()
    remove = cmd.RemoveSetting("agent_profile", "ann")
    assert scene.refuses(remove) is RefusalReason.IN_USE
    scene.accept(contact_id)
    scene.end(contact_id)
    scene.does(cmd.ConnectAgent("ann"))
    scene.does(cmd.DisconnectAgent("ann"))
    events = scene.does(remove)
    assert kinds(events) == ["PresenceChanged", "SettingRemoved"]
    assert only(events, ev.PresenceChanged).cause is ev.PresenceCause.REMOVED
    assert scene.wait(600_000) == []


def test_an_agent_who_is_made_again_begins_anew() -> None:
    scene = Scene(queue(), agent("ann"))
    scene.available("ann")
    scene.does(cmd.RemoveSetting("agent_profile", "ann"))
    contact_id = scene.open()
    scene.save(agent("ann"))
    assert scene.agent("ann").number == 2
    assert scene.agent("ann").presence is Presence.OFFLINE
    scene.available("ann")
    assert scene.offered_to(contact_id) == "ann"


def test_a_queue_with_contacts_is_kept() -> None:
    scene = Scene(queue())
    contact_id = scene.open()
    remove = cmd.RemoveSetting("queue", "sales")
    assert scene.refuses(remove) is RefusalReason.IN_USE
    scene.does(cmd.EndContact(contact_id, cmd.Author.CUSTOMER))
    scene.does(remove)


def test_an_agent_s_new_queue_is_served_at_once() -> None:
    scene = Scene(queue(), queue("billing"), agent("ann"))
    scene.available("ann")
    contact_id = scene.open("billing")
    scene.save(agent("ann", "sales", "billing"))
    assert scene.offered_to(contact_id) == "ann"


def test_a_queue_s_easier_demands_are_met_at_once() -> None:
    demanding = queue(steps=(st.RoutingStep(skills=(st.SkillNeed("french"),)),))
    scene = Scene(skill("french"), demanding, agent("ann"))
    scene.available("ann")
    contact_id = scene.open()
    assert scene.offered_to(contact_id) is None
    scene.save(queue())
    assert scene.offered_to(contact_id) == "ann"


def chats_of(units: int) -> st.CentreSettings:
    """Nobody's capacity is enough for more than 100."""
    return st.CentreSettings(channels=(channel("webchat", units),))


def test_a_change_serves_those_who_wait_by_age_whatever_their_queues() -> None:
    scene = Scene(queue("a"), queue("b"), agent("ann", "a", "b"), chats_of(101))
    scene.available("ann")
    contact_ids: list[int] = []
    for queue_id in ("a", "b", "b", "a"):
        contact_ids.append(scene.open(queue_id, "webchat"))
        scene.wait(10)
    scene.save(chats_of(33))
    assert [scene.offered_to(id_) for id_ in contact_ids] == ["ann", "ann", "ann", None]


def test_a_change_passes_by_whoever_was_refused_by_the_only_one_free() -> None:
    scene = Scene(queue("a"), queue("b"), agent("ann", "a", "b"), chats_of(50))
    scene.available("ann")
    refused = scene.open("a", "webchat")
    scene.decline(refused)
    scene.save(chats_of(101))
    younger = [scene.open(queue_id, "webchat") for queue_id in ("b", "a")]
    scene.save(chats_of(50))
    assert [scene.offered_to(id_) for id_ in (refused, *younger)] == [None, "ann", "ann"]


def test_an_agent_may_be_changed_with_work_in_hand() -> None:
    scene = Scene(queue(), queue("billing"), agent("ann"))
    scene.available("ann")
    contact_id = scene.engage()
    scene.save(agent("ann", "billing"))
    assert scene.contact(contact_id).agent_id == "ann"
    scene.end(contact_id)
    assert scene.offered_to(scene.open()) is None
    assert scene.offered_to(scene.open("billing")) == "ann"
