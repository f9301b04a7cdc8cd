"""Items that people added to a reading, and the form for one more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from ingestion.notices.additions import FIELDS, TOGETHER, identity_of
from ingestion.notices.decisions import BOUNDS, Verdict, shown
from models.notices import ContestNotice
from web.incoming import wording
from web.incoming.rows import quoted, row_id


@dataclass(frozen=True)
class Addition:
    """One added item. `values`: label and words of each field that was said."""

    path: str
    key: str
    values: list[tuple[Any, str]]
    source: Mapping[str, Any] | None
    reason: str

    @property
    def id(self) -> str:
        return row_id(self.path)

    @property
    def quote(self) -> str:
        return quoted(self.source)


@dataclass(frozen=True)
class Field:
    """One box of the form. `options` where only some words fit."""

    id: str
    label: Any
    value: str
    needed: bool
    options: list[tuple[str, Any]]


@dataclass(frozen=True)
class Form:
    key: str
    fields: list[Field]
    quote: str
    start: str
    reason: str


def added(notice: ContestNotice) -> list[Addition]:
    """In the order in which they were added."""
    return [_addition(path, one["key"], one["value"]) for path, one in notice.decisions.items()
            if one["verdict"] == Verdict.added]


def _addition(path: str, key: str, item: dict[str, Any]) -> Addition:
    plain = FIELDS[key] == ("value",)
    fields = {"value": item} if plain else item
    named = fields[identity_of(key)]
    values = [(wording.KEY[key] if plain else wording.FIELD[field], shown(one["value"]))
              for field, one in fields.items() if one["value"] is not None]
    return Addition(path, key, values, named["source"], named.get("reason", ""))


def form_of(notice: ContestNotice) -> Form | None:
    """The form for the list that ?add= names; what a refused one held stays in it."""
    key = request.values.get("add", "")
    if key not in FIELDS or notice.adopted_at:
        return None
    return Form(key, [_field(notice, key, field) for field in FIELDS[key]], request.form.get("quote", ""),
                request.form.get("start", ""), request.form.get("reason", ""))


def _field(notice: ContestNotice, key: str, field: str) -> Field:
    path = f"{key}.added.{field}"
    label = wording.KEY[key] if FIELDS[key] == ("value",) else wording.FIELD[field]
    needed = field in (identity_of(key), *TOGETHER.get(key, ()))
    return Field(row_id(path), label, request.form.get(f"a:{field}", ""), needed, _options(notice, field))


def _options(notice: ContestNotice, field: str) -> list[tuple[str, Any]]:
    if field == "bound":
        return [(words, words) for words in BOUNDS.values()]
    if field == "kind":
        return [(kind, kind) for kind in wording.CONTACT]
    if field == "present":
        return [(words, words) for words in ("有", "没有")]
    if field == "track":
        names = [str(one["name"]["value"]) for one in notice.reading["tracks"] if one["name"]["value"]]
        names += [str(one["value"]["name"]["value"]) for one in notice.decisions.values() if one.get("key") == "tracks"]
        return [(name, name) for name in dict.fromkeys(names)]
    return []
