"""The live picture over any commands: it agrees with the kernel, and tells all that changed."""

from __future__ import annotations

import random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from frontdesk.journal.envelope import Envelope
from frontdesk.kernel.commands import Presence
from frontdesk.kernel.entities import Contact, Stage
from frontdesk.kernel.events import AnyEvent
from frontdesk.kernel.settings import SettingsEntity
from frontdesk.kernel.state import State
from frontdesk.views.board import Outlook
from frontdesk.views.changes import Changes, Key
from frontdesk.views.documents import AgentState, ContactState, Document, WaitRange
from frontdesk.views.live import LivePart, LiveView
from tests.kernel import moves
from tests.views.script import Script

PART = LivePart()

Documents = dict[Key, Document | SettingsEntity | None]


def snapshot(live: LiveView) -> Documents:
    return {key: live.find(key) for key in live.list_keys()}


def update(documents: Documents, live: LiveView, changes: Changes) -> Documents:
    updated = documents | {key: live.find(key) for key in changes}
    return {key: document for key, document in updated.items() if document is not None}


def fold_all(live: LiveView, envelopes: list[Envelope[AnyEvent]]) -> list[Changes]:
    return [live.fold(envelope) for envelope in envelopes]


def check_script(chooser: moves.Chooser, steps: int) -> None:
    """Every law of the live picture, after every command."""
    script = Script(chooser)
    live = PART.build()
    documents: Documents = snapshot(live)
    for made in script.run(steps):
        for changes in fold_all(live, made):
            documents = update(documents, live, changes)
        assert documents == snapshot(live), "snapshot + updates = fresh snapshot"
        check_agreement(live, script.centre.state)
        check_counts(live)
        if moves.chance(chooser, 20):
            live = PART.load(PART.dump(live))
    rebuilt = PART.build()
    fold_all(rebuilt, script.envelopes)
    assert PART.dump(rebuilt) == PART.dump(live), "a rebuild gives the same picture"


def check_agreement(live: LiveView, state: State) -> None:
    """What kernel and picture both know, they know alike."""
    rows = live.board.state
    assert set(rows.contacts) == set(state.contacts)
    assert set(rows.offers) == set(state.offers)
    assert set(rows.engagements) == set(state.engagements)
    assert set(rows.agents) == set(state.agents)
    for contact in state.contacts.values():
        check_contact(live, contact)
    for agent in state.agents.values():
        document = live.find(("agents", agent.agent_id))
        for name in ("presence", "break_reason_id", "presence_since_ms", "next_presence"):
            assert getattr(document, name) == getattr(agent, name)
        for name in ("connected", "load_units", "next_break_reason_id"):
            assert getattr(document, name) == getattr(agent, name)
        assert (document.signed_in_since_ms is None) == (agent.presence is Presence.OFFLINE)
        assert (document.connected_since_ms is None) == (not agent.connected)
        row = rows.agents[agent.agent_id]
        assert (row.offer_ids, row.engagement_ids) == (agent.offer_ids, agent.engagement_ids)
        assert row.profile == state.settings.agents[agent.agent_id]


def check_contact(live: LiveView, contact: Contact) -> None:
    document = live.find_contact(contact.contact_id)
    assert document is not None
    assert document.state.value == contact.stage.value
    for name in (
        "queue_id", "opened_ms", "queued_ms", "agent_id", "held_since_ms", "priority",
        "step_index", "message_count", "read_by_agent", "read_by_customer",
        "customer_connected", "rating",
    ):  # fmt: skip
        if contact.queue_id or name not in ("queue_id", "queued_ms"):
            assert getattr(document, name) == getattr(contact, name), name
    if contact.message_count:
        numbers = [m.number for m in live.find_messages(contact.contact_id)]
        assert numbers == list(range(1, contact.message_count + 1))[-200:]


