"""Commands at random, drawn so that most of them are obeyed and some are not.

Whoever draws decides how: Hypothesis, so that a failure can be made small, or a
seeded generator, so that a long script can be repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Protocol, TypeVar

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import settings as st
from frontdesk.kernel.commands import Author, Presence
from frontdesk.kernel.state import State

T = TypeVar("T")

QUEUES = ("q1", "q2", "q3")
TEAMS = ("t1", "t2")
SKILLS = ("s1", "s2")
AGENTS = ("a1", "a2", "a3", "a4")
BREAKS = ("lunch", "not_answering")
CHANNELS = ("voice", "webchat", "email", "fax")
"""No rule is set for fax: it goes by the default one."""

STEP_MS = (1_000, 5_000, 30_000)
WAIT_MS = (1, 999, 1_000, 5_000, 30_000, 61_000, 600_000)


class Chooser(Protocol):
    def integer(self, least: int, most: int) -> int:
        """A number, both ends included."""
        ...


class SeededChooser:
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def integer(self, least: int, most: int) -> int:
        return self._random.randint(least, most)


def pick(chooser: Chooser, options: Sequence[T]) -> T:
    return options[chooser.integer(0, len(options) - 1)]


def chance(chooser: Chooser, one_in: int) -> bool:
    return chooser.integer(1, one_in) == one_in


def some(chooser: Chooser, options: Sequence[T]) -> tuple[T, ...]:
    """Any of the options, each once, in their order."""
    return tuple(option for option in options if chooser.integer(0, 1))


# -- settings

Move = Callable[[State, Chooser], cmd.AnyCommand]


def first_settings() -> list[cmd.AnyCommand]:
    """A small centre to begin with: three queues, two teams, four agents, two skills."""
    entities: list[st.SettingsEntity] = [
        *(st.Skill(skill_id=id_, name=id_) for id_ in SKILLS),
        *(st.Team(team_id=id_, name=id_) for id_ in TEAMS),
        *(st.Queue(queue_id=id_, name=id_) for id_ in QUEUES),
        st.Hours(hours_id="h1", name="Mornings", spans=(st.OpeningSpan(3, 0, 1),)),
        *(st.BreakReason(break_reason_id=id_, name=id_) for id_ in BREAKS),
        st.Disposition(disposition_id="d1", name="Done"),
        *(
            st.AgentProfile(agent_id=id_, name=id_, team_id=TEAMS[i % 2], queue_ids=QUEUES)
            for i, id_ in enumerate(AGENTS)
        ),
    ]
    return [cmd.SaveSetting(entity) for entity in entities]


def needs(chooser: Chooser) -> tuple[st.SkillNeed, ...]:
    return tuple(st.SkillNeed(id_, chooser.integer(1, 3)) for id_ in some(chooser, SKILLS))


def routing_step(chooser: Chooser, duration_ms: int | None) -> st.RoutingStep:
    return st.RoutingStep(
        duration_ms=duration_ms,
        skills=needs(chooser) if chance(chooser, 2) else (),
        team_ids=some(chooser, TEAMS) if chance(chooser, 3) else None,
        drop_contact_skills=chance(chooser, 3),
        priority_boost=chooser.integer(-1, 2),
    )


def overflows(chooser: Chooser) -> tuple[st.Overflow, ...]:
    return tuple(
        st.Overflow(
            when=when,
            queue_id=pick(chooser, (None, *QUEUES)),
            message=pick(chooser, ("", "Sorry.")),
            wait_ms=pick(chooser, STEP_MS) if when is st.OverflowWhen.WAITED else None,
        )
        for when in st.OverflowWhen
        if chance(chooser, 4)
    )


def save_queue(state: State, chooser: Chooser) -> cmd.AnyCommand:
    timed = [routing_step(chooser, pick(chooser, STEP_MS)) for _ in range(chooser.integer(0, 2))]
    return cmd.SaveSetting(
        st.Queue(
            queue_id=pick(chooser, QUEUES),
            name="A queue",
            steps=(*timed, routing_step(chooser, None)),
            strategy=pick(chooser, tuple(st.Strategy)),
            group_order=pick(chooser, tuple(st.GroupOrder)),
            home_team_ids=some(chooser, TEAMS),
            priority=chooser.integer(0, 2),
            base_weight=float(chooser.integer(0, 10)),
            previous_agent_wait_ms=pick(chooser, (0, 5_000, 60_000)),
            offer_time_ms=pick(chooser, (1, 10_000, 30_000)),
            wrap_up_time_ms=pick(chooser, (0, 10_000)),
            disposition_ids=pick(chooser, ((), ("d1",))),
            waiting_max=pick(chooser, (0, 1, 3, 1_000)),
            hours_id=pick(chooser, (None, "h1")),
            overflows=overflows(chooser),
        )
    )


def save_team(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.SaveSetting(
        st.Team(
            team_id=pick(chooser, TEAMS),
            name="A team",
            pull=pick(chooser, tuple(st.Pull)),
            reserve_idle=chooser.integer(0, 2),
            base_weight=float(chooser.integer(0, 10)),
            idle_weight=float(chooser.integer(0, 2)),
        )
    )


def save_agent(state: State, chooser: Chooser) -> cmd.AnyCommand:
    agent_id = pick(chooser, AGENTS)
    return cmd.SaveSetting(
        st.AgentProfile(
            agent_id=agent_id,
            name="An agent",
            role=st.Role.SUPERVISOR if agent_id == AGENTS[-1] else st.Role.AGENT,
            team_id=pick(chooser, (None, *TEAMS)),
            skills={id_: chooser.integer(1, 5) for id_ in some(chooser, SKILLS)},
            queue_ids=some(chooser, QUEUES),
            capacity_units=pick(chooser, (30, 100, 100, 200)),
            auto_accept=chance(chooser, 4),
        )
    )


def save_centre(state: State, chooser: Chooser) -> cmd.AnyCommand:
    e_mail_yields = pick(chooser, ((), ("voice",), ("voice", "webchat")))
    return cmd.SaveSetting(
        st.CentreSettings(
            channels=(
                st.ChannelRule(
                    channel="voice",
                    units=pick(chooser, (50, 100)),
                    transfers_outside=chance(chooser, 2),
                ),
                st.ChannelRule(
                    channel="webchat",
                    units=pick(chooser, (10, 33)),
                    idle_close_ms=pick(chooser, (None, 0, 60_000)),
                    leave_grace_ms=pick(chooser, (None, 0, 5_000)),
                    rating_time_ms=pick(chooser, (0, 20_000)),
                ),
                st.ChannelRule(
                    channel="email", units=pick(chooser, (33, 100)), yields_to=e_mail_yields
                ),
            ),
            disconnect_grace_ms=pick(chooser, (0, 5_000)),
            retry_refused_ms=pick(chooser, (0, 1_000, 30_000)),
            take_off_after_missed=chooser.integer(1, 3),
        )
    )


def save_hours(state: State, chooser: Chooser) -> cmd.AnyCommand:
    minutes = (chooser.integer(0, 60), chooser.integer(61, 1_440))
    spans = tuple(st.OpeningSpan(day, *minutes) for day in range(7) if chance(chooser, 2))
    return cmd.SaveSetting(st.Hours(hours_id="h1", name="Hours", spans=spans))


def save_break_reason(state: State, chooser: Chooser) -> cmd.AnyCommand:
    expected_ms = pick(chooser, (None, 1_000, 30_000))
    return cmd.SaveSetting(
        st.BreakReason(
            break_reason_id=pick(chooser, BREAKS), name="A break", expected_ms=expected_ms
        )
    )


def remove_setting(state: State, chooser: Chooser) -> cmd.AnyCommand:
    kind, id_ = pick(
        chooser,
        (
            *(("agent_profile", id_) for id_ in AGENTS),
            *(("queue", id_) for id_ in QUEUES),
            ("team", "t1"),
            ("skill", "s1"),
            ("hours", "h1"),
            ("break_reason", "lunch"),
            ("centre_settings", "centre"),
            ("nonsense", "x"),
        ),
    )
    return cmd.RemoveSetting(kind, id_)


# -- contacts


def any_contact(state: State, chooser: Chooser) -> int:
    return pick(chooser, tuple(state.contacts)) if state.contacts else 999


def engaged(state: State, chooser: Chooser) -> tuple[int, str]:
    """A contact and the agent who has it, or nearly so."""
    live = [e for e in state.engagements.values() if e.ended_ms is None]
    if not live:
        return any_contact(state, chooser), pick(chooser, AGENTS)
    engagement = pick(chooser, live)
    other = chance(chooser, 10)
    return engagement.contact_id, pick(chooser, AGENTS) if other else engagement.agent_id


def open_contact(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.OpenContact(
        channel=pick(chooser, CHANNELS),
        channel_ref=pick(chooser, ("", "", "", "r1", "r2")),
        queue_id=pick(chooser, QUEUES),
        skills=needs(chooser) if chance(chooser, 3) else (),
        priority=pick(chooser, (0, 0, 1, 5)),
        previous_agent_id=pick(chooser, (None, *AGENTS)),
    )


def end_contact(state: State, chooser: Chooser) -> cmd.AnyCommand:
    contact_id, agent_id = engaged(state, chooser)
    if chance(chooser, 2):
        contact_id = any_contact(state, chooser)
    by = pick(chooser, tuple(Author))
    return cmd.EndContact(contact_id, by, agent_id if by is Author.AGENT else None)


def transfer_contact(state: State, chooser: Chooser) -> cmd.AnyCommand:
    contact_id, agent_id = engaged(state, chooser)
    to_agent_id = pick(chooser, (None, *AGENTS))
    return cmd.TransferContact(contact_id, agent_id, pick(chooser, (None, *QUEUES)), to_agent_id)


def hold_contact(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.HoldContact(*engaged(state, chooser))


def resume_contact(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.ResumeContact(*engaged(state, chooser))


def connect_customer(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.ConnectCustomer(any_contact(state, chooser))


def disconnect_customer(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.DisconnectCustomer(any_contact(state, chooser))


def post_message(state: State, chooser: Chooser) -> cmd.AnyCommand:
    contact_id, agent_id = engaged(state, chooser)
    author = pick(chooser, tuple(Author))
    return cmd.PostMessage(
        contact_id,
        author,
        client_id=f"c{chooser.integer(1, 9)}",
        text=pick(chooser, ("Hello.", "Hello.", "")),
        agent_id=agent_id if author is Author.AGENT else None,
        internal=chance(chooser, 5),
    )


def read_messages(state: State, chooser: Chooser) -> cmd.AnyCommand:
    contact_id, agent_id = engaged(state, chooser)
    return cmd.ReadMessages(contact_id, chooser.integer(0, 3), pick(chooser, (None, agent_id)))


def rate_contact(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.RateContact(any_contact(state, chooser), chooser.integer(0, 5))


# -- agents


def any_offer(state: State, chooser: Chooser) -> tuple[int, str]:
    if not state.offers:
        return 999, pick(chooser, AGENTS)
    offer = pick(chooser, tuple(state.offers.values()))
    other = chance(chooser, 10)
    return offer.offer_id, pick(chooser, AGENTS) if other else offer.agent_id


def accept_offer(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.AcceptOffer(*any_offer(state, chooser))


def decline_offer(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.DeclineOffer(*any_offer(state, chooser))


def complete_wrap_up(state: State, chooser: Chooser) -> cmd.AnyCommand:
    ended = [e for e in state.engagements.values() if e.ended_ms is not None]
    options = ended or tuple(state.engagements.values())
    if not options:
        return cmd.CompleteWrapUp(999, pick(chooser, AGENTS))
    engagement = pick(chooser, options)
    disposition_id = pick(chooser, (None, "d1", "d1", "d2"))
    return cmd.CompleteWrapUp(engagement.engagement_id, engagement.agent_id, disposition_id)


def set_presence(state: State, chooser: Chooser) -> cmd.AnyCommand:
    presence = pick(chooser, (Presence.AVAILABLE, Presence.AVAILABLE, *Presence))
    return cmd.SetPresence(
        pick(chooser, AGENTS),
        presence,
        pick(chooser, BREAKS) if presence is Presence.BREAK else None,
        when_free=chance(chooser, 3),
        return_contacts=chance(chooser, 3),
    )


def become_available(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.SetPresence(pick(chooser, AGENTS), Presence.AVAILABLE)


def cancel_next_presence(state: State, chooser: Chooser) -> cmd.AnyCommand:
    leaving = [a.agent_id for a in state.agents.values() if a.next_presence is not None]
    return cmd.CancelNextPresence(pick(chooser, leaving or AGENTS))


def connect_agent(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.ConnectAgent(pick(chooser, AGENTS))


def disconnect_agent(state: State, chooser: Chooser) -> cmd.AnyCommand:
    return cmd.DisconnectAgent(pick(chooser, AGENTS))


SETTINGS_MOVES: tuple[Move, ...] = (
    save_queue,
    save_team,
    save_agent,
    save_centre,
    save_hours,
    save_break_reason,
    remove_setting,
)
CONTACT_MOVES: tuple[Move, ...] = (
    end_contact,
    transfer_contact,
    hold_contact,
    resume_contact,
    connect_customer,
    disconnect_customer,
    post_message,
    read_messages,
    rate_contact,
)
AGENT_MOVES: tuple[Move, ...] = (
    decline_offer,
    complete_wrap_up,
    set_presence,
    cancel_next_presence,
    connect_agent,
    disconnect_agent,
)
