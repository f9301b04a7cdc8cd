"""A table of what a document says, and what a reading gets right of it.

One fact is one value of the table: a scalar, one member of a list, one field of a list's item. A field that the item
leaves out and that a contest needs (NEEDED) is a fact too: the reading must leave it null and name it in `missing`. An
item is found by its identifying fields (IDENTITY). A text that begins with ~ is found where the value holds it; a *
stands for any character (the people of the founding documents are not named here). A list under `none` is one fact:
the document says nothing of it. What the reading gives beyond the table is wrong, one each.
"""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

IDENTITY = {"tracks": ("name",), "phases": ("name",), "indicators": ("track", "name"), "materials": ("track", "name"),
            "quotas": ("name", "number"), "awards": ("track", "name"), "deadlines": ("name", "on", "within"),
            "annexes": ("name",), "contacts": ("kind", "value")}
NEEDED = {"tracks": ("entrants",), "phases": ("starts_on", "ends_on"), "indicators": ("weight",), "quotas": ("number",),
          "awards": ("places", "amount_min", "amount_max")}
SCALARS = ("title", "document_number", "issued_on")
OPTIONAL = ("registration_number",)
"""Scalars that most notices have none of and that older tables do not tell: a fact where the table says one."""
PLAIN = ("issuers", "addressees", "eligibility", "warnings")


@dataclasses.dataclass
class Score:
    """`missed` and `wrong` hold a line for each."""

    facts: int = 0
    right: int = 0
    missed: list[str] = dataclasses.field(default_factory=list)
    wrong: list[str] = dataclasses.field(default_factory=list)

    def count(self, fact: str, said: Any, read: Any) -> None:
        """One fact: missed where nothing was read, wrong where something else was."""
        self.facts += 1
        if same(said, read):
            self.right += 1
        elif read is None:
            self.missed.append(f"{fact} = {said}")
        else:
            self.wrong.append(f"{fact} = {said}，读成 {read}")


def same(said: Any, read: Any) -> bool:
    if isinstance(said, str) and said.startswith("~"):
        return isinstance(read, str) and said[1:] in read
    if isinstance(said, str) and "*" in said:
        return isinstance(read, str) and re.fullmatch(re.escape(said).replace(r"\*", "."), read) is not None
    if hasattr(said, "isoformat"):
        return said.isoformat() == read
    return said == read


def score(table: Mapping[str, Any], notice: Mapping[str, Any]) -> Score:
    """`table` as TOML gives it, `notice` as ingestion.notices.shown gives it."""
    result = Score()
    for key in SCALARS:
        _scalar(result, key, table.get(key), notice)
    for key in OPTIONAL:
        if key in table:
            result.count(key, table[key], notice[key]["value"])
    for key in PLAIN:
        _members(result, key, table.get(key, []), [one["value"] for one in notice[key]])
    for key in IDENTITY:
        _items(result, key, table.get(key, []), notice)
    for key in table.get("none", []):
        result.facts += 1
        if not notice[key]:
            result.right += 1
    return result


def _scalar(result: Score, key: str, said: Any, notice: Mapping[str, Any]) -> None:
    read = notice[key]["value"]
    if said is None:
        _silent(result, key, read, key in notice["missing"])
    else:
        result.count(key, said, read)


def _silent(result: Score, fact: str, read: Any, named: bool) -> None:
    result.facts += 1
    if read is not None:
        result.wrong.append(f"{fact} 没有写，读成 {read}")
    elif named:
        result.right += 1
    else:
        result.missed.append(f"{fact} 没有写，missing 里也没有")


def _members(result: Score, key: str, said: list[str], read: list[str]) -> None:
    rest = list(read)
    for one in said:
        match = next((other for other in rest if same(one, other)), None)
        result.count(key, one, match)
        if match is not None:
            rest.remove(match)
    result.wrong.extend(f"{key} 多出：{one}" for one in rest)


def _items(result: Score, key: str, said: list[dict[str, Any]], notice: Mapping[str, Any]) -> None:
    rest = [{name: value["value"] for name, value in item.items()} for item in notice[key]]
    for item in said:
        match = next((other for other in rest if _identified(key, item, other)), None)
        if match is not None:
            rest.remove(match)
        label = f"{key}[{'.'.join(str(item[name]) for name in IDENTITY[key] if name in item)}]"
        for name, value in item.items():
            result.count(f"{label}.{name}", value, match[name] if match else None)
        for name in NEEDED.get(key, ()):
            if name not in item:
                _silent(result, f"{label}.{name}", match[name] if match else None, _named(key, item, name, notice))
    for one in rest:
        said_besides = {name: value for name, value in one.items() if value is not None}
        result.wrong.append(f"{key} 多出：{said_besides}")


def _identified(key: str, item: dict[str, Any], read: dict[str, Any]) -> bool:
    return all(same(item[name], read[name]) if name in item else name in ("track",) and read[name] is None
               or name not in ("track",) for name in IDENTITY[key])


def _named(key: str, item: dict[str, Any], name: str, notice: Mapping[str, Any]) -> bool:
    words = [str(item[part]).removeprefix("~") for part in ("track", "name") if part in item]
    return any(one.startswith(key) and one.endswith(f".{name}") and all(word in one for word in words)
               for one in notice["missing"])
