"""A look-up that can't work is refused when it is saved, with what is wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kernel import commands as cmd
from frontdesk.kernel import events as ev
from frontdesk.kernel.flows.look_up_checks import check_look_up
from frontdesk.kernel.flows.resources import (
    HttpMethod,
    HttpSource,
    KnowledgeSource,
    LookUp,
    SqlSource,
)
from frontdesk.kernel.refusals import RefusalReason
from tests.kernel.scene import Scene

URL = "https://shop.example/orders/{order}"
ORDER = LookUp(
    look_up_id="order",
    name="Order",
    parameters=("order",),
    source=HttpSource(url=URL, headers={"X-Order": "{order}"}, secret="shop", result={"a": "$.a"}),
)
GOOD = [
    ORDER,
    LookUp(look_up_id="k", name="K", parameters=("question",), source=KnowledgeSource()),
    LookUp(look_up_id="s", name="S", source=SqlSource(query=" select 1", secret="db")),
]


def http(**more: object) -> LookUp:
    return LookUp(
        look_up_id="x", name="X", parameters=("order",), source=HttpSource(**{"url": URL, **more})
    )


def sql(query: str, secret: str = "db") -> LookUp:
    return LookUp(look_up_id="x", name="X", source=SqlSource(query=query, secret=secret))


BAD = [
    (http(url="shop.example"), "begins with"),
    (http(url="ftp://shop.example"), "begins with"),
    (http(url="https://"), "begins with"),
    (http(url="https://{order}/"), "part of the host"),
    (http(url="https://{order}.shop.example/"), "part of the host"),
    (http(url="https://shop.example:{order}/"), "part of the host"),
    (http(url="https://ann:pw@shop.example/"), "name and a password"),
    (http(url="https://shop.example:0/"), "host and port"),
    (http(url="https://shop.example:70000/"), "host and port"),
    (http(url="https://shop.example\\@evil.example/"), "name and a password"),
    (http(url="https://shop.example/#x"), "behind #"),
    (http(url="https://shop.example/a b"), "no spaces"),
    (http(url="https://shop.example/\r\n"), "no spaces"),
    (http(url="https://shop.example/" + "x" * 2_000), "characters"),
    (http(url="https://shop.example/{customer}"), "{customer} is not among"),
    (http(headers={"X A": "1"}), "'X A'"),
    (http(headers={"Host": "1"}), "'Host'"),
    (http(headers={"X": "a\nb"}), "one line"),
    (http(secret_prefix="a\nb"), "one line"),
    (http(secret_header="a:b"), "'a:b'"),
    (http(secret="../x"), "no name of a secret"),
    (http(body="{}"), "GET has no body"),
    (http(method=HttpMethod.POST, body="{"), "isn't JSON"),
    (http(method=HttpMethod.POST, body='{"a": {b}}'), "{b} is not among"),
    (http(retries=9), "5 times"),
    (sql("DELETE FROM orders"), "begins with SELECT"),
    (sql("COPY orders TO PROGRAM 'x'"), "begins with SELECT"),
    (sql(""), "characters"),
    (sql("SELECT 1", ""), "secret"),
    (LookUp(look_up_id="x", name="X", source=KnowledgeSource(score_min=2)), "score"),
    (LookUp(look_up_id="x", name="X", source=KnowledgeSource(), time_ms_max=0), "time"),
    (LookUp(look_up_id="x", name="X", source=KnowledgeSource(), parameters=("A",)), "'A'"),
    (LookUp(look_up_id="x", name="X", source=KnowledgeSource(), parameters=("a", "a")), "once"),
]


@pytest.mark.parametrize("look_up", GOOD)
def test_a_sound_one_is_saved(look_up: LookUp) -> None:
    assert Scene().does(cmd.SaveSetting(look_up)) == [ev.SettingSaved(look_up)]


@pytest.mark.parametrize(("look_up", "said"), BAD)
def test_a_faulty_one_is_refused(look_up: LookUp, said: str) -> None:
    refused = Scene().refusal(cmd.SaveSetting(look_up))
    assert refused.reason is RefusalReason.INVALID
    assert said in refused.detail
    assert refused.subject == "look_up x"


def test_a_body_may_have_parameters_as_values_and_within_quotes() -> None:
    body = '{"order": {order}, "note": "Order {order}", "list": [{order}]}'
    assert check_look_up(http(method=HttpMethod.POST, body=body)) is None


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_written_is_judged(url: str, body: str, header: str) -> None:
    check_look_up(http(url=url, method=HttpMethod.POST, body=body, headers={header: body}))
