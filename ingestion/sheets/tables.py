"""Rows out of a file somebody prepared: JSONL, CSV or TSV in any encoding, XLSX, XLS. Every row keeps its number."""

import json
import pathlib

from ingestion.sheets.delimited import decoded, read_delimited
from ingestion.sheets.grid import MOST_COLUMNS, Grid
from ingestion.sheets.headers import Row, Table, table_of
from ingestion.sheets.workbook import is_workbook, read_workbook
from models.errors import Invalid
from models.sheets import SheetKind

FORMATS = (".xlsx", ".xls", ".csv", ".tsv", ".txt", ".jsonl")
BOOKS = frozenset({".xlsx", ".xls", ".xlsm"})
FOREIGN = {b"%PDF": "PDF", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片", b"MZ": "程序", b"\x7fELF": "程序", b"{\\rt": "RTF 文档"}


def read(path: pathlib.Path) -> list[Row]:
    """The rows under the first filled row. Invalid where the file is missing, empty, or no such table."""
    if not path.is_file():
        raise Invalid(f"没有这个文件：{path}", field="file")
    return open_table(path.name, path.read_bytes(), None).rows


def open_table(name: str, data: bytes, kind: SheetKind | None) -> Table:
    """The table in a file of that name. What it is is read from its bytes; the name tells text formats apart.

    Invalid says what is wrong with the file as a whole.
    """
    suffix = pathlib.PurePath(name).suffix.lower()
    if not data.strip():
        raise Invalid(f"{pathlib.PurePath(name).name} 是空的", field="file")
    if suffix not in FORMATS:
        raise Invalid(f"只认 {'、'.join(FORMATS)}，现在是 {suffix or '没有扩展名'}", field="file")
    if (foreign := next((words for mark, words in FOREIGN.items() if data.startswith(mark)), "")):
        raise Invalid(f"这份文件其实是{foreign}，不是表格", field="file")
    if suffix == ".jsonl":
        return _json_lines(*decoded(data))
    grid = read_workbook(data) if is_workbook(data) else _text_grid(data, suffix)
    if not grid.rows:
        raise Invalid("表里没有内容", field="file")
    return table_of(grid, kind)


def _text_grid(data: bytes, suffix: str) -> Grid:
    if suffix in BOOKS and b"\0" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Invalid(f"这份 {suffix[1:].upper()} 打不开，可能没有传完整", field="file")
    return read_delimited(data)


def _json_lines(text: str, warnings: list[str]) -> Table:
    rows = [_json_row(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    header = dict.fromkeys(name for row in rows for name in row.cells)
    if len(header) > MOST_COLUMNS:
        raise Invalid(f"各行一共有 {len(header):,} 个不同的名字，最多读 {MOST_COLUMNS} 个", field="file")
    return Table(tuple(header), rows, warnings=tuple(warnings))


def _json_row(number: int, line: str) -> Row:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return Row(number, {}, f"不是 JSON：第 {error.colno} 个字符处")
    except (RecursionError, ValueError):
        return Row(number, {}, "JSON 层数太多，或数字太长")
    if not isinstance(value, dict):
        return Row(number, {}, "一行应是一个 JSON 对象，像 {\"_id\": …, \"title\": …}")
    return Row(number, {str(name): _plain(content) for name, content in value.items()})


def _plain(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
