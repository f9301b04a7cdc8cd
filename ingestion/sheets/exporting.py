"""Lists as sheets that read again: the same columns that an import knows, every value as it would be typed."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import xlsxwriter
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from ingestion.sheets.escaping import escaped
from ingestion.sheets.fields import FIELDS, KIND_NAMES, UNIT_LABELS
from ingestion.sheets.writers import WRITERS
from models.capabilities import Capability, CapabilityStatus
from models.demands import Demand, DemandStatus
from models.sheets import SheetKind

CELL_MOST = 32_000
"""Characters of a cell; XLSX holds 32,767, and a mark may come before."""
POSTED = (DemandStatus.published, DemandStatus.taken, DemandStatus.expired, DemandStatus.closed)
FETCHED = 1_000
Only = ColumnElement[bool] | Callable[[Any], ColumnElement[bool]]
Write = Callable[[Any], dict[str, Any]]
LEFT_OUT = frozenset({"budget"})
"""Fields that only imports know: an export writes the least and the most apart."""


def header(kind: SheetKind) -> list[str]:
    return [UNIT_LABELS.get(field.key, field.label) for field in FIELDS[kind] if field.key not in LEFT_OUT]


def rows(session: Session, kind: SheetKind, *only: Only, write: Write | None = None) -> Iterator[list[str]]:
    """The values under `header`, in the order in which they came in: what is public, or what `only` says instead.

    `only`: conditions, or what makes one of the table that is read. `write`: how a row is written where its reader may
    not see all of it.
    """
    keys = [field.key for field in FIELDS[kind] if field.key not in LEFT_OUT]
    for query, usual in WRITERS[kind]:
        table = query.column_descriptions[0]["entity"]
        query = query.where(*(one(table) if callable(one) else one for one in only or PUBLIC.get(kind, ())))
        for one in session.scalars(query.execution_options(yield_per=FETCHED)):
            values = (write or usual)(one)
            yield [values[key] for key in keys]


def workbook(kind: SheetKind, lines: Sequence[list[str]]) -> bytes:
    """The lines as XLSX: all text, nothing a formula, what is too long for a cell going on in a further column."""
    names = header(kind)
    parts = [max((-(-len(escaped(line[place])) // CELL_MOST) for line in lines), default=1) or 1
             for place in range(len(names))]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                      "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(KIND_NAMES[kind])
        bold = book.add_format({"bold": True, "bottom": 1})
        titles = [name if part == 0 else f"{name}（续{part}）" for name, n in zip(names, parts, strict=True)
                  for part in range(n)]
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, bold)
            sheet.set_column(column, column, 40 if title.startswith(("难题", "简介", "标题")) else 18)
        for number, line in enumerate(lines, 1):
            column = 0
            for text, n in zip(line, parts, strict=True):
                whole = escaped(text)
                for part in range(n):
                    if (piece := whole[part * CELL_MOST:(part + 1) * CELL_MOST]):
                        sheet.write_string(number, column, escaped(piece) if part else piece)
                    column += 1
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


PUBLIC = {SheetKind.demand: (Demand.status.in_(POSTED),),
          SheetKind.capability: (Capability.status == CapabilityStatus.published,)}
