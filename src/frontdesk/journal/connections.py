"""What asyncpg's errors mean to us: the store is away for a while, or something is wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Generator

import asyncpg

from frontdesk.journal.errors import JournalUnavailable

# Class 08 connection, 53 resources, 57 operator's intervention (shutdown, recovery), 58 system.
_UNAVAILABLE_CLASSES = ("08", "53", "57", "58")
# Of these the server says that the statement was rolled back; the others may come after a commit.
_ROLLED_BACK_CLASSES = ("53", "58")


@contextlib.contextmanager
def translated(*, outcome_unknown: bool = False) -> Generator[None]:
    """Turns the errors of a store that is away into JournalUnavailable; others pass.

    ``outcome_unknown`` says that the statements inside may have been committed.
    """
    try:
        yield
    except asyncpg.PostgresError as error:
        state = error.sqlstate or ""
        if not state.startswith(_UNAVAILABLE_CLASSES):
            raise
        unknown = outcome_unknown and not state.startswith(_ROLLED_BACK_CLASSES)
        raise JournalUnavailable(str(error), outcome_unknown=unknown) from error
    except ValueError:
        raise  # of asyncpg's InterfaceErrors those that are mistakes of ours or the operator's
    except (OSError, TimeoutError, asyncpg.InterfaceError) as error:
        reason = str(error) or type(error).__name__
        raise JournalUnavailable(reason, outcome_unknown=outcome_unknown) from error
