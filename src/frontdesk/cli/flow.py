"""Check a flow's document, or print the JSON Schema of such documents.

`frontdesk flow check FILE` says what is wrong with a flow in any centre, each problem with its
node; with `--in-force` also what the centre doesn't have that the flow names. Exit code 1 when the
flow could not be published. May run beside a server at work.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from frontdesk.cli import settings_sources
from frontdesk.cli.databases import open_database
from frontdesk.cli.errors import OperatorError
from frontdesk.cli.journal import reading
from frontdesk.cli.settings import Settings
from frontdesk.kernel import entities
from frontdesk.kernel.flows.check import Problem, Severity, check_alone, check_flow
from frontdesk.kernel.flows.document import Flow, decode_flow
from frontdesk.kernel.flows.schema import build_flow_schema
from frontdesk.runtime.loading import load_centre

FAULTY = 1


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="what is wrong with a flow")
    settings_sources.add_options(check)
    check.add_argument("file", type=Path, metavar="FILE", help="a flow's document, JSON")
    check.add_argument(
        "--in-force",
        action="store_true",
        help="check it among the queues, hours, look-ups and flows of the centre, too",
    )
    actions.add_parser("schema", help="print the JSON Schema of a flow's document")


def run(args: argparse.Namespace) -> int:
    if args.action == "schema":
        schema = msgspec.json.encode(build_flow_schema())
        sys.stdout.buffer.write(msgspec.json.format(schema, indent=2) + b"\n")
        return 0
    flow = read_flow(args.file)
    problems = check_flow(read_settings(args), flow) if args.in_force else check_alone(flow)
    for problem in problems:
        print(f"{args.file}: {describe(problem)}")
    if any(problem.severity is Severity.ERROR for problem in problems):
        return FAULTY
    sound = "can be published" if args.in_force else "is sound, if the centre has what it names"
    print(f"{args.file}: {flow.name} {sound}")
    return 0


def describe(problem: Problem) -> str:
    """The problem on one line, with its node."""
    place = f"node {problem.node_id}: " if problem.node_id else ""
    mark = "warning: " if problem.severity is Severity.WARNING else ""
    return f"{mark}{place}{problem.detail}"


def read_flow(path: Path) -> Flow:
    """The flow of a file. Raises OperatorError with the line, or the node, that is wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OperatorError(f"{path}: can't be read: {error.strerror}") from error
    try:
        return decode_flow(data)
    except msgspec.ValidationError as error:
        raise OperatorError(f"{path}: {_find_node(data, str(error))}{error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise OperatorError(f"{path}{_find_line(data, str(error))}: {error}") from error


def _find_line(data: bytes, error: str) -> str:
    """`:12` when the error says at which byte it is."""
    place = re.search(r"\(byte (\d+)\)", error)
    if place is None:
        return ""
    number = data[: int(place[1])].count(b"\n") + 1
    return f":{number}"


def _find_node(data: bytes, error: str) -> str:
    """The node within which the error's path leads."""
    place = re.search(r"\$\.nodes\[(\d+)\]", error)
    if place is None:
        return ""
    number = int(place[1])
    node: Any = msgspec.json.decode(data)["nodes"][number]
    named = isinstance(node, dict) and isinstance(node.get("node_id"), str)  # pyright: ignore[reportUnknownMemberType]
    return f"node {node['node_id']}: " if named else f"node {number + 1} of the list: "


def read_settings(args: argparse.Namespace) -> entities.Settings:
    """The business settings that are in force in the centre."""
    settings = settings_sources.load(args).settings
    with open_database(settings) as dsn:
        return asyncio.run(_read_journal(settings, dsn))


async def _read_journal(settings: Settings, dsn: str) -> entities.Settings:
    async with reading(settings, dsn) as journal:
        loaded = await load_centre(journal)
    return loaded.centre.state.settings
