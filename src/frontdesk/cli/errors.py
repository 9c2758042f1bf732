"""What the command line tells the person who ran it when something is wrong outside the program.

OperatorError            anything the operator can put right; printed as one sentence, exit code 1
├── SettingsError        a setting is unknown or wrong
├── DataFolderError      the data folder can't be used, or another run holds it
├── PortError            the address can't be listened on
└── DatabaseError        PostgreSQL can't be started or reached
"""

from __future__ import annotations


class OperatorError(Exception):
    """Shown as it is, without a traceback; the text is a whole sentence without the final stop."""


class SettingsError(OperatorError):
    """A setting is unknown, of the wrong type or out of range; the text names where it stands."""


class DataFolderError(OperatorError):
    """The data folder can't be created, written to, or is held by another run."""


class PortError(OperatorError):
    """The host and port can't be listened on."""


class DatabaseError(OperatorError):
    """The embedded PostgreSQL can't be started, or the given one can't be reached."""
