"""A definition's tables as TOML, in the layout of contests/definitions: a clause beside each value, in one line."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

INLINE = ("clause", "needs")
"""Tables that are written in one line."""


def toml(data: Mapping[str, Any]) -> str:
    """`data` as TOML; keys whose value is None are left out."""
    return "\n".join(_table(data, ())) + "\n"


def _table(data: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    kept = {key: value for key, value in data.items() if value is not None}
    tables = {key: value for key, value in kept.items() if key not in INLINE and _is_table(value)}
    yield from (f"{key} = {_inline(value)}" for key, value in kept.items() if key not in tables)
    for key, value in tables.items():
        here = (*path, key)
        for one in value if isinstance(value, list) else [value]:
            yield ""
            yield f"[[{'.'.join(here)}]]" if isinstance(value, list) else f"[{'.'.join(here)}]"
            yield from _table(one, here)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(_inline(one) for one in value)}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_inline(one)}" for key, one in value.items() if one is not None) + " }"
    return json.dumps(str(value), ensure_ascii=False)
