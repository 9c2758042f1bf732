"""The port by which flows ask outside systems, and all that may come instead of an answer.

::

    LookUpError
    ├── LookUpFaulty          not retryable  somebody must change something first
    │   ├── MissingParameter                 a parameter is not given, or empty where it can't be
    │   ├── UnfitParameter                   a parameter can't stand where the look-up puts it
    │   ├── MissingSecret                    the secret that the look-up names is not kept
    │   ├── AddressRefused                   the host is in a network that may not be asked
    │   └── Misdescribed                     the look-up's own address, query or expression is wrong
    ├── TimedOut              retryable      no answer in the time allowed
    ├── NotReachable          retryable      no connection, or it broke
    ├── BreakerOpen           retryable      it failed again and again and is left alone for a while
    ├── BadStatus             some are       it answered that it can't (429 and 5xx)
    └── NotReadable           not retryable  the answer is too large, or not what is expected of it

No error ever carries a secret, or anything of an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar, Protocol

from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.flows.resources import LookUp


class LookUpErrorCode(Enum):
    """Which error it is, for programs."""

    MISSING_PARAMETER = "missing_parameter"
    UNFIT_PARAMETER = "unfit_parameter"
    MISSING_SECRET = "missing_secret"
    ADDRESS_REFUSED = "address_refused"
    MISDESCRIBED = "misdescribed"
    TIMED_OUT = "timed_out"
    NOT_REACHABLE = "not_reachable"
    BREAKER_OPEN = "breaker_open"
    BAD_STATUS = "bad_status"
    NOT_READABLE = "not_readable"


class LookUps(Protocol):
    """Asks outside systems."""

    async def ask(
        self, look_up: LookUp, parameters: Mapping[str, Value], time_ms: int
    ) -> dict[str, Value]:
        """The results by name: plain JSON values of bounded size.

        Takes `time_ms` at most, all attempts together. Raises LookUpError.
        """
        ...


class LookUpError(Exception):
    """Root of the tree; ``retryable`` says whether the same question may be answered later."""

    code: ClassVar[LookUpErrorCode]
    retryable = False


class LookUpFaulty(LookUpError):
    """Somebody must change the look-up, a secret or the operator's settings first."""


class MissingParameter(LookUpFaulty):
    """A parameter was not given, or is empty where it can't be."""

    code = LookUpErrorCode.MISSING_PARAMETER

    def __init__(self, name: str) -> None:
        super().__init__(f"The parameter {name} is missing or empty")


class UnfitParameter(LookUpFaulty):
    """A parameter can't stand where the look-up puts it."""

    code = LookUpErrorCode.UNFIT_PARAMETER

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"The parameter {name} {reason}")


class MissingSecret(LookUpFaulty):
    """The secret that the look-up names is not kept."""

    code = LookUpErrorCode.MISSING_SECRET

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no secret {name}: an administrator must set it")


class AddressRefused(LookUpFaulty):
    """The host is in a network that may not be asked."""

    code = LookUpErrorCode.ADDRESS_REFUSED

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"{host} may not be asked: {reason}")


class Misdescribed(LookUpFaulty):
    """The look-up's own address, query or expression is wrong."""

    code = LookUpErrorCode.MISDESCRIBED


class TimedOut(LookUpError):
    """No answer in the time allowed."""

    code = LookUpErrorCode.TIMED_OUT
    retryable = True

    def __init__(self, time_ms: int) -> None:
        super().__init__(f"There was no answer within {time_ms} ms")


class NotReachable(LookUpError):
    """No connection, or it broke. `sent`: the question may have arrived all the same."""

    code = LookUpErrorCode.NOT_REACHABLE
    retryable = True

    def __init__(self, reason: str, *, sent: bool = False) -> None:
        super().__init__(f"The outside system can't be reached: {reason}")
        self.sent = sent


class BreakerOpen(LookUpError):
    """It failed again and again and is left alone for a while."""

    code = LookUpErrorCode.BREAKER_OPEN
    retryable = True

    def __init__(self, wait_ms: int) -> None:
        super().__init__(
            f"The outside system failed several times in a row; it is asked again in {wait_ms} ms"
        )
        self.wait_ms = wait_ms


class BadStatus(LookUpError):
    """It answered that it can't. Only 429 and 5xx are retryable."""

    code = LookUpErrorCode.BAD_STATUS

    def __init__(self, status: int, reason: str = "") -> None:
        super().__init__(f"The outside system answered with status {status}{reason}")
        self.status = status
        self.retryable = status == 429 or status >= 500


class NotReadable(LookUpError):
    """The answer is too large, or not what is expected of it."""

    code = LookUpErrorCode.NOT_READABLE
