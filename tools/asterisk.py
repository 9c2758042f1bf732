"""A real Asterisk in a folder, for tests and for trying Frontdesk's telephone on this machine.

    python3 tools/asterisk.py prepare       what may take minutes the first time, seconds later
    python3 tools/asterisk.py run FOLDER    run it with the configuration in FOLDER, until Ctrl-C

Debian carries no Asterisk that is new enough but in its coming release, so that release's base is
put into the user's cache folder and Asterisk is installed inside. Nothing of the machine's own is
changed but for `debootstrap`, which is installed where it is missing. Needs root on Debian.

Every instance has a mount namespace of its own, in which its folder is seen at the same path as
outside; so many may run at once over one cached root, and nothing stays mounted when they end.
"""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

RELEASE = "forky"
MIRROR = "http://deb.debian.org/debian"
PACKAGES = "asterisk asterisk-modules asterisk-moh-opsound-wav sip-tester"
DEBOOTSTRAP = Path("/usr/share/debootstrap")
USER = "asterisk"
# Renamed whenever what is in the root changes, so that a new recipe never meets an old root.
ROOT_NAME = f"asterisk-{RELEASE}-2"
ATTEMPTS = 3
STOP_TIMEOUT_S = 20.0
# Asterisk has a thread a call; with an arena of memory for each it looks as if it leaked.
MEMORY_ARENAS = 2


class AsteriskUnavailable(Exception):
    """This machine can't have an Asterisk; the text says why."""


def main(arguments: list[str]) -> int:
    """Obey the command line; 0 when it went well, 1 with a reason when not."""
    try:
        match arguments:
            case ["prepare"]:
                print(prepare())
            case ["run", folder]:
                run_until_interrupted(Path(folder))
            case _:
                print(__doc__)
                return 2
    except AsteriskUnavailable as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


# --- the root ---------------------------------------------------------------------------------


def prepare() -> Path:
    """The folder with Debian and Asterisk in it, made the first time. Raises AsteriskUnavailable.

    Several may ask at once: the first makes it, the others wait.
    """
    root = cache_folder() / ROOT_NAME
    if root.exists():
        return root
    reason = why_impossible()
    if reason:
        raise AsteriskUnavailable(f"There can be no Asterisk here: {reason}.")
    with only_one(root.with_suffix(".lock")):
        if not root.exists():
            make_root(root)
    return root


def why_impossible() -> str:
    """What keeps this machine from having one; empty: nothing that can be told beforehand."""
    if os.geteuid() != 0:
        return "a root folder is made and entered by root alone, and this is another account"
    if not shutil.which("apt-get"):
        return "only Debian's packages can be used, and this is no Debian"
    return ""


def cache_folder() -> Path:
    """Where roots are kept between runs."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "frontdesk"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def only_one(path: Path) -> Generator[None, None, None]:
    """Holds the lock of a name against other processes."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_root(root: Path) -> None:
    """Install into a folder beside and move it when all is there, so that half a root is none."""
    began = time.monotonic()
    growing = Path(tempfile.mkdtemp(prefix=f"{root.name}-", dir=root.parent))
    try:
        install_debootstrap()
        again(lambda: install_base(growing))
        again(lambda: install_asterisk(growing))
        growing.chmod(0o755)
        growing.rename(root)
    finally:
        shutil.rmtree(growing, ignore_errors=True)
    print(f"  asterisk      {time.monotonic() - began:6.1f} s", file=sys.stderr)


def install_debootstrap() -> None:
    """See that the machine has the program that makes roots."""
    if not shutil.which("debootstrap"):
        work(["apt-get", "update"])
        work(["apt-get", "install", "--yes", "--no-install-recommends", "debootstrap"])


