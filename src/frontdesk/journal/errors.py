"""What can go wrong with a journal.

::

    JournalError
    ├── JournalUnavailable   retryable      the store can't be reached, or went away half-way
    ├── CentreHeld           not retryable  another process is the writer of this centre
    ├── WriterDisplaced      not retryable  someone else wrote where we were about to write
    ├── DuplicateCommand     not retryable  the command was applied before; its events are there
    ├── UnknownEvent         not retryable  this release can't read an event (newer, or no upcaster)
    └── JournalCorrupt       not retryable  a gap, or bytes which don't match their digest

*Retryable* means: the same call may succeed later, with nothing changed by us.
"""

from __future__ import annotations

from frontdesk.journal.lease import Lease


class JournalError(Exception):
    """Root of the tree; ``retryable`` says whether the same call may succeed later."""

    retryable = False


class JournalUnavailable(JournalError):
    """The store can't be reached.

    ``outcome_unknown`` is true when an append was under way: whether it became durable is for
    the journal to say once it can be read again.
    """

    retryable = True

    def __init__(self, reason: str, *, outcome_unknown: bool = False) -> None:
        super().__init__(f"The journal is unavailable: {reason}")
        self.reason = reason
        self.outcome_unknown = outcome_unknown


class CentreHeld(JournalError):
    """Another process holds the centre; ``lease`` names it when it left its name."""

    def __init__(self, centre: str, lease: Lease | None) -> None:
        holder = lease.describe() if lease is not None else "another process (no name left)"
        super().__init__(f"The centre '{centre}' is held by {holder}")
        self.centre = centre
        self.lease = lease


class WriterDisplaced(JournalError):
    """The place in the journal was taken: another writer has gone on without us."""

    def __init__(self, centre: str, seq: int) -> None:
        super().__init__(f"Another writer has written event {seq} of the centre '{centre}'")
        self.centre = centre
        self.seq = seq


class DuplicateCommand(JournalError):
    """A command with one of these ids is in the journal already."""

    def __init__(self, command_ids: tuple[str, ...]) -> None:
        super().__init__(f"Applied before: {', '.join(command_ids)}")
        self.command_ids = command_ids


class UnknownEvent(JournalError):
    """An event of a type or version that this release can't read."""

    def __init__(self, event_type: str, version: int, reason: str) -> None:
        super().__init__(f"Can't read {event_type} version {version}: {reason}")
        self.event_type = event_type
        self.version = version


class JournalCorrupt(JournalError):
    """The journal contradicts itself."""
