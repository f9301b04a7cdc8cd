"""Tables as XLSX: the figures as numbers, text never as a formula (ASVS 1.2.10: also not once saved as CSV)."""

import io
from collections.abc import Sequence

import xlsxwriter

from ingestion.sheets.escaping import escaped

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(title: str, header: Sequence[str], rows: Sequence[Sequence]) -> bytes:
    """One sheet with a bold, frozen header. Strings are written as strings: a leading "=" stays text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                      "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, bold)
            longest = max([len(text), *(len(str(row[column])) for row in rows)])
            sheet.set_column(column, column, min(60, 4 + 2 * longest))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def _write(sheet, row: int, column: int, value) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, escaped(value))
    else:
        sheet.write_number(row, column, value)
