"""Look-ups over HTTP, before a real server on this machine."""

from __future__ import annotations

import asyncio
import json
import ssl

import pytest

from frontdesk.answers.lookups.http_source import BODY_BYTES_MAX, REDIRECTS_MAX, HttpAsker
from frontdesk.answers.lookups.results import RESULT_BYTES_MAX
from frontdesk.kernel.flows.document import Value
from frontdesk.kernel.flows.resources import HttpMethod, HttpSource
from frontdesk.runtime.look_ups import (
    AddressRefused,
    BadStatus,
    Misdescribed,
    NotReachable,
    NotReadable,
)
from tests.answers.lookups.conftest import TLS, Names
from tests.support.outside_server import OutsideServer, Reply, outside_server


def source(system: OutsideServer, path: str = "/", **more: object) -> HttpSource:
    given: dict[str, object] = {"url": f"http://shop.example:{system.port}{path}", "retries": 0}
    return HttpSource(**{**given, **more})


async def ask(
    asker: HttpAsker,
    asked: HttpSource,
    parameters: dict[str, Value] | None = None,
    secret: str | None = None,
) -> dict[str, Value]:
    return await asker.ask(asked, parameters or {}, secret, private=True)


async def test_results_come_by_path_and_by_expression(
    asker: HttpAsker, system: OutsideServer
) -> None:
    system.replies = [Reply(body=b'{"order":{"state":"sent","items":[{"n":2},{"n":3}]}}')]
    asked = source(
        system,
        "/orders/{number}?full={full}",
        result={
            "state": "$.order.state",
            "counts": "$.order.items[*].n",
            "nothing": "$.order.agent",
            "sent": 'body.order.state == "sent" && status == 200',
        },
    )
    results = await ask(asker, asked, {"number": "A 1/2", "full": True})
    assert results == {"state": "sent", "counts": [2, 3], "nothing": None, "sent": True}
    got = system.got[0]
    assert got.line == "GET /orders/A%201%2F2?full=true HTTP/1.1"
    assert got.headers["host"] == f"shop.example:{system.port}"
    assert got.headers["accept"] == "application/json"
    assert "authorization" not in got.headers


async def test_a_post_carries_its_body_and_the_secret(
    asker: HttpAsker, system: OutsideServer
) -> None:
    asked = source(
        system,
        method=HttpMethod.POST,
        body='{"order": {order}, "note": "for {who}"}',
        headers={"X-Who": "{who}"},
        secret="token",
    )
    results = await ask(asker, asked, {"order": 7, "who": 'Ann "A"'}, "s3cret")
    got = system.got[0]
    assert json.loads(got.body) == {"order": 7, "note": 'for Ann "A"'}
    assert got.headers["authorization"] == "Bearer s3cret"
    assert got.headers["x-who"] == 'Ann "A"'
    assert got.headers["content-type"] == "application/json"
    assert results == {"body": {}, "status": 200}


async def test_that_there_is_nothing_is_an_answer(asker: HttpAsker, system: OutsideServer) -> None:
    system.replies = [Reply(404, b"<h1>Not found</h1>")]
    asked = source(
        system, result={"found": "status == 200", "state": "body.order.state", "total": "$.total"}
    )
    assert await ask(asker, asked) == {"found": False, "state": None, "total": None}


@pytest.mark.parametrize(
    ("status", "retryable"), [(400, False), (401, False), (403, False), (429, True), (503, True)]
)
async def test_any_other_status_is_a_failure(
    asker: HttpAsker, system: OutsideServer, status: int, retryable: bool
) -> None:
    system.replies = [Reply(status)]
    with pytest.raises(BadStatus) as failed:
        await ask(asker, source(system))
    assert (failed.value.status, failed.value.retryable) == (status, retryable)


async def test_what_may_pass_is_asked_again(asker: HttpAsker, system: OutsideServer) -> None:
    system.replies = [Reply(503), Reply(drop=True), Reply(body=b"1")]
    assert await ask(asker, source(system, retries=2)) == {"body": 1, "status": 200}
    assert len(system.got) == 3


