"""Print the API's description (OpenAPI 3.1) without a server."""

from __future__ import annotations

import argparse
import sys
import tempfile

import msgspec

from frontdesk.answers.lookups.look_ups import build_look_ups
from frontdesk.api.schema import build_openapi
from frontdesk.cli.assembly import build_application
from frontdesk.cli.settings import Settings
from frontdesk.records.database import Database
from frontdesk.runtime.clock import SystemClock
from frontdesk.runtime.effect_store import PostgresEffectStore

NOWHERE = "postgresql://nowhere/nothing"  # nothing connects to describe itself
SECRET = b"nothing is signed"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--indent", type=int, default=2, help="spaces by level; 0: one line")


def run(args: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=folder)
        effects = PostgresEffectStore(NOWHERE, settings.centre)
        database = Database(NOWHERE)
        look_ups = build_look_ups(database, SystemClock())
        app, *_ = build_application(settings, NOWHERE, database, effects, look_ups, SECRET)
        schema = msgspec.json.encode(build_openapi(app))
    sys.stdout.buffer.write(msgspec.json.format(schema, indent=args.indent or -1) + b"\n")
    return 0
