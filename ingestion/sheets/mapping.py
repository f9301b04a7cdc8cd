"""Which column of a sheet is which field: by its name, else by what stands in it. A person may correct it."""

import hashlib
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence

from stdnum.cn import uscc as stdnum_uscc

from ingestion.sheets.fields import FIELDS, Field, Shape, folded, named
from ingestion.sheets.headers import Table
from ingestion.sheets.values import looks_like_amount, looks_like_day
from ingestion.validation import EMAIL, LANDLINE, MOBILE
from models.sheets import SheetKind

SAMPLE = 60
ALIKE = 0.8
"""Share of a column's cells that must look like a field."""
LONG = 30
"""Characters, in the middle, of a column that holds running text."""

ColumnMapping = dict[str, str]
"""Column name → field key; columns that are not brought in are left out."""


def recognised(table: Table, kind: SheetKind) -> ColumnMapping:
    """The likeliest field of each column. Exact names first, then names that contain one, then the cells."""
    found: ColumnMapping = {}
    by_name, free = named(kind), list(table.header)
    for match in (_exactly, _partly):
        for column in list(free):
            field = match(folded(column), by_name, set(found.values()))
            if field:
                found[column] = field.key
                free.remove(column)
    for column in list(free):
        cells = [row.cells.get(column, "").strip() for row in table.rows[:SAMPLE * 4]]
        field = _by_content([cell for cell in cells if cell][:SAMPLE], FIELDS[kind], set(found.values()))
        if field:
            found[column] = field.key
    return {column: found[column] for column in table.header if column in found}


def fingerprint(header: Iterable[str]) -> str:
    """The same for sheets with the same columns, however they are ordered, spaced or set."""
    return hashlib.sha256("\n".join(sorted(map(folded, header))).encode()).hexdigest()


def checked_mapping(table: Table, kind: SheetKind, wished: Mapping[str, str]) -> ColumnMapping:
    """What a person chose, without columns and fields that there are none of, each field at most once."""
    keys = {field.key for field in FIELDS[kind]}
    taken: set[str] = set()
    kept: ColumnMapping = {}
    for column in table.header:
        key = wished.get(column, "")
        if key in keys and key not in taken:
            kept[column] = key
            taken.add(key)
    return kept


def missing(kind: SheetKind, mapping: Mapping[str, str]) -> list[Field]:
    """The fields without which no row can come in."""
    given = set(mapping.values())
    return [field for field in FIELDS[kind] if field.required and field.key not in given]


def _exactly(name: str, by_name: Mapping[str, Field], taken: set[str]) -> Field | None:
    field = by_name.get(name)
    return field if field and field.key not in taken else None


def _partly(name: str, by_name: Mapping[str, Field], taken: set[str]) -> Field | None:
    """The longest known name, of two characters or more, that the column's name ends or begins with."""
    inside = [known for known, field in by_name.items() if len(known) >= 2 and field.key not in taken
              and (name.endswith(known) or name.startswith(known)) and len(name) <= 3 * len(known) + 4]
    return by_name[max(inside, key=len)] if inside else None


def _by_content(cells: Sequence[str], fields: Sequence[Field], taken: set[str]) -> Field | None:
    if not cells:
        return None
    shape = shape_of(cells)
    open_fields = [field for field in fields if field.key not in taken]
    of_choices = next((field for field in open_fields if field.choices
                       and _share(cells, field.choices.__contains__) >= ALIKE), None)
    if of_choices:
        return of_choices
    if shape in (Shape.line, Shape.choice, Shape.money):
        return None  # a bare number or a short word may be anything
    return next((field for field in open_fields if field.shape is shape), None)


def shape_of(cells: Sequence[str]) -> Shape:
    """What most of some cells look like."""
    for shape, test in ((Shape.credit_code, stdnum_uscc.is_valid), (Shape.phone, _phone),
                        (Shape.email, EMAIL.fullmatch), (Shape.day, looks_like_day), (Shape.money, looks_like_amount)):
        if _share(cells, test) >= ALIKE:
            return shape
    return Shape.text if cells and statistics.median(map(len, cells)) >= LONG else Shape.line


def _phone(cell: str) -> bool:
    digits = re.sub(r"[\s\-–—()（）]", "", cell)
    return bool(MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits))


def _share(cells: Sequence[str], test) -> float:
    return sum(bool(test(cell)) for cell in cells) / len(cells) if cells else 0.0
