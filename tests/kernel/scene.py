"""A centre to tell stories about: given settings, when something is asked, then events.

Every command is also held to what must always be true (`invariants`), and every
event to what may be seen in passing.
"""

from __future__ import annotations

from typing import Any, TypeVar

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel import settings as st
from frontdesk.kernel.centre import Centre
from frontdesk.kernel.commands import Author, Presence
from frontdesk.kernel.entities import Agent, Contact
from frontdesk.kernel.refusals import Refusal, RefusalReason
from frontdesk.kernel.state import State, digest, dump, load
from tests.kernel.invariants import Witness, check_state

START_MS = 1_763_974_800_000
"""Monday, 24 November 2025, 09:00 UTC."""

E = TypeVar("E", bound=ev.Event)

LUNCH = st.BreakReason(break_reason_id="lunch", name="Lunch")


def queue(queue_id: str = "sales", **rest: Any) -> st.Queue:
    return st.Queue(queue_id=queue_id, name=queue_id, **rest)


def agent(agent_id: str, *queue_ids: str, **rest: Any) -> st.AgentProfile:
    return st.AgentProfile(
        agent_id=agent_id, name=agent_id, queue_ids=queue_ids or ("sales",), **rest
    )


def team(team_id: str, **rest: Any) -> st.Team:
    return st.Team(team_id=team_id, name=team_id, **rest)


def skill(skill_id: str) -> st.Skill:
    return st.Skill(skill_id=skill_id, name=skill_id)


def channel(name: str, units: int = 100, **rest: Any) -> st.ChannelRule:
    return st.ChannelRule(channel=name, units=units, **rest)


class Scene:
    def __init__(self, *entities: st.SettingsEntity) -> None:
        self.centre = Centre()
        self.now_ms = START_MS
        self.witness = Witness()
        self.save(*entities)

    @property
    def state(self) -> State:
        return self.centre.state

    # -- when

    def does(self, command: cmd.AnyCommand) -> list[ev.AnyEvent]:
        """Obeyed; returns what happened."""
        events = self.centre.decide(command, self.now_ms)
        assert not isinstance(events, Refusal), events
        self.witness.follow(events, self.now_ms)
        check_state(self.state)
        self.witness.agrees_with(self.state)
        return events

    def refuses(self, command: cmd.AnyCommand) -> RefusalReason:
        """Refused, which changes nothing; returns why."""
        return self.refusal(command).reason

    def refusal(self, command: cmd.AnyCommand) -> Refusal:
        before = digest(self.state)
        outcome = self.centre.decide(command, self.now_ms)
        assert isinstance(outcome, Refusal), outcome
        assert digest(self.state) == before
        assert outcome.detail.endswith((".", "offline after them."))
        return outcome

    def wait(self, wait_ms: int) -> list[ev.AnyEvent]:
        """Time passes; whatever falls due on the way is done when it is due."""
        until_ms = self.now_ms + wait_ms
        events: list[ev.AnyEvent] = []
        while (wakeup_ms := self.centre.next_wakeup_ms()) is not None and wakeup_ms <= until_ms:
            self.now_ms = max(self.now_ms, wakeup_ms)
            events += self.does(cmd.Advance())
        self.now_ms = until_ms
        return events

    def save(self, *entities: st.SettingsEntity) -> list[ev.AnyEvent]:
        return [event for entity in entities for event in self.does(cmd.SaveSetting(entity))]

    def open(self, queue_id: str = "sales", channel: str = "voice", **rest: Any) -> int:
        """A contact arrives; returns its id."""
        rest.setdefault("channel_ref", "")
        command = cmd.OpenContact(channel=channel, queue_id=queue_id, **rest)
        return only(self.does(command), ev.ContactOpened).contact_id

    def available(self, *agent_ids: str) -> list[ev.AnyEvent]:
        """Each becomes available, a second after the one before."""
        events: list[ev.AnyEvent] = []
        for agent_id in agent_ids:
            events += self.does(cmd.SetPresence(agent_id, Presence.AVAILABLE))
            events += self.wait(1_000)
        return events

    def accept(self, contact_id: int) -> list[ev.AnyEvent]:
        offer_id, agent_id = self.offer_of(contact_id)
        return self.does(cmd.AcceptOffer(offer_id, agent_id))

    def decline(self, contact_id: int) -> list[ev.AnyEvent]:
        offer_id, agent_id = self.offer_of(contact_id)
        return self.does(cmd.DeclineOffer(offer_id, agent_id))

    def engage(self, queue_id: str = "sales", channel: str = "voice", **rest: Any) -> int:
        """A contact arrives, is offered and accepted."""
        contact_id = self.open(queue_id, channel, **rest)
        self.accept(contact_id)
        return contact_id

    def end(self, contact_id: int) -> list[ev.AnyEvent]:
        """The agent who has it ends it."""
        agent_id = self.contact(contact_id).agent_id
        return self.does(cmd.EndContact(contact_id, Author.AGENT, agent_id))

    def reload(self) -> Centre:
        """Another centre, from what is written down of this one."""
        return Centre(load(dump(self.state)))

    # -- then

    def contact(self, contact_id: int) -> Contact:
        return self.state.contacts[contact_id]

    def agent(self, agent_id: str) -> Agent:
        return self.state.agents[agent_id]

    def offer_of(self, contact_id: int) -> tuple[int, str]:
        offer_id = self.contact(contact_id).offer_id
        assert offer_id is not None, "the contact is offered to nobody"
        return offer_id, self.state.offers[offer_id].agent_id

    def offered_to(self, contact_id: int) -> str | None:
        """The agent to whom the contact is offered now."""
        contact = self.contact(contact_id)
        return None if contact.offer_id is None else contact.agent_id


def only(events: list[ev.AnyEvent], kind: type[E]) -> E:
    """The one event of the kind."""
    (event,) = [event for event in events if isinstance(event, kind)]
    return event


def kinds(events: list[ev.AnyEvent]) -> list[str]:
    return [type(event).__name__ for event in events]