def check_counts(live: LiveView) -> None:
    """Counters that are kept step by step are what counting gives."""
    rows = live.board.state
    for queue_id in rows.queues:
        document = live.find(("queues", queue_id))
        waiting = [
            c.queued_ms
            for c in rows.contacts.values()
            if c.queue_id == queue_id and c.state in (ContactState.WAITING, ContactState.OFFERED)
        ]
        members = [a for a in rows.agents.values() if queue_id in a.profile.queue_ids]
        assert document.waiting == len(waiting)
        assert document.oldest_since_ms == min(waiting, default=None)
        assert document.agents == {
            state: sum(a.state is state for a in members) for state in AgentState
        }
        row = rows.queues[queue_id]
        assert row.offered_today >= row.answered_today + row.abandoned_today
        assert row.answered_today >= row.answered_in_target_today >= 0
        assert row.abandoned_today >= row.abandoned_in_target_today >= 0


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(seed=st.integers(0, 2**32 - 1))
def test_any_commands(seed: int) -> None:
    check_script(moves.SeededChooser(seed), steps=150)


def test_every_desk_hears_of_what_concerns_it() -> None:
    """Per agent: what was there, and what the changes named for that agent, is what is there."""
    for seed in range(4):
        script = Script(moves.SeededChooser(seed))
        live = PART.build()
        desks: dict[str, dict[Key, object]] = {agent_id: {} for agent_id in moves.AGENTS}
        for made in script.run(300):
            for changes in fold_all(live, made):
                for agent_id, desk in desks.items():
                    update_desk(live, agent_id, desk, changes)
            for agent_id, desk in desks.items():
                assert desk == find_desk(live, agent_id), f"seed {seed}, {agent_id}"


def find_desk(live: LiveView, agent_id: str) -> dict[Key, object]:
    return {key: live.find(key) for key in live.list_keys() if is_on_desk(live, agent_id, key)}


def is_on_desk(live: LiveView, agent_id: str, key: Key) -> bool:
    collection, id_ = key
    document = live.find(key)
    if collection in ("agents", "offers", "engagements"):
        return getattr(document, "agent_id", None) == agent_id
    if collection in ("contacts", "messages"):
        return live.has_part(agent_id, int(str(id_).partition("/")[0]))
    return False


def update_desk(live: LiveView, agent_id: str, desk: dict[Key, object], changes: Changes) -> None:
    for key, agent_ids in changes.items():
        if agent_id not in agent_ids:
            continue
        if is_on_desk(live, agent_id, key):
            desk[key] = live.find(key)
            continue
        desk.pop(key, None)
        if key[0] == "contacts":
            for other in [k for k in desk if k[0] == "messages"]:
                if str(other[1]).startswith(f"{key[1]}/"):
                    del desk[other]


def test_what_comes_without_events_is_seen_and_not_kept() -> None:
    script = Script(moves.SeededChooser(1))
    live = PART.build()
    for made in script.run(100):
        fold_all(live, made)
    before, kept = snapshot(live), PART.dump(live)
    outlook = Outlook(open=False, expected_waits={"voice": WaitRange(low_ms=1, high_ms=2)})
    changes = live.refresh(script.now_ms, {"q1": outlook, "no such queue": outlook})
    assert update(before, live, changes) == snapshot(live)
    assert live.find(("queues", "q1")).open is False
    assert live.refresh(script.now_ms, {"q1": outlook}) == {}
    tomorrow = script.now_ms + 24 * 3_600_000
    between = snapshot(live)
    assert update(between, live, live.refresh(tomorrow, {})) == snapshot(live)
    assert all(live.find(("queues", q)).offered_today == 0 for q in moves.QUEUES)
    assert PART.dump(live) == kept


def test_replaying_a_prefix_and_the_rest_is_replaying_all() -> None:
    script = Script(moves.SeededChooser(7))
    for _ in script.run(300):
        pass
    whole = PART.build()
    fold_all(whole, script.envelopes)
    for _ in range(5):
        cut = random.randrange(len(script.envelopes))
        first = PART.build()
        fold_all(first, script.envelopes[:cut])
        second = PART.load(PART.dump(first))
        fold_all(second, script.envelopes[cut:])
        assert PART.dump(second) == PART.dump(whole)


def test_a_contact_counts_once_whatever_its_stage() -> None:
    assert {stage.value for stage in Stage} == {state.value for state in ContactState}