async def test_what_will_not_pass_is_not(asker: HttpAsker, system: OutsideServer) -> None:
    system.replies = [Reply(400)]
    with pytest.raises(BadStatus):
        await ask(asker, source(system, retries=3))
    assert len(system.got) == 1


@pytest.mark.parametrize("reply", [Reply(503), Reply(drop=True)])
async def test_a_post_that_may_have_arrived_is_not_sent_again(
    asker: HttpAsker, system: OutsideServer, reply: Reply
) -> None:
    system.replies = [reply]
    with pytest.raises((BadStatus, NotReachable)):
        await ask(asker, source(system, method=HttpMethod.POST, retries=3))
    assert len(system.got) == 1


async def test_a_post_that_can_not_have_arrived_is(
    asker: HttpAsker, names: Names, free_port: int
) -> None:
    asked = HttpSource(url=f"http://shop.example:{free_port}/", method=HttpMethod.POST, retries=1)
    with pytest.raises(NotReachable) as failed:
        await ask(asker, asked)
    assert not failed.value.sent
    assert len(names.asked) == 2


async def test_an_answer_that_does_not_end_is_cut_off(
    asker: HttpAsker, system: OutsideServer
) -> None:
    system.replies = [Reply(endless=True), Reply(body=b'"' + b"x" * BODY_BYTES_MAX + b'"')]
    for _ in range(2):
        with pytest.raises(NotReadable, match="longer than 256 KiB"):
            await ask(asker, source(system))


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"[" * 100_000, b'"\xff"'])
async def test_what_is_no_json_is_not_read(
    asker: HttpAsker, system: OutsideServer, body: bytes
) -> None:
    system.replies = [Reply(body=body)]
    with pytest.raises(NotReadable):
        await ask(asker, source(system))


@pytest.mark.parametrize(
    ("expression", "error"),
    [
        ("$.order[", Misdescribed),
        ("$..a..b", Misdescribed),
        ("body.", Misdescribed),
        ("body.a.map(x, body.a.map(y, x))", Misdescribed),
        ("x" * 501, Misdescribed),
        ("body.order.state", NotReadable),
        ("b'x'", NotReadable),
        ("1 / 0", NotReadable),
    ],
)
async def test_a_wrong_expression_is_named(
    asker: HttpAsker, system: OutsideServer, expression: str, error: type[Exception]
) -> None:
    system.replies = [Reply(body=b'{"a": [1]}')]
    with pytest.raises(error):
        await ask(asker, source(system, result={"x": expression}))


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(["x" * 1_000] * (RESULT_BYTES_MAX // 1_000 + 1)),
        json.dumps("x" * 9_000),
        "[" * 10 + "]" * 10,
    ],
)
async def test_results_are_of_bounded_size(
    asker: HttpAsker, system: OutsideServer, body: str
) -> None:
    system.replies = [Reply(body=body.encode())]
    with pytest.raises(NotReadable):
        await ask(asker, source(system, result={"all": "$"}))


async def test_a_connection_serves_the_next_question(
    asker: HttpAsker, system: OutsideServer
) -> None:
    for _ in range(3):
        await ask(asker, source(system))
    assert (system.connections, len(system.got)) == (1, 3)


async def test_a_question_called_off_leaves_nothing_behind(
    asker: HttpAsker, system: OutsideServer
) -> None:
    system.replies = [Reply(hang=True), Reply()]
    asking = asyncio.create_task(ask(asker, source(system)))
    await system.hung.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert (await ask(asker, source(system)))["status"] == 200


# -- whom it may ask


async def test_a_private_address_takes_the_look_up_and_the_operator(
    asker: HttpAsker, system: OutsideServer, names: Names
) -> None:
    names.addresses |= {"lan.example": ["10.0.0.1"], "both.example": ["8.8.8.8", "127.0.0.1"]}
    with pytest.raises(AddressRefused, match="look-up is not allowed"):
        await asker.ask(source(system), {}, None, private=False)
    for host in ("lan.example", "both.example"):
        asked = HttpSource(url=f"http://{host}:{system.port}/", retries=3)
        with pytest.raises(AddressRefused):
            await asker.ask(asked, {}, None, private=host == "lan.example")
    assert system.connections == 0