def install_base(root: Path) -> None:
    """Put Debian's base into `root`, signatures checked.

    An older debootstrap doesn't know the coming release by name; its script for `sid` serves.
    """
    shutil.rmtree(root, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        scripts = Path(folder) / "debootstrap"
        shutil.copytree(DEBOOTSTRAP, scripts, symlinks=True)
        script = scripts / "scripts" / RELEASE
        if not script.exists():
            script.symlink_to("sid")
        work(
            ["debootstrap", "--variant=minbase", RELEASE, str(root), MIRROR],
            {"DEBOOTSTRAP_DIR": str(scripts)},
        )


# A snapshot of the archive may be older than its own promise of freshness; its signature holds.
INSTALL = """
set -e
apt-get -o Acquire::Check-Valid-Until=false update
apt-get install --yes --no-install-recommends {packages}
apt-get clean
rm -rf /var/lib/apt/lists/* /usr/share/doc /usr/share/man /usr/share/locale
"""


def install_asterisk(root: Path) -> None:
    """Install Asterisk's packages inside `root`, which starts nothing there."""
    shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
    script = INSTALL.format(packages=PACKAGES)
    inside = ["chroot", str(root), "sh", "-c", script]
    work(in_namespace(root, [], inside), {"DEBIAN_FRONTEND": "noninteractive"})


def again(attempt: Callable[[], None]) -> None:
    """Tries a few times what may fail by a mirror's or a network's moment of weakness."""
    for number in range(ATTEMPTS):
        try:
            attempt()
            return
        except AsteriskUnavailable:
            if number == ATTEMPTS - 1:
                raise
            time.sleep(2.0**number)


def work(command: list[str], extra: dict[str, str] | None = None) -> None:
    """Run a command quietly. Raises AsteriskUnavailable with its last words when it fails."""
    done = subprocess.run(
        command,
        env={**os.environ, **(extra or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        last = "\n".join(done.stdout.splitlines()[-15:])
        raise AsteriskUnavailable(f"Asterisk could not be had: {command[0]} failed.\n{last}")


# --- an instance ------------------------------------------------------------------------------


def in_namespace(root: Path, seen: list[Path], command: list[str]) -> list[str]:
    """The command that runs `command` with /proc, /dev and the folders `seen` inside `root`.

    All of it becomes one process: who ends it ends what it became.
    """
    inside = shlex.quote(str(root))
    lines = [f"mount -t proc proc {inside}/proc", f"mount --bind /dev {inside}/dev"]
    # Asterisk looks its own machine up by name for every call.
    lines += [f"touch {inside}/etc/hosts", f"mount --bind /etc/hosts {inside}/etc/hosts"]
    for folder in seen:
        place = shlex.quote(f"{root}{folder}")
        lines += [f"mkdir -p {place}", f"mount --bind {shlex.quote(str(folder))} {place}"]
    script = "\n".join(["set -e", *lines, f"exec {shlex.join(command)}"])
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", script]


class Instance:
    """One Asterisk over the cached root, with the configuration files in `folder`/etc.

    `asterisk.conf` there says where all the rest is; see `directories`.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.folder = folder.absolute()
        self.log_path = self.folder / "log" / "console"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process of the running Asterisk."""
        assert self._process is not None, "it does not run"
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it; it answers a second or two later."""
        assert not self.runs, "it runs already"
        uid, gid = account_in(self.root)
        for place in directories(self.folder).values():
            place.mkdir(parents=True, exist_ok=True)
        for path in (self.folder, *self.folder.rglob("*")):
            os.chown(path, uid, gid)
        settings = self.folder / "etc" / "asterisk.conf"
        command = [
            "chroot",
            str(self.root),
            "asterisk",
            "-f",
            "-n",
            "-U",
            USER,
            "-C",
            str(settings),
        ]
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                in_namespace(self.root, [self.folder], command),
                env={**os.environ, "MALLOC_ARENA_MAX": str(MEMORY_ARENAS)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def ask(self, command: str) -> str:
        """What Asterisk's own console answers to `command`."""
        control = str(self.folder / "run" / "asterisk.ctl")
        console = ["chroot", str(self.root), "asterisk", "-s", control, "-rx", command]
        done = subprocess.run(
            in_namespace(self.root, [self.folder], console),
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout

    def kill(self) -> None:
        """End it without any warning to it."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and end it when it doesn't."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def sipp(root: Path, folder: Path, arguments: list[str]) -> list[str]:
    """The command that runs sipp, a caller or a carrier by script, in `folder`."""
    inside = ["env", f"--chdir={folder}", "TERM=dumb", "sipp", *arguments]
    return in_namespace(root, [folder], ["chroot", str(root), *inside])


def directories(folder: Path) -> dict[str, Path]:
    """Asterisk's names of the folders that are an instance's own, and where they are."""
    places = {
        "astetcdir": "etc",
        "astcachedir": "cache",
        "astvarlibdir": "lib",
        "astdbdir": "lib",
        "astkeydir": "lib",
        "astspooldir": "spool",
        "astrundir": "run",
        "astlogdir": "log",
    }
    return {name: folder.absolute() / place for name, place in places.items()}


def account_in(root: Path) -> tuple[int, int]:
    """The user and group that Asterisk runs as inside `root`."""
    for line in (root / "etc" / "passwd").read_text().splitlines():
        name, _, uid, gid, *_ = line.split(":")
        if name == USER:
            return int(uid), int(gid)
    raise AsteriskUnavailable(f"{root} has no account {USER}; remove it and try again.")


def run_until_interrupted(folder: Path) -> None:
    """Run the Asterisk that is configured in `folder`/etc until Ctrl-C."""
    instance = Instance(prepare(), folder)
    instance.start()
    try:
        while instance.runs:
            time.sleep(0.5)
        print(instance.log_path.read_text(errors="replace")[-2000:])
    except KeyboardInterrupt:
        pass
    finally:
        instance.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
