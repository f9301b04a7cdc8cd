"""An item that the reader missed and a person adds: its values, and the words it stands in, or why there are none."""

import re
from collections.abc import Mapping
from typing import Any

from ingestion.notices.decisions import typed
from models.errors import Invalid

FIELDS: dict[str, tuple[str, ...]] = {
    "issuers": ("value",), "addressees": ("value",), "tracks": ("name", "entrants", "code"),
    "phases": ("name", "starts_on", "ends_on"), "eligibility": ("value",), "indicators": ("name", "weight", "track"),
    "materials": ("name", "track"), "quotas": ("name", "bound", "number", "unit", "per"),
    "awards": ("name", "places", "amount_min", "amount_max", "track"), "deadlines": ("name", "on", "within"),
    "annexes": ("name", "present"), "contacts": ("kind", "value")}
"""What an item of each list holds; the first is what it goes by, of a contact the second."""
TOGETHER = {"quotas": ("bound", "number", "unit"), "contacts": ("kind",)}
"""Fields that are needed beside the name."""
LEAST_REASON, LONGEST, MOST_ADDED = 4, 300, 200


def item_of(text: str, key: str, said: Mapping[str, str], quote: str, start: int | None, reason: str) -> dict[str, Any]:
    """The item as a reading holds it. `quote`: its words in the notice's text, `start` where they stand.

    Invalid, by field: a value that does not fit, a name that is missing, words that the text does not have or has more
    than once, neither words nor a reason.
    """
    values = {field: typed(f"{key}.added.{field}", said[field]) if said.get(field, "").strip() else None
              for field in FIELDS[key]}
    for field in (identity_of(key), *TOGETHER.get(key, ())):
        if values[field] is None:
            raise Invalid("这一栏要写", field=f"{key}.added.{field}")
    _ordered(key, values)
    source = source_of(text, quote, start) if quote.strip() else None
    if source is None and len(reason.strip()) < LEAST_REASON:
        raise Invalid("选中原文里写它的那句话；原文没有的，写明依据", field="quote")
    told = {} if source else {"reason": reason.strip()[:LONGEST]}
    cited = {field: {"value": value, "source": source if value is not None else None} | told
             for field, value in values.items()}
    return cited["value"] if FIELDS[key] == ("value",) else cited


def identity_of(key: str) -> str:
    return "value" if "value" in FIELDS[key] else "name"


def source_of(text: str, quote: str, start: int | None) -> dict[str, Any]:
    """Where the quoted words stand: at `start`, else at the one place that has them, blanks and line ends aside."""
    if start is not None and text[start:start + len(quote)] == quote:
        return _span(text, start, start + len(quote))
    words = re.sub(r"\s+", "", quote)
    found = list(re.finditer(r"\s*".join(map(re.escape, words[:LONGEST])), text))
    if not words or not found or len(words) > LONGEST:
        raise Invalid("原文里没有这句话。请从原文里选中再填", field="quote")
    if len(found) > 1:
        raise Invalid(f"原文里有 {len(found)} 处这样的话，多选几个字", field="quote")
    return _span(text, *found[0].span())


def _span(text: str, start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "quote": text[start:end]}


def _ordered(key: str, values: Mapping[str, Any]) -> None:
    """A range whose end lies before its beginning."""
    for low, high in (("starts_on", "ends_on"), ("amount_min", "amount_max")):
        if values.get(low) is not None and values.get(high) is not None and values[high] < values[low]:
            raise Invalid("后一个不能小于前一个", field=f"{key}.added.{high}")


def same_item(key: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two items of a list go by the same name in the same group."""
    return _named(key, one) == _named(key, other)


def _named(key: str, item: Mapping[str, Any]) -> tuple[Any, ...]:
    if FIELDS[key] == ("value",):
        return (item["value"],)
    fields = {"quotas": ("name", "per", "number", "bound"), "deadlines": ("name", "on", "within"),
              "contacts": ("kind", "value")}
    return tuple(item[field]["value"] for field in fields.get(key, ("name",))) + (
        (item["track"]["value"],) if "track" in item else ())
