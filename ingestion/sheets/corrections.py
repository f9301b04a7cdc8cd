"""What is wrong with a sheet, given back as a sheet: the same columns, the wrong cells marked, why beside each row."""

import io
from collections.abc import Iterable

import xlsxwriter

from ingestion.sheets.escaping import escaped
from ingestion.sheets.headers import Table
from models.sheets import SheetProblem

REASON = "错误（改好后可以删掉这一列）"
CELL_MOST = 32_767
"""Characters that a cell of XLSX holds."""
NOTES = 5_000
"""Cells that carry a note of their own; beyond, the first column tells all the same."""
WIDEST = 60


def corrected_copy(table: Table, problems: Iterable[SheetProblem], *, only_wrong: bool = False) -> bytes:
    """An XLSX to be corrected and brought in again: what is wrong first in each row, its cells red with a note.

    `only_wrong` leaves out the rows that came in; else the whole sheet is there, since nothing was written.
    """
    by_row: dict[int, dict[str, list[str]]] = {}
    for one in problems:
        by_row.setdefault(one.row, {}).setdefault(one.column, []).append(one.message)
    rows = [row for row in table.rows if not only_wrong or row.number in by_row]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                      "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("改错")
        bold, red = book.add_format({"bold": True, "bottom": 1}), book.add_format({"bg_color": "#FBECE8"})
        for column, name in enumerate((REASON, *table.header)):
            sheet.write_string(0, column, name[:CELL_MOST], bold)
            sheet.set_column(column, column, WIDEST if column == 0 else 18)
        notes = 0
        for line, row in enumerate(rows, 1):
            wrong = by_row.get(row.number, {})
            if wrong:
                sheet.write_string(line, 0, _told(row.number, wrong)[:CELL_MOST], red)
            for column, name in enumerate(table.header, 1):
                text = escaped(row.cells.get(name, ""))[:CELL_MOST]
                if name in wrong:
                    sheet.write_string(line, column, text, red) if text else sheet.write_blank(line, column, None, red)
                    if (notes := notes + 1) <= NOTES:
                        sheet.write_comment(line, column, "；".join(wrong[name])[:2000])
                elif text:
                    sheet.write_string(line, column, text)
        sheet.freeze_panes(1, 1)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(table.header))
    return buffer.getvalue()


def _told(number: int, wrong: dict[str, list[str]]) -> str:
    said = "；".join(f"{column}：{message}" if column else message
                    for column, messages in wrong.items() for message in messages)
    return f"原表第 {number} 行　{said}"
