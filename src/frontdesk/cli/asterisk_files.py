"""Write the configuration folder of an Asterisk that holds Frontdesk's telephone.

What is printed goes into Frontdesk's settings file. Nothing in the folder is edited by hand: to
change a port or an address, write it again with the same password.
"""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path

from frontdesk.channels.voice.asterisk.files import FileSettings, write_files
from frontdesk.cli.errors import OperatorError

DEFAULTS = FileSettings(password="")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = __doc__
    parser.add_argument("folder", type=Path, help="usually /etc/asterisk")
    parser.add_argument("--password", help="of the user who gives orders; else one is made up")
    parser.add_argument(
        "--http", default=f"{DEFAULTS.http_host}:{DEFAULTS.http_port}", metavar="ADDRESS:PORT",
        help="where Asterisk takes orders (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--sip", default=f"{DEFAULTS.sip_host}:{DEFAULTS.sip_port}", metavar="ADDRESS:PORT",
        help="where carriers and phones reach it (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--rtp", default=f"{DEFAULTS.rtp_port_first}-{DEFAULTS.rtp_port_last}",
        metavar="FIRST-LAST", help="UDP ports for the sound (%(default)s)",
    )  # fmt: skip
    parser.add_argument("--external", default="", help="its address outside, behind a translator")
    parser.add_argument(
        "--local", action="append", default=[], metavar="NETWORK",
        help="a network that reaches it without the translator, as 10.0.0.0/8; may be repeated",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    password = args.password or secrets.token_urlsafe(24)
    http_host, http_port = _read_address(args.http)
    sip_host, sip_port = _read_address(args.sip)
    first, last = _read_range(args.rtp)
    settings = FileSettings(
        password=password,
        http_host=http_host,
        http_port=http_port,
        sip_host=sip_host,
        sip_port=sip_port,
        rtp_port_first=first,
        rtp_port_last=last,
        external_address=args.external,
        local_networks=tuple(args.local),
    )
    try:
        write_files(settings, args.folder)
    except OSError as error:
        raise OperatorError(f"the folder can't be written: {error}") from error
    print(f'[telephone]\nurl = "http://{http_host}:{http_port}"\npassword = "{password}"')
    return 0


def _read_address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise OperatorError(f"{text!r} is no address and port like 127.0.0.1:8088")
    return host, int(port)


def _read_range(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    if not first.isdecimal() or not last.isdecimal() or int(first) >= int(last):
        raise OperatorError(f"{text!r} is no range of ports like 10000-20000")
    return int(first), int(last)
