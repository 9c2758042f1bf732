"""What a caller of a running centre may meet. Refusals are not here: they are values.

::

    CentreError
    ├── Unavailable     retryable      the centre can't decide now; the same may be sent again
    └── CommandFailed   not retryable  deciding this very command broke an invariant
"""

from __future__ import annotations

from enum import Enum


class CentreError(Exception):
    """Root of the tree; ``retryable`` says whether the same command may be sent again."""

    retryable = False


class UnavailableReason(Enum):
    """Why a centre can't decide now."""

    STARTING = "starting"
    RECOVERING = "recovering"
    """The journal went away, or the state was thrown away; it is being reloaded."""
    HELD_ELSEWHERE = "held_elsewhere"
    """Another process is the writer."""
    STOPPED = "stopped"
    FULL = "full"
    """More commands wait than the inbox holds."""


class Unavailable(CentreError):
    """The command wasn't decided, or (``outcome_unknown``) it can't be said whether it was.

    Sent again under the same command id it is applied once in either case.
    """

    retryable = True

    def __init__(
        self, reason: UnavailableReason, detail: str = "", *, outcome_unknown: bool = False
    ) -> None:
        super().__init__(detail or f"The centre can't decide now: {reason.value}")
        self.reason = reason
        self.outcome_unknown = outcome_unknown


class CommandFailed(CentreError):
    """A broken invariant; nothing of the command was kept."""
