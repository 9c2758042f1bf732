"""What can go wrong with the records.

::

    RecordsError
    ├── RecordsUnavailable  retryable      the database can't be reached, or went away half-way
    └── LoginTaken          not retryable  somebody else signs in by that name
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
