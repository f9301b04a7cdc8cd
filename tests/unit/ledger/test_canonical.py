"""Canonical JSON: both writers agree, and only the canonical spelling is read."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import dumps, loads
from ledger.faults import Malformed

TEXT = st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12)


@given(VALUES)
def test_reading_gives_back_what_the_library_wrote(value):
    assert loads(rfc8785.dumps(value)) == value


@given(VALUES)
def test_both_writers_write_the_same_bytes(value):
    assert dumps(value) == rfc8785.dumps(value)


def test_keys_sort_by_utf16_code_unit_as_rfc_8785_shows():
    """RFC 8785 §3.2.3: U+1F600, outside the basic plane, sorts before U+FB33."""
    value = {"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
             "\U0001f600": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}
    assert list(loads(dumps(value))) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_strings_escape_as_rfc_8785_shows():
    """The string of RFC 8785 §3.2.2."""
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f"
    assert dumps(text) == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


@pytest.mark.parametrize("integer", [0, -1, 9007199254740991, -9007199254740991])
def test_integers_of_rfc_8785_appendix_b_keep_their_digits(integer):
    assert loads(str(integer).encode()) == integer
    assert rfc8785.dumps(integer) == str(integer).encode()


@pytest.mark.parametrize(("data", "told"), [
    (b'{"a":1,"a":1}', "重复"),
    (b'{"b":1,"a":2}', "规范写法"),
    (b'{"a": 1}', "规范写法"),
    (b'"\\u0041"', "规范写法"),
    (b"-0", "规范写法"),
    (b"1.0", "小数"),
    (b"1e3", "小数"),
    (b"NaN", "小数"),
    (b"-Infinity", "小数"),
    (b"9007199254740992", "超出范围"),
    (b"9" * 5000, "超出范围"),
    (b"\xff", "不是规范的 JSON"),
    (b"{", "不是规范的 JSON"),
    (b'"\\ud800"', "不是规范的 JSON"),
    (b"[" * 100_000, "不是规范的 JSON"),
    (b"", "不是规范的 JSON"),
])
def test_every_other_spelling_is_refused(data, told):
    with pytest.raises(Malformed, match=told):
        loads(data)
