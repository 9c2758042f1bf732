"""Quarter-hour figures, gathered batch by batch: the facts that reports add up.

Contacts count in the interval in which they entered the queue, times in the one
in which they passed (`docs/glossary.md`): a duration is cut at the quarter-hours.
Every zone's clock differs from Greenwich by whole quarter-hours, so the days of
any zone can be made of them.
"""

from collections.abc import Iterator
from typing import Any, Final, TypeVar

import msgspec

INTERVAL_MS = 15 * 60_000

WAIT_BANDS_MS: Final = (5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000)
"""Up to and with how much a wait belongs to a band; the last band has no end."""


class QueueInterval(msgspec.Struct):
    """What is added to a queue's quarter-hour, channel by channel."""

    offered: int = 0
    transferred_in: int = 0
    """Of those offered: an agent sent them on."""
    overflowed_in: int = 0
    """Of those offered: from another queue that couldn't take them."""
    answered: int = 0
    answered_in_target: int = 0
    answered_at_once: int = 0
    abandoned: int = 0
    abandoned_in_target: int = 0
    overflowed: int = 0
    called_back: int = 0
    """The customer chose to be reached later."""
    ended: int = 0
    """Closed while waiting, by another than the customer."""
    turned_away: int = 0
    answered_wait_ms: int = 0
    abandoned_wait_ms: int = 0
    wait_ms_max: int = 0
    """The longest wait of those answered or abandoned."""
    engagements: int = 0
    """Engagements that ended, wrap-up included."""
    handle_ms: int = 0
    hold_ms: int = 0
    wrap_up_ms: int = 0


class WaitInterval(msgspec.Struct):
    """Waits that ended in a certain way after so long."""

    waits: int = 0
    wait_ms: int = 0


class AgentInterval(msgspec.Struct):
    """What is added to an agent's quarter-hour, by team, queue and channel."""

    offers: int = 0
    accepted: int = 0
    declined: int = 0
    missed: int = 0
    withdrawn: int = 0
    ring_ms: int = 0
    """How long offers that are over stood open."""
    transfers: int = 0
    """Contacts that the agent passed on."""
    engagements: int = 0
    handle_ms: int = 0
    hold_ms: int = 0
    wrap_up_ms: int = 0


class AgentTimeInterval(msgspec.Struct):
    """How an agent's quarter-hour passed; what overlaps is in each of them."""

    sessions: int = 0
    """Times of signing in."""
    available_ms: int = 0
    break_ms: int = 0
    engaged_ms: int = 0
    """Time with at least one engagement, wrap-up included."""
    staffed_ms: int = 0
    """Time available or engaged."""


class BreakInterval(msgspec.Struct):
    """An agent's breaks for one reason."""

    breaks: int = 0
    break_ms: int = 0


class DispositionInterval(msgspec.Struct):
    """Engagements that ended with a certain disposition."""

    dispositions: int = 0
    disposed_ms: int = 0
    """Their handle time."""


class ContactInterval(msgspec.Struct):
    """Contacts by the quarter-hour of their opening, as they stand now."""

    contacts: int = 0
    contact_transfers: int = 0
    contact_wait_ms: int = 0
    contact_handle_ms: int = 0


class TrunkInterval(msgspec.Struct):
    """How much of a trunk was taken."""

    trunk_calls: int = 0
    line_ms: int = 0
    """The time of all its lines together."""
    lines_max: int = 0
    """As many at once as never else in the quarter-hour."""


class FactTable(msgspec.Struct, frozen=True):
    """Where figures of a kind are kept, and what tells them apart beside centre and time."""

    name: str
    keys: tuple[str, ...]
    row: type[msgspec.Struct]
    maxima: tuple[str, ...] = ()
    """Figures of which the greatest counts; all others are added up."""


FACT_TABLES: Final = (
    FactTable("queue_intervals", ("queue_id", "channel"), QueueInterval, ("wait_ms_max",)),
    FactTable("wait_intervals", ("queue_id", "channel", "result", "wait_band"), WaitInterval),
    FactTable("agent_intervals", ("agent_id", "team_id", "queue_id", "channel"), AgentInterval),
    FactTable("agent_time_intervals", ("agent_id", "team_id"), AgentTimeInterval),
    FactTable("break_intervals", ("agent_id", "team_id", "break_reason_id"), BreakInterval),
    FactTable(
        "disposition_intervals",
        ("agent_id", "team_id", "queue_id", "channel", "disposition_id"),
        DispositionInterval,
    ),
    FactTable(
        "contact_intervals",
        ("channel", "queue_id", "topic", "outcome", "disposition_id", "is_callback"),
        ContactInterval,
    ),
    FactTable("trunk_intervals", ("trunk_id",), TrunkInterval, ("lines_max",)),
)

Figures = TypeVar("Figures", bound=msgspec.Struct)


class Tallies:
    """The additions of one batch."""

    def __init__(self) -> None:
        self.rows: dict[type[msgspec.Struct], dict[tuple[Any, ...], Any]] = {
            table.row: {} for table in FACT_TABLES
        }

    def at(self, kind: type[Figures], at_ms: int, *keys: str | int | bool) -> Figures:
        """The figures of a kind for the quarter-hour that holds the instant."""
        key = (*keys, floor_to_interval(at_ms))
        found = self.rows[kind].get(key)
        if found is None:
            found = self.rows[kind][key] = kind()
        return found


def floor_to_interval(at_ms: int) -> int:
    """The start of the quarter-hour that holds the instant."""
    return at_ms - at_ms % INTERVAL_MS


def find_wait_band(wait_ms: int) -> int:
    """The number of the band that a wait belongs to, from 0."""
    return sum(wait_ms > band_ms for band_ms in WAIT_BANDS_MS)


def cut(from_ms: int, to_ms: int) -> Iterator[tuple[int, int]]:
    """A span of time as (start, duration) within quarter-hours."""
    while from_ms < to_ms:
        end_ms = min(to_ms, floor_to_interval(from_ms) + INTERVAL_MS)
        yield from_ms, end_ms - from_ms
        from_ms = end_ms
