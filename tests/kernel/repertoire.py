"""All that the random scripts can do: contacts, agents, settings, flows, callbacks, alarms."""

from __future__ import annotations

from frontdesk.kernel import commands as cmd
from tests.kernel import alarm_moves, consult_moves, flow_moves, moves
from tests.kernel.moves import Move

SETTINGS_MOVES: tuple[Move, ...] = (
    *moves.SETTINGS_MOVES,
    *flow_moves.FLOW_SETTINGS_MOVES,
    *alarm_moves.ALARM_SETTINGS_MOVES,
)
WORK_MOVES: tuple[Move, ...] = (
    *moves.CONTACT_MOVES,
    *moves.AGENT_MOVES,
    *flow_moves.FLOW_MOVES,
    *consult_moves.CONSULT_MOVES,
    *alarm_moves.ALARM_MOVES,
)
ALL_MOVES: tuple[Move, ...] = (
    *SETTINGS_MOVES,
    *WORK_MOVES * 2,
    *(moves.open_contact, moves.accept_offer, moves.become_available) * 6,
)
"""Weighted so that a script keeps contacts and agents about."""


def first_settings() -> list[cmd.AnyCommand]:
    """A small centre to begin with, with a flow of each use and a rule of each measure."""
    return [
        *moves.first_settings(),
        *flow_moves.first_settings(),
        *alarm_moves.first_settings(),
    ]