async def test_a_connection_to_a_private_address_is_not_lent(
    asker: HttpAsker, system: OutsideServer
) -> None:
    await ask(asker, source(system))
    with pytest.raises(AddressRefused):
        await asker.ask(source(system), {}, None, private=False)


async def test_the_address_that_was_checked_is_the_one_connected_to(
    asker: HttpAsker, system: OutsideServer, names: Names
) -> None:
    """A name that leads elsewhere when asked again is not asked again."""
    names.addresses["rebound.example"] = ["127.0.0.1"]
    await ask(asker, HttpSource(url=f"http://rebound.example:{system.port}/", retries=0))
    assert names.asked == ["rebound.example"]
    assert system.got[0].headers["host"] == f"rebound.example:{system.port}"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "localhost"],
)
async def test_no_way_of_writing_it_gets_through(system: OutsideServer, host: str) -> None:
    from frontdesk.answers.lookups.network import Gate
    from frontdesk.runtime.clock import SystemClock

    real = HttpAsker(Gate(), SystemClock())
    asked = HttpSource(url=f"http://{host}:{system.port}/", retries=0)
    with pytest.raises((AddressRefused, NotReachable, Misdescribed)):
        await real.ask(asked, {}, None, private=True)
    await real.close()
    assert system.connections == 0


async def test_a_redirect_is_checked_like_the_first_address(
    asker: HttpAsker, system: OutsideServer, names: Names
) -> None:
    names.addresses["inner.example"] = ["169.254.169.254"]
    system.replies = [Reply(302, headers={"Location": "http://inner.example/latest/meta-data"})]
    with pytest.raises(AddressRefused, match=r"inner\.example"):
        await ask(asker, source(system))


async def test_a_secret_does_not_follow_to_another_origin(
    asker: HttpAsker, system: OutsideServer, names: Names
) -> None:
    names.addresses["other.example"] = ["127.0.0.1"]
    here, there = "/here", f"http://other.example:{system.port}/there"
    system.replies = [
        Reply(307, headers={"Location": here}),
        Reply(302, headers={"Location": there}),
        Reply(),
    ]
    await ask(asker, source(system, headers={"X-Key": "k"}, secret="token"), secret="s3cret")
    first, second, third = system.got
    assert (second.target, third.target) == ("/here", "/there")
    assert [got.headers.get("authorization") for got in (first, second, third)] == [
        "Bearer s3cret",
        "Bearer s3cret",
        None,
    ]
    assert "x-key" not in third.headers


async def test_redirects_end_and_a_post_follows_none(
    asker: HttpAsker, system: OutsideServer
) -> None:
    system.replies = [Reply(302, headers={"Location": "/again"})]
    with pytest.raises(BadStatus):
        await ask(asker, source(system))
    assert len(system.got) == REDIRECTS_MAX + 1
    with pytest.raises(BadStatus):
        await ask(asker, source(system, method=HttpMethod.POST))
    assert len(system.got) == REDIRECTS_MAX + 2
    system.replies = [Reply(302, headers={"Location": "file:///etc/passwd"})]
    with pytest.raises(BadStatus):
        await ask(asker, source(system))


# -- TLS


async def test_the_certificate_is_that_of_the_name(asker: HttpAsker, names: Names) -> None:
    names.addresses["other.example"] = ["127.0.0.1"]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS)
    asked_for: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: asked_for.append(name)
    async with outside_server(context) as system:
        right = HttpSource(url=f"https://shop.example:{system.port}/", retries=0)
        assert (await ask(asker, right))["status"] == 200
        wrong = HttpSource(url=f"https://other.example:{system.port}/", retries=0)
        with pytest.raises(NotReachable, match="certificate"):
            await ask(asker, wrong)
        by_address = HttpSource(url=f"https://127.0.0.1:{system.port}/", retries=0)
        with pytest.raises(NotReachable):
            await ask(asker, by_address)
    assert asked_for[0] == "shop.example"
