"""The data folder: made when missing, and held by one run at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from frontdesk.cli.errors import DataFolderError

LOCK_NAME = "lock"


@contextmanager
def hold_data_folder(folder: Path) -> Generator[None]:
    """Hold `folder` for this process; the operating system lets go of it however we end.

    Raises DataFolderError when it can't be used or another process, which is named, holds it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise DataFolderError(
            f"the data folder {folder} can't be used: {error.strerror}"
        ) from error
    try:
        _take(descriptor, folder)
        os.truncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 32).decode(errors="replace").strip() or "unknown"
        raise DataFolderError(
            f"the data folder {folder} is in use by another Frontdesk, process {holder}"
        ) from None
