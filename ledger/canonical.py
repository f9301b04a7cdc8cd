"""Reading RFC 8785 canonical JSON strictly. Leaves hold no floats, so none is accepted.

Writing goes through the `rfc8785` library (ledger/leaf.py); this side stands on the standard library alone, because
it travels inside every dossier, and so the two check each other.
"""

import json
import typing

from ledger.faults import Malformed

SAFE_INTEGER = 2**53 - 1
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dumps(value: object) -> bytes:
    """Canonical bytes of a value that `loads` returned."""
    return ENCODER.encode(_ordered(value)).encode()


def _ordered(value: object) -> object:
    """The value with the keys of every object in order of their UTF-16 code units (RFC 8785 §3.2.3)."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    return value


def loads(data: bytes) -> typing.Any:
    """The value of canonical JSON. Raises Malformed for any other spelling, duplicate keys and floats included."""
    try:
        value = json.loads(data.decode(), object_pairs_hook=_object, parse_int=_integer, parse_float=_no_float,
                           parse_constant=_no_float)
        same = dumps(value) == data
    except Malformed:
        raise
    except (ValueError, RecursionError) as error:
        raise Malformed(f"不是规范的 JSON：{error}") from error
    if not same:
        raise Malformed("JSON 不是 RFC 8785 的规范写法")
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("JSON 里有重复的键")
    return found


def _integer(digits: str) -> int:
    value = int(digits) if len(digits) <= 17 else SAFE_INTEGER + 1
    if abs(value) > SAFE_INTEGER:
        raise Malformed(f"JSON 里的整数超出范围：{digits[:20]}")
    return value


def _no_float(text: str) -> float:
    raise Malformed(f"JSON 里不能有小数：{text[:20]}")
