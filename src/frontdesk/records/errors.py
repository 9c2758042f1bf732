"""What can go wrong with the records.

::

    RecordsError
    ├── RecordsUnavailable  retryable      the database can't be reached, or went away half-way
    ├── LoginTaken          not retryable  somebody else signs in by that name
    ├── DraftOvertaken      not retryable  somebody else has saved another draft meanwhile
    └── TooManyRecords      not retryable  there are as many as may be
"""

from __future__ import annotations


class RecordsError(Exception):
    """Root of the tree; ``retryable`` says whether the same call may succeed later."""

    retryable = False


class RecordsUnavailable(RecordsError):
    """The database can't be reached, or went away half-way."""

    retryable = True

    def __init__(self, reason: str) -> None:
        super().__init__(f"The records are unavailable: {reason}")


class LoginTaken(RecordsError):
    """Somebody else signs in by that name."""

    def __init__(self, login: str) -> None:
        super().__init__(f"The login '{login}' belongs to somebody else")


class DraftOvertaken(RecordsError):
    """Somebody else has saved another draft meanwhile, or it was published or thrown away."""

    def __init__(self, flow_id: str) -> None:
        super().__init__(f"Somebody else has changed the draft of {flow_id} meanwhile")


class TooManyRecords(RecordsError):
    """There are as many as may be."""

    def __init__(self, what: str, count_max: int) -> None:
        super().__init__(f"There are {count_max} {what} already, and that is the most")
