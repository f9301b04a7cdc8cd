"""A Notice as plain JSON: dates ISO, amounts in 元, each value beside its source."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from ingestion.notices.notice import Notice


def as_json(notice: Notice) -> dict[str, Any]:
    """The keys of Notice in their order; every value is {"value", "source"}, and null where the notice is silent."""
    return {field.name: _plain(getattr(notice, field.name)) for field in dataclasses.fields(notice)}


def _plain(node: Any) -> Any:
    if isinstance(node, tuple):
        return [_plain(one) for one in node]
    if dataclasses.is_dataclass(node):
        return {field.name: _plain(getattr(node, field.name)) for field in dataclasses.fields(node)}
    return plain_value(node)


def plain_value(value: Any) -> Any:
    """A date as ISO, a Decimal as the JSON number it equals."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
