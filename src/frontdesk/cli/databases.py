"""Where a centre is kept: its journal, and the database for a subcommand that looks at it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from frontdesk.cli.errors import DatabaseError
from frontdesk.cli.folder import hold_data_folder
from frontdesk.cli.postgres import EmbeddedPostgres, find_running_pid
from frontdesk.cli.settings import Settings
from frontdesk.journal.codec import Codec
from frontdesk.journal.postgres import PostgresJournal
from frontdesk.journal.upcasting import UPCASTERS
from frontdesk.kernel.events import AnyEvent

POSTGRES_FOLDER = "postgres"


def build_journal(dsn: str, centre: str) -> PostgresJournal[AnyEvent]:
    """The journal of a centre with the codec of this release's events."""
    return PostgresJournal(dsn, centre, Codec[AnyEvent](AnyEvent, UPCASTERS))


@contextmanager
def open_database(settings: Settings) -> Generator[str]:
    """The DSN to use meanwhile: the operator's, or that of the embedded server.

    An embedded server that runs is used and left alone; otherwise it runs for as long as this.
    Raises DatabaseError when there is nothing kept yet.
    """
    if settings.database.url is not None:
        yield settings.database.url
        return
    folder = settings.data_folder / POSTGRES_FOLDER
    server = EmbeddedPostgres(folder)
    if find_running_pid(folder.absolute()) is not None:
        yield server.start()
        return
    if not folder.exists():
        raise DatabaseError(f"there is no database in the data folder {settings.data_folder}")
    with hold_data_folder(settings.data_folder):
        try:
            yield server.start()
        finally:
            server.stop()
