"""Reads one XLSX or XLS from its standard input and writes its filled rows as JSON: for a process of its own.

A book can name cells a million rows and columns apart in a few bytes, and the reader would make room for all that lies
between. So it reads here, where memory and time are bounded and where dying harms nobody. It imports little.
"""

import datetime as dt
import io
import itertools
import json
import re
import resource
import sys
import zipfile
import zlib

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum, load_workbook

from ingestion.sheets.grid import CELL_LIMIT, MOST_COLUMNS, MOST_ROWS, filled

MEMORY = 2 * 1024 ** 3
SECONDS = 60
UNPACKED = 400 * 1024 ** 2
MEMBERS = 2000
CHUNK = 1024 ** 2
COLUMN = re.compile(rb'<c r="([A-Z]{1,7})')
UNVALUED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*'
                      rb'(?:<v\s*/>|<v>\s*</v>)?\s*</c>')
DATE_1904 = re.compile(rb'<workbookPr[^>]*date1904="(?:1|true)"')


class Unreadable(Exception):
    """Why a book is not read, in words for the person."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    try:
        found = read(sys.stdin.buffer.read())
    except Unreadable as error:
        found = {"refused": str(error)}
    except (MemoryError, OverflowError):
        found = {"refused": "这份表展开后太大，读不下。请删掉空的行和列，或分成几份"}
    json.dump(found, sys.stdout, ensure_ascii=False)


def read(data: bytes) -> dict:
    """The first visible sheet that holds something, as the fields of Grid."""
    parts = _parts(data) if data.startswith(b"PK") else {}
    try:
        book = load_workbook(io.BytesIO(data))
    except PasswordError:
        raise Unreadable("这份表加了密码，请去掉密码再传") from None
    except CalamineError as error:
        if "password" in str(error).lower() or b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P" in data:
            raise Unreadable("这份表加了密码，请去掉密码再传") from None
        raise Unreadable("这份表打不开，可能没有传完整。请重新保存再传") from None
    shown = [one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible] or book.sheet_names
    holding = []
    for name in shown:
        if (sheet := _sheet(book, name)) is not None and (rows := _rows(sheet)):
            holding.append((name, sheet, rows))
    if not holding:
        raise Unreadable("表里没有内容")
    name, sheet, rows = holding[0]
    part = _part_of(parts, book.sheet_names.index(name))
    part = part if b"<f" in part else b""
    return {"rows": rows, "merged": [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right)
                                     in sheet.merged_cell_ranges or ()],
            "unvalued": [(int(row), _number(column)) for column, row in UNVALUED.findall(part)],
            "from_1904": bool(DATE_1904.search(parts.get("xl/workbook.xml", b""))), "sheet": name,
            "others": [other for other, _, _ in holding[1:]]}


def _sheet(book: CalamineWorkbook, name: str):
    try:
        return book.get_sheet_by_name(name)
    except CalamineError:
        return None  # a chart, or a part that is broken: another sheet may hold the table


def _rows(sheet) -> list[tuple[int, list[str]]]:
    if sheet.start is None:
        return []
    top, left = sheet.start
    if left + sheet.width > MOST_COLUMNS:
        raise Unreadable(f"表有 {left + sheet.width:,} 列，最多读 {MOST_COLUMNS} 列。请只留要导入的列")
    lines = zip(itertools.count(top + 1), sheet.iter_rows(), strict=False)
    rows = list(itertools.islice((row for row in filled(
        (number, [""] * left + [_text(cell) for cell in cells]) for number, cells in lines)), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"表有 {MOST_ROWS:,} 行以上，请分成几份导入")
    return rows


def _parts(data: bytes) -> dict[str, bytes]:
    """The members that are looked at as text. Unreadable where the archive is broken or unpacks to too much.

    Counted as it unpacks: what the directory says of the sizes may be a lie.
    """
    kept, total = {}, 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS:
                raise Unreadable("这份表里的部件太多，不像一份正常的表格")
            for member in members:
                content = bytearray()
                with archive.open(member) as file:
                    while chunk := file.read(CHUNK):
                        total += len(chunk)
                        if total > UNPACKED:
                            raise Unreadable("这份表展开后太大，读不下。请删掉空的行和列，或分成几份")
                        content += chunk
                if member.filename == "xl/workbook.xml" or member.filename.startswith("xl/worksheets/sheet"):
                    kept[member.filename] = bytes(content)
                    _check_columns(kept[member.filename])
    except (zipfile.BadZipFile, EOFError, RuntimeError, ValueError, OSError, zlib.error):
        raise Unreadable("这份表打不开，可能没有传完整，或者加了密码。请重新保存再传") from None
    if "xl/workbook.xml" not in kept:
        raise Unreadable("这不是一份 XLSX 表格")
    return kept


def _check_columns(part: bytes) -> None:
    widest = max((_number(name) for name in set(COLUMN.findall(part))), default=0)
    if widest >= MOST_COLUMNS:
        raise Unreadable(f"表有 {widest + 1:,} 列，最多读 {MOST_COLUMNS} 列。请只留要导入的列")


def _part_of(parts: dict[str, bytes], position: int) -> bytes:
    """The text of the sheet at a position of the book; writers name the parts in order, nearly always."""
    return parts.get(f"xl/worksheets/sheet{position + 1}.xml", b"")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _text(cell) -> str:
    """A cell as text: whole floats without the point, dates as 2026-11-30, nothing as an empty string."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell)[:CELL_LIMIT]


if __name__ == "__main__":
    main()
