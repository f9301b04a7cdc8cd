"""Leaves: the bytes they are made of, and what they hide."""

import datetime as dt
import hashlib
import uuid
from decimal import Decimal

import pytest

from ledger.canonical import dumps, loads
from ledger.entry import TYPE_NAMES, Reference, check_opening, format_time, parse_leaf, parse_openings
from ledger.faults import Contradicted, Malformed
from ledger.leaf import build, canonical_value
from ledger.merkle import leaf_hash

EVENT = uuid.UUID("12345678-1234-5678-9234-567812345678")
AT = dt.datetime(2026, 11, 22, 4, 5, 6, 789, tzinfo=dt.UTC)
ORIGIN = "jiebang.test/jiebang/2026"
SPECIFIED = set("""contract.confirmed collab.verified collab.corrected collab.withdrawn registration.submitted
    review.scored notice.published objection.filed objection.decided award.granted award.revoked dossier.closed
    personal.erased key.rotated log.recovered""".split())


def leaf(fields=None, references=(), event_type="contract.confirmed"):
    return build(ORIGIN, event_type, EVENT, AT, references, fields or {})


def test_the_bytes_of_a_leaf():
    made = leaf(references=[Reference(0, b"\xab" * 32)])
    assert made.body.decode() == (
        '{"at":"2026-11-22T04:05:06Z","c":{},"id":"12345678-1234-5678-9234-567812345678",'
        '"log":"jiebang.test/jiebang/2026","ref":[{"hash":"' + "ab" * 32 + '","index":0}],'
        '"type":"contract.confirmed","v":1}')
    assert made.hash == hashlib.sha256(b"\x00" + made.body).digest() == leaf_hash(made.body)


def test_a_commitment_is_the_hash_of_domain_name_salt_and_value():
    made = leaf({"person": "甲"})
    opening = made.openings[0]
    expected = hashlib.sha256(b"jiebang/commit/v1\nperson\n" + opening.salt + '"甲"'.encode()).hexdigest()
    assert parse_leaf(made.body).commitments == {"person": expected}


def test_no_value_stands_clear_and_no_salt_is_used_twice():
    first, second = leaf({"person": "张三丰", "title": "张三丰"}), leaf({"person": "张三丰"})
    assert "张三丰" not in first.body.decode()
    assert len({one.salt for one in (*first.openings, *second.openings)}) == 3
    assert all(len(one.salt) == 32 for one in first.openings)


@pytest.mark.parametrize(("value", "text"), [
    (Decimal("12.34"), "1234"),
    (Decimal("1E+3"), "100000"),
    ("e\u0301", '"é"'),
    ({"e\u0301": ["e\u0301"]}, '{"é":["é"]}'),
    (("a", None, True, -1), '["a",null,true,-1]'),
    (dt.datetime(2026, 1, 2, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=8))), '"2026-01-02T00:00:00Z"'),
    (dt.date(2026, 1, 2), '"2026-01-02"'),
    (EVENT, f'"{EVENT}"'),
])
def test_values_are_made_canonical(value, text):
    assert canonical_value(value).decode() == text


@pytest.mark.parametrize("value", [
    1.5, float("nan"), Decimal("0.001"), Decimal("NaN"), Decimal("Infinity"), 2**53, object(), b"bytes", "\ud800",
    dt.datetime(2026, 1, 1),  # noqa: DTZ001 the naive time is the case
    {1: "a"}, {"e\u0301": 1, "é": 2}, {"deep": [1.5]},
])
def test_a_value_without_a_canonical_form_is_refused(value):
    with pytest.raises(ValueError, match=".+"):
        canonical_value(value)


@pytest.mark.parametrize("name", ["Person", "", "a b", "姓名", "a-b"])
def test_a_bad_field_name_is_refused(name):
    with pytest.raises(ValueError, match="field name"):
        leaf({name: 1})


def test_an_unknown_type_is_refused():
    with pytest.raises(ValueError, match="unknown ledger event"):
        leaf(event_type="contract.imagined")


def test_every_type_of_the_specification_can_be_recorded():
    assert set(TYPE_NAMES) >= SPECIFIED
    assert {parse_leaf(leaf(event_type=name).body).type for name in TYPE_NAMES} == set(TYPE_NAMES)


