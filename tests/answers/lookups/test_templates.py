"""Parameters in addresses, headers and bodies: nothing gets out of its place."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from frontdesk.answers.lookups.templates import fill_header, fill_json, fill_url
from frontdesk.runtime.look_ups import MissingParameter, UnfitParameter

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


@given(TEXTS, TEXTS)
def test_a_parameter_stays_in_its_segment_and_its_pair(order: str, note: str) -> None:
    assume(order not in (".", ".."))
    url = fill_url(
        "https://shop.example/orders/{order}/state?note={note}&last=1",
        {"order": order, "note": note},
    )
    parts = urlsplit(url)
    assert parts.netloc == "shop.example"
    _, folder, segment, last = parts.path.split("/")
    assert (folder, unquote(segment), last) == ("orders", order, "state")
    assert parse_qsl(parts.query, keep_blank_values=True) == [("note", note), ("last", "1")]
    assert not parts.fragment


@pytest.mark.parametrize("dots", [".", ".."])
def test_a_parameter_can_not_lead_out_of_its_folder(dots: str) -> None:
    with pytest.raises(UnfitParameter):
        fill_url("https://shop.example/orders/{order}", {"order": dots})


def test_a_segment_can_not_be_empty_but_a_query_can() -> None:
    with pytest.raises(MissingParameter, match="order"):
        fill_url("https://shop.example/orders/{order}", {"order": ""})
    with pytest.raises(MissingParameter):
        fill_url("https://shop.example/orders/{order}", {"order": None})
    with pytest.raises(MissingParameter):
        fill_url("https://shop.example/orders?id={order}", {})
    assert fill_url("https://shop.example/?q={q}", {"q": ""}).endswith("?q=")


def test_numbers_are_written_as_people_do() -> None:
    given_values = {"a": 12.0, "b": 1.5, "c": True, "d": 7}
    assert fill_url("http://h/{a}/{b}/{c}/{d}", given_values) == "http://h/12/1.5/true/7"


@pytest.mark.parametrize("value", [["x"], {"x": 1}, float("nan"), "x" * 2_001])
def test_what_is_no_short_text_does_not_go_into_an_address(value: object) -> None:
    with pytest.raises(UnfitParameter):
        fill_url("http://h/{a}", {"a": value})


@pytest.mark.parametrize("text", ["a\r\nX-Evil: 1", "a\nb", "\x00", "\x7f"])
def test_a_header_stays_one_line(text: str) -> None:
    with pytest.raises(UnfitParameter):
        fill_header("Order {order}", {"order": text})


@given(JSON, TEXTS)
def test_a_body_holds_what_was_given(value: object, text: str) -> None:
    body = fill_json(
        r'{"plain": {value}, "said \" {text}": "«{text}»", "last": [{value}, "\\"]}',
        {"value": value, "text": text},
    )
    decoded = json.loads(body)
    assert decoded["plain"] == value
    assert decoded[f'said " {text}'] == f"«{text}»"
    assert decoded["last"] == [value, "\\"]
