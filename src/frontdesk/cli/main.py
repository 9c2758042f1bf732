"""The command ``frontdesk``: finds the subcommand's module and runs it.

A subcommand is a module of this folder that defines ``configure(parser)`` and ``run(args) -> int``;
its name is the module's, with hyphens for underscores, its summary the docstring's first line.
Modules are found by reading, not importing, them: only the one that is asked for is imported, so
that `frontdesk --help` and small commands start at once.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import sys
from pathlib import Path

from frontdesk.cli.errors import OperatorError

FAILED = 1
INTERRUPTED = 130  # 128 + SIGINT, as shells report it
CUT_OFF = 141  # 128 + SIGPIPE


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code is the subcommand's, 1 for what the operator must fix."""
    words = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="frontdesk", description="An open contact centre.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, summary in find_subcommands().items():
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        if name in words[:1]:
            module = importlib.import_module(module_name(name))
            module.configure(subparser)
    args = parser.parse_args(words)
    try:
        code: int = importlib.import_module(module_name(args.command)).run(args)
        sys.stdout.flush()
        return code
    except OperatorError as error:
        stop = "" if str(error).endswith("?") else "."
        print(f"frontdesk: {error}{stop}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough of it (`… | head`); what is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CUT_OFF


def module_name(subcommand: str) -> str:
    """The module of a subcommand."""
    return f"frontdesk.cli.{subcommand.replace('-', '_')}"


def find_subcommands() -> dict[str, str]:
    """Summaries by the names of the subcommands, in alphabetical order."""
    found: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        tree = ast.parse(path.read_text())
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        if {"configure", "run"} <= functions:
            summary = (ast.get_docstring(tree) or "").partition("\n")[0].rstrip(".")
            found[path.stem.replace("_", "-")] = summary
    return found


if __name__ == "__main__":
    sys.exit(main())
