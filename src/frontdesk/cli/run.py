"""Serve a centre: database, kernel, API and web in one process and on one port."""

from __future__ import annotations

import argparse
import asyncio
import signal
import socket
import sys
from collections.abc import Generator
from contextlib import AsyncExitStack, contextmanager
from typing import Final

import msgspec

from frontdesk.cli import settings_sources
from frontdesk.cli.databases import POSTGRES_FOLDER
from frontdesk.cli.folder import hold_data_folder
from frontdesk.cli.keeping import kept_running
from frontdesk.cli.listening import listener_url, open_listener
from frontdesk.cli.postgres import EmbeddedPostgres
from frontdesk.cli.settings import Settings
from frontdesk.runtime.logs import configure_logs

OWN_MACHINE: Final = "127.0.0.1/32"


def configure(parser: argparse.ArgumentParser) -> None:
    settings_sources.add_options(parser)
    parser.add_argument("--demo", action="store_true", help="create a demo company, if none is")
    parser.add_argument("--quiet", action="store_true", help="with --demo: no demo traffic")


def run(args: argparse.Namespace) -> int:
    settings = settings_sources.load(args).settings
    configure_logs(settings.log.format, settings.log.level.upper())
    with (
        hold_data_folder(settings.data_folder),
        open_listener(settings.server) as listener,
        _database(settings) as (dsn, embedded),
        asyncio.Runner(loop_factory=_find_loop_factory()) as runner,
    ):
        traffic = args.demo and not args.quiet
        settings = _allow_own_machine(settings) if args.demo else settings
        runner.run(_serve(settings, dsn, embedded, listener, demo=args.demo, traffic=traffic))
    return 0


def _allow_own_machine(settings: Settings) -> Settings:
    """Lets look-ups ask this machine, where the demo's own service is."""
    networks = (*settings.look_ups.private_networks, OWN_MACHINE)
    look_ups = msgspec.structs.replace(settings.look_ups, private_networks=networks)
    return msgspec.structs.replace(settings, look_ups=look_ups)


@contextmanager
def _database(settings: Settings) -> Generator[tuple[str, EmbeddedPostgres | None]]:
    """The DSN to use, and the embedded server behind it, which runs meanwhile."""
    if settings.database.url is not None:
        yield settings.database.url, None
        return
    server = EmbeddedPostgres(settings.data_folder / POSTGRES_FOLDER)
    try:
        yield server.start(), server
    finally:
        server.stop()


async def _serve(
    settings: Settings,
    dsn: str,
    embedded: EmbeddedPostgres | None,
    listener: socket.socket,
    *,
    demo: bool,
    traffic: bool,
) -> None:
    # Imported here: they take seconds to load, which a wrong setting or a taken port must not cost.
    from frontdesk.api.server import serve
    from frontdesk.cli.assembly import prepare_database, running_centre
    from frontdesk.cli.demonstration.child import demo_traffic
    from frontdesk.cli.demonstration.founding import ensure_demo_company
    from frontdesk.cli.demonstration.outside.running import outside_service
    from frontdesk.cli.first_person import ensure_administrator

    stopping = _stop_on_signals()
    await prepare_database(dsn)
    async with AsyncExitStack() as stack:
        if embedded is not None:
            await stack.enter_async_context(kept_running(embedded))
        app, parts = await stack.enter_async_context(running_centre(settings, dsn))
        founded = demo and await ensure_demo_company(parts)
        if founded:
            await stack.enter_async_context(outside_service(parts))
        password = await ensure_administrator(parts)
        await stack.enter_async_context(serve(app, [listener]))
        url = listener_url(listener, settings.server)
        _print_welcome(url, password, demo, founded, founded and traffic)
        if founded and traffic:
            await stack.enter_async_context(demo_traffic(url))
        await stopping.wait()


def _print_welcome(
    url: str, password: str | None, demo: bool, founded: bool, traffic: bool
) -> None:
    from frontdesk.cli.demonstration.company import PASSWORD
    from frontdesk.cli.first_person import LOGIN

    print(f"Frontdesk is ready at {url}")
    if password is not None:
        print(f"Sign in as {LOGIN} with the password {password} (it is not shown again)")
    if founded:
        print(f"  customer's page   {url}/demo")
        print(f"  agent's desk      {url}/desk     sign in as: you, colleague")
        print(f"  live picture      {url}/floor    sign in as: supervisor")
        print(f"  administration    {url}/admin    sign in as: admin")
        print(f"  The password of all of them is: {PASSWORD}")
    if traffic:
        print("  Customers and colleagues are played (frontdesk demo); --quiet leaves them out.")
    if demo and not founded:
        print("This centre has its own people already: no demo company was made.")
    sys.stdout.flush()


def _stop_on_signals() -> asyncio.Event:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    return stopping


def _find_loop_factory() -> type[asyncio.AbstractEventLoop]:
    from uvloop import Loop

    return Loop
