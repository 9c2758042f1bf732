"""Play customers and agents of the demo company against a running server.

Everything goes over the public API. A person can sign in beside the played ones: contacts go to
whoever has been idle longest, so a part of them comes to the person's desk.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from random import Random

from frontdesk.cli.demonstration.api import ApiClient, ApiRefused
from frontdesk.cli.demonstration.colleagues import Colleague
from frontdesk.cli.demonstration.company import PASSWORD, PLAYED, WIDGET_ID
from frontdesk.cli.demonstration.customers import Customer
from frontdesk.cli.demonstration.desk import Desk
from frontdesk.cli.demonstration.pace import Pace
from frontdesk.cli.errors import OperatorError

DEFAULT_URL = "http://127.0.0.1:8080"
CUSTOMERS = 24
AGENTS = 8
PACE = 2.0
PACE_MAX = 200.0
CUSTOMERS_MAX = 500
REACH_S_MAX = 10.0
PAUSE_AFTER_REFUSAL_S = 5.0


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", default=DEFAULT_URL, help="the server (%(default)s)")
    parser.add_argument("--pace", type=float, default=PACE, help="1 is life (%(default)s)")
    parser.add_argument(
        "--customers", type=int, default=CUSTOMERS, help="browsers they come from (%(default)s)"
    )
    parser.add_argument(
        "--agents", type=int, default=AGENTS, help=f"how many of {len(PLAYED)} (%(default)s)"
    )
    parser.add_argument("--password", default=PASSWORD, help="of the played agents")
    parser.add_argument("--widget", default=WIDGET_ID, help="its id (%(default)s)")
    parser.add_argument("--seed", type=int, help="of everything that is random")
    parser.add_argument("--until-orphaned", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    _check(args)
    asyncio.run(_play(args))
    return 0


def _check(args: argparse.Namespace) -> None:
    if not 0 < args.pace <= PACE_MAX:
        raise OperatorError(f"--pace must be above 0 and at most {PACE_MAX:g}")
    if not 0 <= args.customers <= CUSTOMERS_MAX:
        raise OperatorError(f"--customers must be between 0 and {CUSTOMERS_MAX}")
    if not 0 <= args.agents <= len(PLAYED):
        raise OperatorError(f"--agents must be between 0 and {len(PLAYED)}")


async def _play(args: argparse.Namespace) -> None:
    await _check_company(args)
    random = Random(args.seed)
    if not args.until_orphaned:
        print(
            f"Playing customers at {args.customers} browsers and {args.agents} agents against "
            f"{args.url}, {args.pace:g} times as fast as life. Ctrl-C ends it.",
            flush=True,
        )
    async with asyncio.TaskGroup() as group:
        playing = [group.create_task(_play_on(player)) for player in _make_players(args, random)]
        if args.until_orphaned:
            await asyncio.to_thread(_wait_until_orphaned)
            for task in playing:
                task.cancel()


async def _play_on(player: Customer | Colleague) -> None:
    """A refusal that nobody foresaw (somebody changes the settings) ends no more than a scene."""
    while True:
        try:
            await player.play()
        except* ApiRefused as refusals:
            print(f"frontdesk demo: {refusals.exceptions[0]}", file=sys.stderr, flush=True)
        await asyncio.sleep(PAUSE_AFTER_REFUSAL_S)


def _make_players(args: argparse.Namespace, random: Random) -> list[Customer | Colleague]:
    def pace() -> Pace:
        return Pace(args.pace, Random(random.random()))

    customers = [Customer(args.url, args.widget, pace()) for _ in range(args.customers)]
    logins = [profile.agent_id for profile in PLAYED[: args.agents]]
    colleagues = [Colleague(Desk(args.url, login, args.password), pace()) for login in logins]
    return [*colleagues, *customers]


async def _check_company(args: argparse.Namespace) -> None:
    """Raises OperatorError when the server has no demo company, or other passwords."""
    client = ApiClient(args.url)
    try:
        async with asyncio.timeout(REACH_S_MAX):
            await client.call("GET", f"/api/webchat/{args.widget}/config")
            if args.agents:
                await client.sign_in(PLAYED[0].agent_id, args.password)
    except TimeoutError as error:
        raise OperatorError(f"nothing answers at {args.url}") from error
    except ApiRefused as refused:
        raise OperatorError(
            f"{args.url} has no demo company to play ({refused}); `frontdesk run --demo` makes one"
        ) from refused
    finally:
        await client.close()


def _wait_until_orphaned() -> None:
    """Until whoever started us is gone, and with it the other end of our standard input."""
    while os.read(sys.stdin.fileno(), 1):
        pass