def test_a_leaf_reads_back_as_it_was_written():
    made = parse_leaf(leaf({"amount": 1}, [Reference(4, b"\x01" * 32)]).body)
    assert (made.origin, made.event_id, made.type, made.at) == (
        ORIGIN, EVENT, "contract.confirmed", AT.replace(microsecond=0))
    assert made.references == (Reference(4, b"\x01" * 32),)


def test_a_time_without_a_zone_is_not_recorded():
    with pytest.raises(ValueError, match="zone"):
        format_time(dt.datetime(2026, 1, 1))  # noqa: DTZ001 the naive time is the case


@pytest.mark.parametrize(("old", "new"), [
    ('"v":1', '"v":2'), ('"v":1', '"v":true'), ('"v":1', '"v":1,"w":1'),
    ('"log":"jiebang.test/jiebang/2026"', '"log":7'),
    ("contract.confirmed", "contract"), ('"type":"contract.confirmed"', '"type":1'),
    ('"c":{', '"c":[],"d":{'), ('"c":{"a":"', '"c":{"A":"'), ('"c":{"a":"', '"c":{"a":"f'),
    ("12345678-1234", "12345678-zzzz"),
    ('"12345678-1234-5678-9234-567812345678"', '"12345678123456789234567812345678"'),
    ('"2026-11-22T04:05:06Z"', '"2026-11-31T04:05:06Z"'), ('"2026-11-22T04:05:06Z"', '"2026-11-22T4:05:06Z"'),
    ('"at":"2026-11-22T04:05:06Z"', '"at":null'), ('06Z"', '06"'), ('06Z"', '06+00:00"'), ('06Z"', '06+08:00"'),
    ('"ref":[', '"ref":{"x":'), ('"index":4', '"index":-4'), ('"index":4', '"index":true'),
    ('"index":4', '"index":4,"more":1'), ('"hash":"01', '"hash":"0x'), ("[{", "[1,{"),
])
def test_a_leaf_of_any_other_shape_is_refused(old, new):
    body = leaf({"a": 1}, [Reference(4, b"\x01" * 32)]).body.decode()
    assert old in body
    with pytest.raises(Malformed):
        parse_leaf(body.replace(old, new, 1).encode())


@pytest.mark.parametrize(("part", "wrong"), [("ref", {}), ("ref", None), ("c", []), ("c", "a")])
def test_a_leaf_with_another_kind_of_part_is_refused(part, wrong):
    whole = loads(leaf({"a": 1}).body)
    with pytest.raises(Malformed):
        parse_leaf(dumps(whole | {part: wrong}))


def test_a_leaf_may_cite_the_first():
    assert parse_leaf(leaf(references=[Reference(0, b"\x01" * 32)]).body).references[0].index == 0


@pytest.mark.parametrize("body", [b"[]", b"1", b'{"v":1}'])
def test_what_is_no_leaf_at_all_is_refused(body):
    with pytest.raises(Malformed, match="条目的字段有误"):
        parse_leaf(body)


def test_an_opening_of_another_value_is_contradicted():
    made = leaf({"amount": 100})
    known, salt = parse_leaf(made.body), made.openings[0].salt
    check_opening(known, "amount", salt, 100)
    for field, spoilt_salt, value in (("amount", salt, 101), ("amount", b"s" * 32, 100), ("other", salt, 100)):
        with pytest.raises(Contradicted, match="不符"):
            check_opening(known, field, spoilt_salt, value)


SALT = b'"salt":"' + b"0" * 64 + b'"'


def test_an_opening_file_is_read():
    assert parse_openings(b'{"a":{' + SALT + b',"value":1}}') == {"a": (bytes(32), 1)}


@pytest.mark.parametrize("data", [
    b"[]", b'{"a":1}', b'{"a":{"salt":"00","value":1}}', b'{"a":{' + SALT + b"}}",
    b'{"a":{"more":1,' + SALT + b',"value":1}}'])
def test_a_malformed_opening_file_is_refused(data):
    with pytest.raises(Malformed, match="披露文件"):
        parse_openings(data)
