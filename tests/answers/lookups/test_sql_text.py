"""Named parameters of a query, told from all else that has a colon."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.answers.lookups.sql_text import number_parameters

QUERIES = [
    ("SELECT :a, :b, :a", "SELECT $1, $2, $1", ("a", "b")),
    ("SELECT :a::int, b::text, x::a", "SELECT $1::int, b::text, x::a", ("a",)),
    ("SELECT ':a', :b", "SELECT ':a', $1", ("b",)),
    ("SELECT 'it''s :a', :b", "SELECT 'it''s :a', $1", ("b",)),
    (r"SELECT '\', :a, '\'", r"SELECT '\', $1, '\'", ("a",)),
    (r"SELECT E'\':a', :b", r"SELECT E'\':a', $1", ("b",)),
    (r"SELECT e'\\', :b", r"SELECT e'\\', $1", ("b",)),
    (r"SELECT date'\', :b", r"SELECT date'\', $1", ("b",)),
    ('SELECT ":a", "x"":a", :b', 'SELECT ":a", "x"":a", $1', ("b",)),
    ("SELECT 1 -- :a\n, :b", "SELECT 1 -- :a\n, $1", ("b",)),
    ("SELECT /* :a /* :b */ :c */ :d", "SELECT /* :a /* :b */ :c */ $1", ("d",)),
    ("SELECT $$ :a $$, $x$ $$ :b $x$, :c", "SELECT $$ :a $$, $x$ $$ :b $x$, $1", ("c",)),
    ("SELECT a$b$:c", "SELECT a$b$$1", ("c",)),
    ("SELECT f(x := :a)", "SELECT f(x := $1)", ("a",)),
    ("SELECT x[1:2], x[:a]", "SELECT x[1:2], x[$1]", ("a",)),
    ("SELECT ':a", "SELECT ':a", ()),
    ("SELECT /* :a", "SELECT /* :a", ()),
    ("SELECT $q$ :a", "SELECT $q$ :a", ()),
]


@pytest.mark.parametrize(("query", "numbered", "names"), QUERIES)
def test_what_is_a_parameter_and_what_is_not(
    query: str, numbered: str, names: tuple[str, ...]
) -> None:
    assert number_parameters(query) == (numbered, names)


PLAIN = st.text("abc $%&*(),.;=+-/_\n", max_size=8).filter(
    lambda text: "--" not in text and "/*" not in text and "$" not in text
)
INSIDE = st.text("ab:c \n", max_size=8)
SAFE = st.one_of(
    INSIDE.map(lambda text: f" '{text}' "),
    INSIDE.map(lambda text: f' "{text}" '),
    INSIDE.map(lambda text: f" $t${text}$t$ "),
    INSIDE.map(lambda text: f" /*{text}*/ "),
    INSIDE.map(lambda text: " --" + text.replace("\n", "") + "\n "),
    st.just(" x::a "),
)
NAMES = st.sampled_from(["a", "b", "order_id"])


@given(
    st.lists(
        st.one_of(
            PLAIN.map(lambda t: (t, None)),
            SAFE.map(lambda t: (t, None)),
            NAMES.map(lambda n: (f" :{n} ", n)),
        ),
        max_size=12,
    )
)
def test_a_query_is_its_pieces(pieces: list[tuple[str, str | None]]) -> None:
    names = list(dict.fromkeys(name for _, name in pieces if name is not None))
    wanted = "".join(
        text if name is None else f" ${names.index(name) + 1} " for text, name in pieces
    )
    joined = "".join(text for text, _ in pieces)
    assert number_parameters(joined) == (wanted, tuple(names))


@given(st.text(max_size=60))
def test_whatever_stands_there_is_kept(query: str) -> None:
    numbered, names = number_parameters(query)
    for number, name in reversed(list(enumerate(names, start=1))):
        numbered = numbered.replace(f"${number}", f":{name}")
    if "$" not in query:
        assert numbered == query
