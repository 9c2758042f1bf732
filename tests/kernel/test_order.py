"""The ordered set of those who wait, against a sorted list."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.kernel.order import OrderedKeys, WaitKey

KEYS = st.tuples(st.integers(-2, 2), st.integers(0, 50), st.integers(1, 200))


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.kernel.order.BLOCK_KEYS_MAX", 4)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.booleans(), KEYS)))
def test_it_is_a_sorted_list(steps: list[tuple[bool, WaitKey]]) -> None:
    kept = OrderedKeys()
    plain: list[WaitKey] = []
    for adds, key in steps:
        if adds and key not in plain:
            kept.add(key)
            plain.append(key)
        elif key in plain:
            kept.remove(key)
            plain.remove(key)
        plain.sort()
        assert list(kept) == plain
        assert (len(kept), bool(kept)) == (len(plain), bool(plain))
        if plain:
            assert kept.first() == plain[0]
        assert kept.rank(key) == sum(other < key for other in plain)
        assert kept.after(key) == min((k for k in plain if k > key), default=None)
