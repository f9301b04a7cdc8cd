"""A definition for one year: dates moved to it, and the values that staff set where the document is silent."""

import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import ValidationError

from contests.adopted import definition_in, source_of_season
from contests.definition import Definition
from contests.parts import UNSAID, Clause, PhaseKind
from models.contests import Season
from models.errors import Invalid

LABELS = {"starts": "开始日", "ends": "结束日", "places": "名额", "weight": "权重", "days": "公示工作日数",
          "basis": "按预计还是按产生的计分", "cutoff": "分数线", "most": "上限", "seats": "人数", "text": "正文",
          "place": "公示的地方", "amount_min": "奖金下限", "amount_max": "奖金上限", "floor": "分数线",
          "months": "间隔几个月"}
NEEDED_BY: dict[str, PhaseKind] = {
    "text": "registration", "places": "review", "weight": "review", "basis": "review", "cutoff": "review",
    "most": "review", "seats": "review", "days": "public_notice", "place": "public_notice", "amount_min": "award",
    "amount_max": "award", "floor": "review", "months": "campaign"}
"""The kind of phase that may not open before the value is set. The days of a phase are needed by the phase itself."""
ORDER: tuple[PhaseKind, ...] = get_args(PhaseKind)
FIXED = ("source", "policy")
"""What belongs to the document and not to the year it is run for: its dates never move."""


@dataclass(frozen=True)
class Setting:
    """A value the source leaves open. `key` is its path, members of a list named by their code."""

    key: str
    label: str
    clause: Clause
    needed_by: str


def season_for(base: Definition, year: int, settings: Mapping[str, Any] | None = None) -> Definition:
    """`base` with every date but the document's own moved by whole years, and `settings` filled in by their keys.

    29 February becomes the 28th in a common year. Invalid where a key is not open, or its value breaks the model.
    """
    data = _moved(base.model_dump(exclude=set(FIXED), by_alias=True), year - base.year)
    data |= base.model_dump(include=set(FIXED)) | {"year": year}
    open_keys = {setting.key for setting in unsaid(base)}
    for key, value in (settings or {}).items():
        if key not in open_keys:
            raise Invalid(f"通知里没有留给人填的“{key}”", field=key)
        _put(data, key.split("."), value)
    try:
        return Definition.model_validate(data)
    except ValidationError as error:
        raise Invalid(_message(error), field=_culprit(data, error, open_keys)) from error


def definition_of(season: Season) -> Definition:
    """The definition a season runs by."""
    settings = tuple(sorted(season.settings.items()))
    return _remembered(season.code, source_of_season(season), season.year, settings)


@functools.lru_cache(maxsize=64)
def _remembered(code: str, source: str | None, year: int, settings: tuple[tuple[str, Any], ...]) -> Definition:
    """Definitions never change, and building one costs more than a query."""
    return season_for(definition_in(code, source), year, dict(settings))


def unsaid(part: Definition) -> list[Setting]:
    """Everything the document leaves open and nobody has set, in its own order."""
    return [Setting(".".join(path), _label(owners, path[-1]), _clause(owners),
                    _needed_by(part, path[-1], owners))
            for path, owners in _open(part.model_dump(), (), ())]


def _needed_by(definition: Definition, key: str, owners: tuple[dict, ...]) -> str:
    """The code of the phase: the first of the needed kind in the value's stage, or of a later kind, else the last."""
    if key not in NEEDED_BY:
        return owners[-1]["code"]
    stage = next((owner["stage"] for owner in reversed(owners) if "stage" in owner), None)
    phases = [phase for phase in definition.phases if phase.stage == stage] or list(definition.phases)
    for kind in ORDER[ORDER.index(NEEDED_BY[key]):]:
        for phase in phases:
            if phase.kind == kind:
                return phase.code
    return phases[-1].code


def _open(node: dict, path: tuple[str, ...], owners: tuple[dict, ...]) -> Iterator[tuple[tuple[str, ...], tuple]]:
    """The path of every unsaid value, with the tables it stands in from the outermost to its own."""
    for key, value in node.items():
        here = (*path, key)
        if value == UNSAID:
            yield here, (*owners, node)
        for name, member in _members(value):
            yield from _open(member, (*here, *name), (*owners, node))


def _members(value: Any) -> Iterator[tuple[tuple[str, ...], dict]]:
    if isinstance(value, dict):
        yield (), value
    elif isinstance(value, tuple):
        yield from (((member["code"],), member) for member in value if isinstance(member, dict) and "code" in member)


def _label(owners: tuple[dict, ...], key: str) -> str:
    names = [owner.get("name") or owner["award"] for owner in owners if "name" in owner or "award" in owner]
    return " ".join([*names, LABELS[key]])


def _clause(owners: tuple[dict, ...]) -> Clause:
    return Clause(**next(owner["clause"] for owner in reversed(owners) if "clause" in owner))


def _moved(node: Any, years: int) -> Any:
    if isinstance(node, dict):
        moved = {key: _moved(value, years) for key, value in node.items()}
        return _said_again(moved, years)
    if isinstance(node, tuple):
        return tuple(_moved(value, years) for value in node)
    return _moved_day(node, years) if isinstance(node, dt.date) else node


def _said_again(node: dict, years: int) -> dict:
    """Where days moved, their clause keeps the document's own words and says that this season reads them anew."""
    days = [value for value in node.values() if isinstance(value, dt.date)]
    if not years or not days or "clause" not in node or node["clause"]["derived"]:
        return node
    return node | {"clause": node["clause"] | {"derived": f"本届按 {max(days).year} 年执行"}}


def _moved_day(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _put(data: dict, path: list[str], value: Any) -> None:
    node: Any = data
    for step in path[:-1]:
        node = node[step] if isinstance(node, dict) else next(member for member in node if member["code"] == step)
    node[path[-1]] = value


def _message(error: ValidationError) -> str:
    fault = error.errors()[0]
    return str(fault["ctx"]["error"]) if fault["type"] == "value_error" else "这个值不合适，请核对单位和范围"


def _culprit(data: dict, error: ValidationError, open_keys: set[str]) -> str | None:
    """The setting whose value the model complains of, if one of them stands at that place."""
    fault = error.errors()[0]
    inner = getattr(fault["ctx"]["error"], "path", ()) if fault["type"] == "value_error" else ()
    key, node = [], data
    for step in (*fault["loc"], *inner):
        if isinstance(node, dict) and step not in node:
            continue
        node = node[step]
        key.append(node["code"] if isinstance(step, int) else step)
        if ".".join(key) in open_keys:
            return ".".join(key)
    return None
