"""Rows out of CSV, TSV and the like, in whatever encoding they were saved."""

import csv
import io

import charset_normalizer

from ingestion.sheets.grid import CELL_LIMIT, MOST_COLUMNS, MOST_ROWS, Grid, filled
from models.errors import Invalid

DELIMITERS = (",", "\t", ";", "|", "，")
SAMPLE_LINES, SAMPLE_BYTES, MIXED_BYTES = 20, 200_000, 12


def read_delimited(data: bytes) -> Grid:
    """The rows of a text. Invalid where its encoding is none, or it is wider or longer than a table can be."""
    text = decode(data)
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
    return Grid(filled(rows))


def decode(data: bytes) -> str:
    """Text in UTF-8 or UTF-16 (with or without mark), GB18030, lines of both, or what its bytes look like most."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if (wide := _unmarked_utf16(data)) is not None:
        return wide
    for read in (_utf8, _line_by_line, _gb18030):
        if (text := read(data)) is not None:
            return text
    best = charset_normalizer.from_bytes(data[:SAMPLE_BYTES]).best()
    if best is None:
        raise Invalid("认不出文字编码，请另存为 UTF-8 再导入", field="file")
    return data.decode(best.encoding, "replace")


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows in the zeros of its line ends and digits: on one side of the pairs only."""
    sample = data[:4000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if min(even, odd) * 20 > max(even, odd) or max(even, odd) * 10 < len(sample) // 2:
        return None
    try:
        return data.decode("utf-16-le" if odd > even else "utf-16-be")
    except UnicodeDecodeError:
        return None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _gb18030(data: bytes) -> str | None:
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return None


def _line_by_line(data: bytes) -> str | None:
    """Lines of UTF-8 and of GB18030, as they come from files put together; None where they are not of just these two.

    GB18030 reads many a UTF-8 line without complaint, so what both can read counts as UTF-8, given a dozen such bytes.
    """
    lines, of_utf8 = [], 0
    for line in data.split(b"\n"):
        text = _utf8(line)
        of_utf8 += len(line) if text is not None and not line.isascii() else 0
        text = _gb18030(line) if text is None else text
        if text is None:
            return None
        lines.append(text)
    return "\n".join(lines) if of_utf8 >= MIXED_BYTES else None


def _delimiter(text: str) -> str:
    """The mark that parts most of the first lines, and parts them alike."""
    lines = [line for line in text[:SAMPLE_BYTES].split("\n") if line.strip()][:SAMPLE_LINES]

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
