"""Who serves whom: the two questions of matching, each answered from the index.

An arriving contact asks for an agent (`choose_agent`), a freed agent asks for a
contact (`choose_contact`). Both read only; the caller makes the offer.
"""

from collections.abc import Iterable
from typing import NamedTuple

from frontdesk.kernel.entities import Contact, Settings
from frontdesk.kernel.lane import IdleEntry, Lane, Slot
from frontdesk.kernel.lanes import Lanes
from frontdesk.kernel.order import WaitKey
from frontdesk.kernel.settings import GroupOrder, Pull, Strategy, Team

NO_TEAM = Team(team_id="", name="")
"""Stands for the team of agents who have none."""

_RANDOM = Strategy.RANDOM
_HOME_FIRST = GroupOrder.HOME_FIRST
_WEIGHTED = GroupOrder.WEIGHTED
_OLDEST = Pull.OLDEST
_PULL_HOME_FIRST = Pull.HOME_FIRST

DRAWS_MAX = 64
"""How many numbers are drawn for the strategy `random` before the free agents are listed."""

REFUSED_LOOK_AHEAD_MAX = 64
"""How many contacts in a lane an agent who refused them all is looked past for."""


class Chance(NamedTuple):
    """A decision's own chance: the same whenever the decision is made again."""

    draw: int
    """Any non-negative integer, another one for every decision."""
    numbers: int
    """Agents' numbers are below it."""


def team_of(settings: Settings, team_id: str) -> Team:
    return settings.teams.get(team_id, NO_TEAM)


def choose_agent(
    settings: Settings, lanes: Lanes, contact: Contact, chance: Chance, now_ms: int
) -> Slot | None:
    """The agent to whom a waiting contact is offered now; None: it waits on."""
    lanes.flush()
    lane = lanes.place[contact.contact_id][0]
    refused_by = contact.refused_by
    if lane.queue.strategy is _RANDOM:
        teams = _teams_in_turn(settings, lanes, lane, refused_by, now_ms)
        return _any_agent(lanes, lane, teams, refused_by, chance)
    order = lane.queue.group_order
    if order is _HOME_FIRST:
        for team_id in lane.queue.home_team_ids:
            entry = lanes.head(lane, team_id, refused_by)
            if entry is not None:
                return lanes.by_number[entry[-2]]
    if order is _WEIGHTED:
        return _weightiest_agent(settings, lanes, lane, refused_by, now_ms)
    best: IdleEntry | None = None
    for team_id in lane.idle:
        if keeps_back(settings, lanes, lane, team_id):
            continue
        entry = lanes.head(lane, team_id, refused_by)
        if entry is not None and (best is None or entry < best):
            best = entry
    return None if best is None else lanes.by_number[best[-2]]


def keeps_back(settings: Settings, lanes: Lanes, lane: Lane, team_id: str) -> bool:
    """Whether the team's idle agents are kept for its home queues, away from this lane.

    Never from a contact that waits for one agent alone: it asks for nobody else.
    """
    reserve = team_of(settings, team_id).reserve_idle
    if reserve == 0 or lane.is_home(team_id) or lane.key[4] is not None:
        return False
    return lanes.idle_by_team.get(team_id, 0) <= reserve


def _teams_in_turn(
    settings: Settings, lanes: Lanes, lane: Lane, refused_by: tuple[str, ...], now_ms: int
) -> tuple[str, ...]:
    """The teams of the group that comes first, by the queue's order of the groups."""
    order = lane.queue.group_order
    if order is _HOME_FIRST:
        for team_id in lane.queue.home_team_ids:
            if lanes.head(lane, team_id, refused_by) is not None:
                return (team_id,)
    if order is _WEIGHTED:
        head = _weightiest_agent(settings, lanes, lane, refused_by, now_ms)
        return () if head is None else (head.team,)
    return tuple(team for team in lane.idle if not keeps_back(settings, lanes, lane, team))


