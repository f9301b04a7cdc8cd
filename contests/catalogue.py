"""Read definition files: every error names the file, the line and the key."""

import functools
import pathlib
import re
import tomllib
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from contests.definition import Definition
from contests.toml_lines import Path, line_of

FOLDER = pathlib.Path(__file__).parent / "definitions"

MESSAGES = {
    "extra_forbidden": "没有这个键",
    "missing": "缺少这个键；原文没有写明的，标 unsaid",
    "union_tag_invalid": "没有“{tag}”这种规则，可用的有 {expected_tags}",
    "union_tag_not_found": "规则没有写 kind",
    "greater_than": "要大于 {gt}",
    "less_than_equal": "不能大于 {le}",
    "too_short": "至少要有 {min_length} 项",
    "literal_error": "只能是 {expected}",
    "string_pattern_mismatch": "只能用小写字母、数字和连接号",
}

PRECEDENCE = {"extra_forbidden": 0, "literal_error": 2}


class DefinitionError(ValueError):
    """A definition file that cannot be used. `line` is 1-based, `key` the dotted path inside the file."""

    def __init__(self, name: str, line: int, key: str, message: str):
        where = f"{name} 第 {line} 行" + (f" {key}" if key else "")
        super().__init__(f"{where}：{message}")
        self.line, self.key = line, key


def load(path: pathlib.Path) -> Definition:
    """The definition in `path`. Raises DefinitionError for its first fault."""
    return parse(path.read_text(encoding="utf-8"), path.name)


def parse(source: str, name: str) -> Definition:
    data = _read(source, name)
    try:
        return Definition.model_validate(data)
    except ValidationError as error:
        raise _located(source, name, data, error)[0] from error


def faults(source: str, name: str) -> list[DefinitionError]:
    """Every fault that can be told at once, the most telling first; empty where the definition may be used.

    Whether the parts fit together is only looked at once each of them is right.
    """
    try:
        data = _read(source, name)
        Definition.model_validate(data)
    except DefinitionError as error:
        return [error]
    except ValidationError as error:
        return _located(source, name, data, error)
    return []


def _read(source: str, name: str) -> dict:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        last = source.count("\n") + 1
        raise DefinitionError(name, int(line[1]) if line else last, "", f"不是合格的 TOML：{error}") from error


@functools.cache
def definition(code: str) -> Definition:
    """The shipped definition of that code; KeyError where there is none."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", code) or not (path := FOLDER / f"{code}.toml").exists():
        raise KeyError(code)
    found = load(path)
    if found.code != code:
        raise DefinitionError(path.name, 1, "code", f"文件名是 {code}，里面写的是 {found.code}")
    return found


def codes() -> list[str]:
    """The codes of all shipped definitions."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def _located(source: str, name: str, data: dict, error: ValidationError) -> list[DefinitionError]:
    """Unknown keys come first, since a misspelt key also shows up as a missing one at the head of its table;

    "not unsaid" comes last, since it only repeats that the value beside it is wrong.
    """
    found = error.errors()
    located = {(PRECEDENCE.get(fault["type"], 1), line_of(source, path), ".".join(map(str, path)), _message(fault))
               for fault in found if not _echo(fault, found) for path in [_source_path(data, fault)]}
    return [DefinitionError(name, line, key, message) for _, line, key, message in sorted(located)]


def _echo(fault: ErrorDetails, faults: list[ErrorDetails]) -> bool:
    """Whether a list only counts as too short because its members failed."""
    size = len(fault["loc"])
    return fault["type"] == "too_short" and any(
        len(other["loc"]) > size and other["loc"][:size] == fault["loc"] for other in faults)


def _message(fault: ErrorDetails) -> str:
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return MESSAGES.get(fault["type"], "值不合适：" + fault["msg"]).format(**fault.get("ctx", {}))


def _source_path(data: dict, fault: ErrorDetails) -> Path:
    """pydantic's location without the parts it adds itself: a union member's tag, a type's name."""
    inner = getattr(fault["ctx"]["error"], "path", ()) if fault["type"] == "value_error" else ()
    parts = (*fault["loc"], *inner)
    absent = fault["type"] == "missing" or bool(inner)
    path: list[str | int] = []
    here: Any = data
    for place, part in enumerate(parts, start=1):
        if isinstance(here, list) or isinstance(here, dict) and (part in here or absent and place == len(parts)):
            path, here = [*path, part], here[part] if isinstance(here, list) else here.get(part)
    return tuple(path)
