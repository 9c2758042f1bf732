"""Why a call was not answered, from what the network said.

A SIP status (RFC 3261 §21; 607 by RFC 8197) says more than the cause it is turned into (Q.850), so
the cause counts only where there is no status: when the other side said nothing at all, or Asterisk
itself gave up.
"""

from __future__ import annotations

from typing import Final

from frontdesk.channels.voice.media import LegEnd

_BY_STATUS: Final = {
    403: LegEnd.REFUSED,
    404: LegEnd.UNREACHABLE,
    408: LegEnd.NO_ANSWER,
    410: LegEnd.UNREACHABLE,
    480: LegEnd.UNREACHABLE,
    484: LegEnd.UNREACHABLE,
    485: LegEnd.UNREACHABLE,
    486: LegEnd.BUSY,
    487: LegEnd.NO_ANSWER,
    503: LegEnd.NO_LINE,
    600: LegEnd.BUSY,
    603: LegEnd.REFUSED,
    604: LegEnd.UNREACHABLE,
    607: LegEnd.REFUSED,
    608: LegEnd.REFUSED,
}

_BY_CAUSE: Final = {
    1: LegEnd.UNREACHABLE,  # unallocated number
    3: LegEnd.UNREACHABLE,  # no route to destination
    17: LegEnd.BUSY,
    18: LegEnd.UNREACHABLE,  # no user responding: not even a provisional answer came
    19: LegEnd.NO_ANSWER,
    20: LegEnd.UNREACHABLE,  # subscriber absent: nobody is registered
    21: LegEnd.REFUSED,
    22: LegEnd.UNREACHABLE,  # number changed
    27: LegEnd.UNREACHABLE,  # destination out of order
    28: LegEnd.UNREACHABLE,  # invalid number format
    34: LegEnd.NO_LINE,
    42: LegEnd.NO_LINE,
    44: LegEnd.LOST,  # requested channel unavailable: Asterisk's word for no sound any more
}

_TO_CAUSE: Final = {
    LegEnd.BUSY: 17,
    LegEnd.NO_ANSWER: 19,
    LegEnd.REFUSED: 21,
    LegEnd.UNREACHABLE: 20,
    LegEnd.NO_LINE: 34,
    LegEnd.FAILED: 38,
}
NORMAL_CLEARING: Final = 16
ANSWERED_ELSEWHERE: Final = 26


def end_before_answer(cause: int, status: int | None) -> LegEnd:
    """Why a call of ours was not answered."""
    if status is not None and status in _BY_STATUS:
        return _BY_STATUS[status]
    return _BY_CAUSE.get(cause, LegEnd.FAILED)


def end_after_answer(cause: int) -> LegEnd:
    """Why a conversation is over."""
    return LegEnd.LOST if _BY_CAUSE.get(cause) is LegEnd.LOST else LegEnd.HUNG_UP


def cause_of(end: LegEnd) -> int:
    """What a caller's network is told."""
    return _TO_CAUSE.get(end, NORMAL_CLEARING)
