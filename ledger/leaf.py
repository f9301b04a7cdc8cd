"""Writing a leaf: values made canonical and hidden behind salted commitments, the rest in RFC 8785 JSON."""

import dataclasses
import datetime as dt
import secrets
import typing
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal

import rfc8785

from ledger.entry import FIELD_NAME, TYPE_NAMES, VERSION, LeafBody, Reference, commitment, format_time
from ledger.merkle import leaf_hash


class Opening(typing.NamedTuple):
    field: str
    salt: bytes
    value: bytes
    """Canonical JSON."""


class Leaf(typing.NamedTuple):
    body: bytes
    hash: bytes
    openings: tuple[Opening, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A recorded leaf with everything it hides."""

    index: int
    body: bytes
    hash: bytes
    leaf: LeafBody
    openings: dict[str, Opening]


def build(origin: str, event_type: str, event_id: uuid.UUID, at: dt.datetime, references: Sequence[Reference],
          fields: Mapping[str, object]) -> Leaf:
    """A leaf of version 1. Every value of `fields` is committed under its own fresh salt, never written clear.

    Raises ValueError for an unknown type, a bad field name or a value that has no canonical form.
    """
    if event_type not in TYPE_NAMES:
        raise ValueError(f"unknown ledger event type {event_type!r}")
    openings = tuple(_seal(name, value) for name, value in sorted(fields.items()))
    body = rfc8785.dumps({
        "v": VERSION, "log": origin, "id": str(event_id), "type": event_type, "at": format_time(at),
        "ref": [{"index": ref.index, "hash": ref.hash.hex()} for ref in references],
        "c": {one.field: commitment(*one) for one in openings},
    })
    return Leaf(body, leaf_hash(body), openings)


def _seal(name: str, value: object) -> Opening:
    if not FIELD_NAME.fullmatch(name):
        raise ValueError(f"ledger field name {name!r} is not of [a-z0-9_.]+")
    return Opening(name, secrets.token_bytes(32), canonical_value(value))


def canonical_value(value: object) -> bytes:
    """RFC 8785 JSON of a value: strings NFC, money (Decimal 元) as integer 分, times UTC seconds, no floats."""
    return rfc8785.dumps(_plain(value))


def _plain(value: object) -> typing.Any:
    match value:
        case None | bool() | int():
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case Decimal():
            return _fen(value)
        case dt.datetime():
            return format_time(value)
        case dt.date():
            return value.isoformat()
        case uuid.UUID():
            return str(value)
        case Mapping():
            return _plain_object(value)
        case list() | tuple():
            return [_plain(item) for item in value]
    raise ValueError(f"{type(value).__name__} has no canonical form in the ledger")


def _fen(yuan: Decimal) -> int:
    fen = yuan * 100
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise ValueError(f"{yuan} 元 is not a whole number of 分")
    return int(fen)


def _plain_object(value: Mapping) -> dict[str, object]:
    if not all(isinstance(key, str) for key in value):
        raise ValueError("keys in the ledger are strings")
    plain = {unicodedata.normalize("NFC", key): _plain(item) for key, item in value.items()}
    if len(plain) != len(value):
        raise ValueError("two keys are the same after Unicode normalisation")
    return plain
