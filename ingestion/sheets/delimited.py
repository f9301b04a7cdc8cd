"""Rows out of CSV, TSV and the like, in whatever encoding they were saved."""

import csv
import io

from ingestion.decoding import decode
from ingestion.documents.pieces import Unreadable
from ingestion.sheets.grid import CELL_LIMIT, MOST_COLUMNS, MOST_ROWS, Grid, filled
from models.errors import Invalid

DELIMITERS = (",", "\t", ";", "|", "，")
SAMPLE_LINES, SAMPLE = 20, 200_000


def read_delimited(data: bytes) -> Grid:
    """The rows of a text. Invalid where its encoding is none, or it is wider or longer than a table can be."""
    text, warnings = decoded(data)
    if "<html" in text[:2000].lower() or "<table" in text[:2000].lower():
        raise Invalid("这份文件其实是网页，不是表格。请在 Excel 里打开，另存为 XLSX 再传", field="file")
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows = []
    try:
        for number, cells in _numbered(reader):
            if len(cells) > MOST_COLUMNS:
                raise Invalid(f"第 {number} 行有 {len(cells):,} 列，最多读 {MOST_COLUMNS} 列", field="file")
            if any(cell.strip() for cell in cells):
                rows.append((number, cells))
            if len(rows) > MOST_ROWS:
                raise Invalid(f"表有 {MOST_ROWS:,} 行以上，请分成几份导入", field="file")
    except csv.Error as error:
        raise Invalid(f"CSV 第 {reader.line_num} 行读不下去：{_why(error)}", field="file") from None
    return Grid(filled(rows), warnings=tuple(warnings))


def decoded(data: bytes) -> tuple[str, list[str]]:
    """(text, warnings), as documents are read. Invalid where the bytes are no text."""
    try:
        return decode(data, zeros=True)
    except Unreadable as error:
        raise Invalid(str(error), field="file") from None


def _delimiter(text: str) -> str:
    """The mark that parts most of the first lines, and parts them alike."""
    lines = [line for line in text[:SAMPLE].split("\n") if line.strip()][:SAMPLE_LINES]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines if mark in line]
        return (max(map(counts.count, counts)), max(counts)) if counts else (0, 0)

    return max(DELIMITERS, key=evenness)


def _numbered(reader):
    """Each record with the number of the line it begins on, as an editor counts them."""
    begin = 1
    for cells in reader:
        yield begin, cells
        begin = reader.line_num + 1


def _why(error: csv.Error) -> str:
    return f"一格超过 {CELL_LIMIT:,} 字" if "limit" in str(error) else "引号没有配对，或行里有奇怪的字符"
