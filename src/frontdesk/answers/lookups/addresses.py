"""Which addresses may be asked, so that a look-up can't be turned on our own networks.

Public is what the special-purpose registries of IANA (RFC 6890, as of 2025) don't
take out. The lists stand here, as Python's own `is_global` differs between its
releases. An IPv6 address that stands for an IPv4 one is judged by that one.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def _networks(*texts: str) -> tuple[Network, ...]:
    return tuple(ip_network(text) for text in texts)


NEVER: Final = _networks(
    "0.0.0.0/8",  # this network
    "224.0.0.0/4",  # multicast
    "255.255.255.255/32",  # broadcast
    "::/128",
    "ff00::/8",  # multicast
    # where clouds tell a machine who it is, its credentials among it
    "169.254.169.254/32",
    "169.254.170.2/32",
    "168.63.129.16/32",
    "100.100.100.200/32",
    "192.0.0.192/32",
    "fd00:ec2::254/128",
)
"""Nobody can allow these."""

NOT_PUBLIC: Final = _networks(
    "10.0.0.0/8",
    "100.64.0.0/10",  # shared by carriers' customers
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",  # documentation, as all that follow without a word
    "192.88.99.0/24",  # relays of 6to4, withdrawn
    "192.168.0.0/16",
    "198.18.0.0/15",  # benchmarks
    "198.51.100.0/24",
    "203.0.113.0/24",
    "240.0.0.0/4",  # reserved
    "2001::/23",  # protocols, Teredo among them
    "2001:db8::/32",
    "2002::/16",  # 6to4: leads to any IPv4 address
    "3fff::/20",
)

_GLOBAL_UNICAST: Final = ip_network("2000::/3")
_NAT64: Final = ip_network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address."""

_IPV4_BITS: Final = 0xFFFFFFFF


def parse_address(text: str) -> Address:
    """The address itself: of an IPv6 one that stands for an IPv4 one, that one.

    Raises ValueError.
    """
    address = ip_address(text)
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & _IPV4_BITS)
    return IPv6Address(int(address))  # without the name of an interface


def is_public(address: Address) -> bool:
    """Whether it is an address of the public internet."""
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    return not _is_in(address, NEVER) and not _is_in(address, NOT_PUBLIC)


def may_be_asked(address: Address, allowed: Iterable[Network]) -> bool:
    """Whether it is public, or in one of the networks that are allowed besides."""
    return is_public(address) or (not _is_in(address, NEVER) and _is_in(address, allowed))


def parse_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """The networks of texts like `10.0.0.0/8`. Raises ValueError."""
    return tuple(ip_network(text) for text in texts)


def _is_in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)
