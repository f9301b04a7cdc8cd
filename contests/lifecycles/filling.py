"""What a person filled in for a move: read as typed, kept as JSON scalars, given to the engine as values."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from unicodedata import normalize

from contests.forms.text import checked, clean_line
from contests.lifecycles.parts import Move, MoveField
from models.errors import Invalid, Refused

LONGEST = 300
HUNDRED = Decimal(100)
Value = TypeVar("Value")


def read(move: Move, typed: Mapping[str, str], document: str) -> dict[str, object]:
    """Field code → int, Decimal, date or text, without the fields left empty.

    Invalid names the field; Refused, with the clause, where a value is outside bounds that the document sets.
    """
    values = {field.code: _read(field, typed.get(field.code, ""), document) for field in move.fields}
    return {code: value for code, value in values.items() if value is not None}


def stored(values: Mapping[str, object]) -> dict[str, object]:
    """The values as JSON scalars."""
    return {code: value if isinstance(value, int) else str(value) for code, value in values.items()}


def revived(move: Move, filled: Mapping[str, object]) -> dict[str, object]:
    """The values again as they were before `stored`."""
    return {code: _revive(move.field(code), value) for code, value in filled.items()}


def _revive(field: MoveField, value: object) -> object:
    if field.kind == "score":
        return Decimal(str(value))
    return dt.date.fromisoformat(str(value)) if field.kind == "day" else value


def _read(field: MoveField, typed: str, document: str) -> object | None:
    text = clean_line(normalize("NFKC", typed) if field.kind in ("whole", "score", "day") else typed)
    if not text:
        if field.required:
            raise Invalid(f"写上{field.name}", field=field.code)
        return None
    return _bounded(field, READERS[field.kind](field, text), document)


def _bounded(field: MoveField, value: object, document: str) -> object:
    if isinstance(value, int | Decimal):
        for bound, wrong, word in ((field.least, field.least is not None and value < field.least, "不少于"),
                                   (field.most, field.most is not None and value > field.most, "不超过")):
            if wrong:
                _refuse(field, f"{field.name}要{word} {bound}，现在是 {value}", document)
    return value


def _refuse(field: MoveField, message: str, document: str) -> None:
    if field.clause is None:
        raise Invalid(message, field=field.code)
    raise Refused(message, field=field.code, clause=f"{document} {field.clause.article}：“{field.clause.text}”")


def _text(field: MoveField, text: str) -> str:
    return checked(text, field.code, field.name, LONGEST)


def _whole(field: MoveField, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise Invalid(f"{field.name}写整数", field=field.code)
    return int(text)


def _score(field: MoveField, text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not (value.is_finite() and 0 <= value <= HUNDRED and value == round(value, 2)):
        raise Invalid(f"{field.name}写 0 到 100，最多两位小数", field=field.code)
    return value


def _day(field: MoveField, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{field.name}写年月日", field=field.code) from None


def _choice(field: MoveField, text: str) -> str:
    if text not in field.options:
        raise Invalid(f"{field.name}在{'、'.join(field.options)}里选一样", field=field.code)
    return text


READERS = {"text": _text, "whole": _whole, "score": _score, "day": _day, "choice": _choice}
