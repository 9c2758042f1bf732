"""Connections to checked addresses only.

A name is resolved once, by us; each of its addresses is checked, and the
connection goes to one of these very addresses. Nobody asks the name's server a
second time, so its answer can't change in between (DNS rebinding). The name still
stands in the Host header and in TLS, where it is checked against the certificate.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from typing import Final, Protocol, cast

import httpcore

from frontdesk.answers.lookups.addresses import Network, may_be_asked, parse_address
from frontdesk.runtime.look_ups import AddressRefused, NotReachable

ADDRESSES_TRIED_MAX: Final = 4
"""Of one name, in the order in which they were told."""

_PRIVATE: Final = "its address is not a public one, and the operator has not allowed its network"
_FLAG: Final = "its address is not a public one, and the look-up is not allowed private ones"


class Resolver(Protocol):
    """Finds the addresses of a name."""

    async def resolve(self, host: str, port: int) -> list[str]:
        """Raises OSError."""
        ...


class SystemResolver:
    """Asks the operating system."""

    async def resolve(self, host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Gate:
    """Tells which addresses of a host may be connected to.

    `networks` are those that the operator allows to look-ups with private addresses.
    """

    def __init__(self, networks: Iterable[Network] = (), resolver: Resolver | None = None) -> None:
        self._networks = tuple(networks)
        self._resolver = resolver if resolver is not None else SystemResolver()

    async def find_addresses(self, host: str, port: int, *, private: bool) -> list[str]:
        """Where to connect to, at least one. Raises AddressRefused, NotReachable.

        One address that may not be asked refuses the host: who mixes them means ill.
        """
        try:
            found = await self._resolver.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise NotReachable(f"the name {host} has no address") from error
        addresses = found[:ADDRESSES_TRIED_MAX]
        if not addresses:
            raise NotReachable(f"the name {host} has no address")
        allowed = self._networks if private else ()
        if not all(may_be_asked(parse_address(each), allowed) for each in addresses):
            raise AddressRefused(host, _PRIVATE if private else _FLAG)
        return addresses


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Opens the connections of an HTTP client through a gate."""

    def __init__(self, gate: Gate, *, private: bool) -> None:
        self._gate = gate
        self._private = private
        self._network = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._gate.find_addresses(host, port, private=self._private)
        for address in addresses[:-1]:
            try:
                return await self._network.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except httpcore.ConnectError:
                continue
        return await self._network.connect_tcp(
            addresses[-1], port, timeout, local_address, socket_options
        )

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)
