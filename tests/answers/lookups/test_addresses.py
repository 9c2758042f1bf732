"""Which addresses may be asked."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.answers.lookups.addresses import (
    NEVER,
    is_public,
    may_be_asked,
    parse_address,
    parse_networks,
)

EVERYWHERE = parse_networks(["0.0.0.0/0", "::/0"])

IPV4 = st.ip_addresses(v=4)
IPV6 = st.ip_addresses(v=6)

REFUSED = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "2002:7f00:1::",
    "3fff::1",
    "4000::1",
]
ASKED = ["8.8.8.8", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_public_is_refused(text: str) -> None:
    assert not is_public(parse_address(text))
    assert not may_be_asked(parse_address(text), ())


@pytest.mark.parametrize("text", ASKED)
def test_what_is_public_may_be_asked(text: str) -> None:
    assert may_be_asked(parse_address(text), ())


@given(st.one_of(IPV4, IPV6))
def test_nothing_that_python_knows_as_special_is_public(address: IPv4Address | IPv6Address) -> None:
    plain = parse_address(str(address))
    if is_public(plain):
        assert plain.is_global
        assert not plain.is_multicast
        assert not plain.is_loopback
        assert not plain.is_link_local


@given(IPV4)
def test_an_address_within_another_is_judged_as_itself(address: IPv4Address) -> None:
    for written in (
        f"::ffff:{address}",
        str(ip_address(int(ip_address("64:ff9b::")) + int(address))),
    ):
        assert parse_address(written) == address
        assert is_public(parse_address(written)) == is_public(address)


@given(st.sampled_from(NEVER), st.integers(min_value=0))
def test_some_can_be_allowed_by_nobody(network: object, number: int) -> None:
    among = ip_network(str(network))
    address = among[number % min(among.num_addresses, 2**32)]
    assert not may_be_asked(address, EVERYWHERE)


@given(st.ip_addresses(network="10.0.0.0/8"))
def test_an_allowed_network_may_be_asked_and_its_neighbours_not(address: IPv4Address) -> None:
    allowed = parse_networks(["10.1.0.0/16"])
    assert may_be_asked(address, allowed) == (address in ip_network("10.1.0.0/16"))
