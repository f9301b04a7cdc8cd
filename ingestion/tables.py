"""Rows out of a file somebody prepared: JSONL, CSV in whatever encoding, XLSX. Every row keeps its number."""

import csv
import datetime as dt
import io
import json
import pathlib
from collections.abc import Iterable
from dataclasses import dataclass

import charset_normalizer
from python_calamine import CalamineError, load_workbook

from models.errors import Invalid

FORMATS = (".jsonl", ".csv", ".xlsx")
CELL_LIMIT = 1_000_000


@dataclass(frozen=True)
class Row:
    """One row: its number as the person sees it (a line, or a sheet's row), and its cells by column name."""

    number: int
    cells: dict[str, str]
    error: str = ""
    """Why the row could not be read at all."""


def read(path: pathlib.Path) -> list[Row]:
    """The rows of a file, blank ones left out. Invalid where it is missing, empty, or no such table."""
    if not path.is_file():
        raise Invalid(f"没有这个文件：{path}", field="file")
    data = path.read_bytes()
    if not data.strip():
        raise Invalid(f"{path.name} 是空的", field="file")
    match path.suffix.lower():
        case ".jsonl":
            return _json_lines(decode(data))
        case ".csv":
            return _csv(decode(data))
        case ".xlsx":
            return _sheet(data)
    raise Invalid(f"只认 {'、'.join(FORMATS)}，现在是 {path.suffix or '没有扩展名'}", field="file")


def decode(data: bytes) -> str:
    """Text in UTF-8 (with or without mark), UTF-16 with mark, GB18030, or what its bytes look like most."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        raise Invalid("认不出文字编码，请另存为 UTF-8 再导入", field="file")
    return str(best)


def _json_lines(text: str) -> list[Row]:
    return [_json_row(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _json_row(number: int, line: str) -> Row:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return Row(number, {}, f"不是 JSON：第 {error.colno} 个字符处")
    except RecursionError:
        return Row(number, {}, "JSON 层数太多")
    if not isinstance(value, dict):
        return Row(number, {}, "一行应是一个 JSON 对象，像 {\"_id\": …, \"title\": …}")
    return Row(number, {str(name): _cell(content) for name, content in value.items()})


def _csv(text: str) -> list[Row]:
    csv.field_size_limit(CELL_LIMIT)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        numbered = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise Invalid(f"CSV 第 {reader.line_num} 行读不下去：{error}", field="file") from None
    return _with_header(numbered)


def _sheet(data: bytes) -> list[Row]:
    try:
        sheet = load_workbook(io.BytesIO(data)).get_sheet_by_index(0)
    except CalamineError:
        raise Invalid("这份 XLSX 打不开，可能没有传完整", field="file") from None
    return _with_header([(number, list(map(_cell, cells)))
                         for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1)])


def _with_header(numbered: Iterable[tuple[int, list[str]]]) -> list[Row]:
    filled = [(number, cells) for number, cells in numbered if any(cell.strip() for cell in cells)]
    if not filled:
        raise Invalid("表里没有内容", field="file")
    header = [name.strip() for name in filled[0][1]]
    return [Row(number, {name: cell for name, cell in zip(header, cells, strict=False) if name})
            for number, cells in filled[1:]]


def _cell(value) -> str:
    """A cell as text: whole floats without the point, dates as 2026-11-30, nothing as an empty string."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)
