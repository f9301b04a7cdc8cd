"""What people decide about the values of a reading: accepted, corrected or refused, one by one."""

import copy
import enum
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ingestion.amounts import written_day
from ingestion.notices.blanks import DAYS_OF_NOTICE, blanks, item_label
from models.errors import Invalid

DAYS, AMOUNTS = ("issued_on", "starts_on", "ends_on", "on"), ("amount_min", "amount_max")
NOT_ASKED = ("missing", "warnings", "repairs")
"""What is shown beside the values and is nobody's to decide."""
LONGEST = 2_000
BOUNDS = {"at_most": "不超过", "at_least": "不少于", "exactly": "正好", "about": "左右", "below": "低于", "above": "高于"}


class Verdict(enum.StrEnum):
    accepted = "accepted"
    corrected = "corrected"
    refused = "refused"
    added = "added"
    """An item that the reader missed: the decision holds its list's key and the item itself."""


@dataclass(frozen=True)
class Asked:
    """A value to decide. `value` is as read, None where the notice is silent; `label` names its item in a list."""

    path: str
    key: str
    field: str
    label: str
    value: Any
    source: Mapping[str, Any] | None


def asked(said: Mapping[str, Any]) -> list[Asked]:
    """Every value that was read, in the notice's order, then the silent ones that have a place."""
    read = [one for one in _values(said) if one.value is not None]
    known = {one.path: one for one in _values(said)}
    silent = [known.get(blank.path) or Asked(blank.path, "deadlines", "within", "公示", None, None)
              for blank in blanks(said)]
    return [*read, *silent]


def undecided(said: Mapping[str, Any], decisions: Mapping[str, Any]) -> list[Asked]:
    """The values read that nobody has decided; a silent one may stay open."""
    return [one for one in asked(said) if one.value is not None and one.path not in decisions]


def typed(path: str, text: str) -> Any:
    """What a person typed for the value at `path`, as the reading would hold it. Invalid where it does not fit."""
    field = path.split(".")[-1]
    text = text.strip()
    if "\x00" in text:
        raise Invalid("里面有看不见的字符，请重新填", field=path)
    if not text or len(text) > LONGEST:
        raise Invalid("写上改正后的内容" if not text else f"最多 {LONGEST:,} 字", field=path)
    if field in DAYS:
        found = written_day(text, path, "日期")
        return found.isoformat() if found else None
    if field in (*AMOUNTS, "places", "weight", "number"):
        return _number(path, field, text)
    if field == "bound":
        return _bound(path, text)
    if field == "present":
        return text not in ("0", "否", "没有")
    return text


def _bound(path: str, text: str) -> str:
    found = next((code for code, words in BOUNDS.items() if words == text), None)
    if found is None:
        raise Invalid(f"界限写{'、'.join(BOUNDS.values())}里的一个", field=path)
    return found


def shown(value: Any) -> str:
    """A value as it stands in its box."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "有" if value else "没有"
    return BOUNDS.get(str(value), str(value))


def _number(path: str, field: str, text: str) -> int | float:
    """Places are whole; an amount may be typed in 元 or 万元, a weight as 30% or 0.3."""
    found = re.fullmatch(r"([\d.]+)\s*(万元|元|%|名|个|项)?", text.replace(",", "").replace("，", "").replace("％", "%"))
    try:
        number = Decimal(found[1]) if found else None
    except InvalidOperation:
        number = None
    if found is None or number is None:
        raise Invalid("只写数字，比如 3、5000 元、2 万元、30%", field=path)
    number *= {"万元": Decimal(10_000), "%": Decimal("0.01")}.get(found[2] or "", Decimal(1))
    if field == "places" and (number != number.to_integral_value() or not 0 < number < 100_000):
        raise Invalid("名额写 1 以上的整数", field=path)
    if field == "weight" and not 0 < number <= 1:
        raise Invalid("权重写 30% 或 0.3 这样，不超过 100%", field=path)
    if field in AMOUNTS and number > 10**12:
        raise Invalid("金额太大，请核对单位", field=path)
    return int(number) if number == number.to_integral_value() else float(number)


def decided(said: Mapping[str, Any], decisions: Mapping[str, Any]) -> dict[str, Any]:
    """The reading as people decided it: corrected values in place, refused ones gone, with its name the whole item.

    `decisions`: path → {"verdict", "value"}, and "key" of an item that was added.
    """
    found = copy.deepcopy(dict(said))
    for path, decision in decisions.items():
        if decision["verdict"] == Verdict.corrected:
            _put(found, path, decision["value"])
        elif decision["verdict"] == Verdict.refused:
            _drop(found, path)
        elif decision["verdict"] == Verdict.added:
            found[decision["key"]].append(decision["value"])
    return {key: _kept(value) if isinstance(value, list) and key not in NOT_ASKED else value
            for key, value in found.items()}


def _put(said: dict[str, Any], path: str, value: Any) -> None:
    if path == DAYS_OF_NOTICE:
        said["deadlines"].append({"name": {"value": "公示", "source": None}, "on": {"value": None, "source": None},
                                  "within": {"value": value, "source": None}})
    else:
        _node(said, path)["value"] = value


def _drop(said: dict[str, Any], path: str) -> None:
    node = _node(said, path)
    node["value"] = None
    node["refused"] = True


def _node(said: dict[str, Any], path: str) -> dict[str, Any]:
    node: Any = said
    for step in path.split("."):
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node


def _kept(items: list[Any]) -> list[Any]:
    """Without what was refused: a plain value, or an item whose name was (of a contact: its content)."""
    return [one for one in items if not _named(one).get("refused")]


def _named(item: dict[str, Any]) -> dict[str, Any]:
    return item if "source" in item else item.get("name") or item["value"]


def _values(said: Mapping[str, Any]) -> Iterator[Asked]:
    for key, value in said.items():
        if key in NOT_ASKED:
            continue
        if isinstance(value, dict):
            yield Asked(key, key, key, "", value["value"], value["source"])
            continue
        for at, item in enumerate(value):
            if "source" in item:
                yield Asked(f"{key}.{at}", key, key, "", item["value"], item["source"])
            else:
                yield from (Asked(f"{key}.{at}.{field}", key, field, _label(key, item), one["value"], one["source"])
                            for field, one in item.items())


def _label(key: str, item: Mapping[str, Any]) -> str:
    return item_label(item) if key != "contacts" else str(item["kind"]["value"])