def _any_agent(
    lanes: Lanes, lane: Lane, team_ids: tuple[str, ...], refused_by: tuple[str, ...], chance: Chance
) -> Slot | None:
    """One of the agents of these teams who are free for the lane, each as likely.

    Numbers are drawn until one is such an agent's, which takes few draws where many are free. Where
    few are, their list is short. Nothing here may depend on the heaps' order, which a reload loses.
    """
    draw = chance.draw
    for _ in range(DRAWS_MAX):
        draw = _scramble(draw)
        slot = lanes.by_number.get(draw % chance.numbers)
        if (
            slot is not None
            and slot.team in team_ids
            and lanes.spare(slot, lane)
            and lane.satisfied_by(slot.profile)
            and slot.agent.agent_id not in refused_by
        ):
            return slot
    free = _free_numbers(lanes, lane, team_ids, refused_by)
    return lanes.by_number[free[_scramble(draw) % len(free)]] if free else None


def _free_numbers(
    lanes: Lanes, lane: Lane, team_ids: Iterable[str], refused_by: tuple[str, ...]
) -> list[int]:
    """The numbers of all agents of these teams who are free for the lane, in order."""
    return sorted(
        entry[-2]
        for team_id in team_ids
        for entry in lane.idle.get(team_id, ())
        if (slot := lanes.by_number.get(entry[-2])) is not None
        and slot.stamp == entry[-1]
        and slot.agent.agent_id not in refused_by
    )


def _weightiest_agent(
    settings: Settings, lanes: Lanes, lane: Lane, refused_by: tuple[str, ...], now_ms: int
) -> Slot | None:
    best: tuple[float, int] | None = None
    for team_id in lane.idle:
        if keeps_back(settings, lanes, lane, team_id):
            continue
        entry = lanes.head(lane, team_id, refused_by)
        if entry is None:
            continue
        team = team_of(settings, team_id)
        idle_s = (now_ms - lanes.by_number[entry[-2]].agent.idle_since_ms) / 1000
        score = (team.base_weight + team.idle_weight * idle_s, -entry[-2])
        if best is None or score > best:
            best = score
    return None if best is None else lanes.by_number[-best[1]]


def choose_contact(
    settings: Settings, lanes: Lanes, contacts: dict[int, Contact], slot: Slot, now_ms: int
) -> Contact | None:
    """The waiting contact that a free agent is offered now; None: the agent stays free."""
    team = team_of(settings, slot.team)
    pull = team.pull
    best_key: tuple[float, ...] | None = None
    best_id = 0
    for lane in slot.lanes:
        if not lane.waiting or not lanes.spare(slot, lane):
            continue
        if team.reserve_idle and keeps_back(settings, lanes, lane, slot.team):
            continue
        head = lane.waiting.first()
        if contacts[head[2]].refused_by:
            other = _first_not_refused(lane, contacts, slot.agent.agent_id)
            if other is None:
                continue
            head = other
        if pull is _OLDEST:
            key: tuple[float, ...] = head
        elif pull is _PULL_HOME_FIRST:
            key = (head[0], 0 if lane.is_home(slot.team) else 1, head[1], head[2])
        else:
            queue = lane.queue
            weight = queue.base_weight + queue.wait_weight * (now_ms - head[1]) / 1000
            key = (head[0], -weight, head[1], head[2])
        if best_key is None or key < best_key:
            best_key, best_id = key, head[2]
    return None if best_key is None else contacts[best_id]


def _first_not_refused(lane: Lane, contacts: dict[int, Contact], agent_id: str) -> WaitKey | None:
    for looked, key in enumerate(lane.waiting):
        if agent_id not in contacts[key[2]].refused_by:
            return key
        if looked >= REFUSED_LOOK_AHEAD_MAX:
            break
    return None


def _scramble(draw: int) -> int:
    """A well mixed 64-bit number of a counter (the finaliser of SplitMix64, Steele et al. 2014)."""
    z = (draw * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return z ^ (z >> 31)
