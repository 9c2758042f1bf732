"""The database for a subcommand that looks at what a server keeps, whether one runs or not."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from frontdesk.cli.errors import DatabaseError
from frontdesk.cli.folder import hold_data_folder
from frontdesk.cli.postgres import EmbeddedPostgres, find_running_pid
from frontdesk.cli.settings import Settings

POSTGRES_FOLDER = "postgres"


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
