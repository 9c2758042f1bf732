"""An asker of HTTP sources whose names lead to this machine, and a system that it asks."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from frontdesk.answers.lookups.addresses import parse_networks
from frontdesk.answers.lookups.http_source import HttpAsker
from frontdesk.answers.lookups.network import Gate
from frontdesk.runtime.clock import SystemClock
from tests.support.outside_server import OutsideServer, outside_server

TLS = Path(__file__).parent / "tls" / "shop.pem"
"""A certificate of shop.example's own making, with its key."""


@dataclass
class Names:
    """A resolver that knows what it is told; each question to it is noted."""

    addresses: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    asked: list[str] = field(default_factory=list[str])

    async def resolve(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host not in self.addresses:
            raise OSError("unknown")
        return self.addresses[host]


@pytest.fixture
def names() -> Names:
    return Names({"shop.example": ["127.0.0.1"], "127.0.0.1": ["127.0.0.1"]})


@pytest.fixture
def gate(names: Names) -> Gate:
    """Lets look-ups with private addresses ask this machine."""
    return Gate(parse_networks(["127.0.0.0/8"]), names)


@pytest.fixture
async def system() -> AsyncIterator[OutsideServer]:
    async with outside_server() as served:
        yield served


@pytest.fixture
async def asker(gate: Gate) -> AsyncIterator[HttpAsker]:
    made = HttpAsker(gate, SystemClock(), ssl.create_default_context(cafile=str(TLS)))
    yield made
    await made.close()
