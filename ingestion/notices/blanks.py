"""The silent values of a reading as places that a person fills: `awards.0.places`, with the name `missing` gives it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LABELLED = ("tracks", "phases", "indicators", "quotas", "awards")
DAYS_OF_NOTICE = "deadlines.公示.within"


@dataclass(frozen=True)
class Blank:
    """`path` leads into the JSON of a reading; `name` is how `missing` calls it."""

    path: str
    name: str


def blanks(said: Mapping[str, Any]) -> list[Blank]:
    """Every silent value that has a place of its own, in the order of `missing`."""
    places = dict(_places(said))
    return [Blank(places[name], name) for name in said["missing"] if name in places]


def item_label(item: Mapping[str, Any]) -> str:
    """技术攻关组.一等奖: how `missing` names an item of a list."""
    parts = (item[part]["value"] for part in ("track", "name") if part in item)
    return ".".join(part.replace(".", "") for part in parts if part)


def _places(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in said.items():
        if isinstance(value, dict):
            yield key, key
    for key in LABELLED:
        for at, item in enumerate(said[key]):
            for field, value in item.items():
                if value["value"] is None:
                    yield f"{key}.{item_label(item)}.{field}", f"{key}.{at}.{field}"
    yield DAYS_OF_NOTICE, DAYS_OF_NOTICE
