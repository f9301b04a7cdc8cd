"""The cells of one row by field, whatever the sheet calls its columns, and the codes that offices write as words."""

import functools
from collections.abc import Mapping

from ingestion.sheets.escaping import WITHHELD, unescaped
from ingestion.sheets.fields import FIELDS, unit_of
from ingestion.sheets.headers import Row, Table
from ingestion.validation import code, industry
from models import codes
from models.errors import Invalid
from models.sheets import SheetKind


class Columns:
    """What the columns of one table mean. `name` gives what the file calls a field's column, for messages."""

    def __init__(self, kind: SheetKind, table: Table, mapping: Mapping[str, str]):
        self.kind, self.from_1904, self.unvalued = kind, table.from_1904, table.unvalued
        self.column = {key: column for column, key in mapping.items()}
        self.labels = {field.key: field.label for field in FIELDS[kind]}
        self.units = {key: unit_of(column) for key, column in self.column.items()}

    def name(self, key: str) -> str:
        return self.column.get(key) or self.labels.get(key, key)

    def of(self, row: Row) -> "Cells":
        return Cells(self, row)


class Cells:
    """One row. A call gives the text of a field's cell, empty where the file has no such column."""

    def __init__(self, columns: Columns, row: Row):
        self.columns, self.row = columns, row

    def __call__(self, key: str) -> str:
        column = self.columns.column.get(key)
        return unescaped(self.row.cells.get(column, "")) if column else ""

    def given(self, key: str) -> bool:
        """Whether the file says anything of it: it has the column, and an export did not hold the text back."""
        return key in self.columns.column and self(key) != WITHHELD

    def withheld(self) -> list[str]:
        """The columns whose text an export held back from its reader."""
        return [column for key, column in self.columns.column.items() if self(key) == WITHHELD]

    def name(self, key: str) -> str:
        return self.columns.name(key)

    def without_value(self) -> list[str]:
        """The columns in which this row holds a formula that was saved without its value."""
        if not self.columns.unvalued:
            return []
        return [column for column in self.columns.column.values() if (self.row.number, column) in self.columns.unvalued]


def division(value: str, field: str) -> str:
    """A GB/T 2260 code from a code or from a name that only one place of the country has; empty stays empty."""
    typed = value.strip()
    if not typed or typed in codes.divisions():
        return typed
    found = _divisions_named().get(typed, [])
    if len(found) > 1:
        raise Invalid(f"全国有 {len(found)} 个“{typed}”，请写区市代码，比如 {found[0]}", field=field)
    return code(found[0] if found else typed, codes.divisions(), field, "区市代码不在 GB/T 2260 里", optional=True)


def trade(value: str, field: str) -> str:
    """A GB/T 4754 code from a code or from the name of a class; empty stays empty."""
    typed = value.strip()
    return industry(_industries_named().get(typed, typed), field, optional=True)


@functools.cache
def _divisions_named() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for number, name in codes.divisions().items():
        found.setdefault(name, []).append(number)
    return found


@functools.cache
def _industries_named() -> dict[str, str]:
    """Name → the shortest code that has it: a class and its only subclass often share a name."""
    return {name: number for number, name in sorted(codes.industries().items(), key=lambda one: -len(one[0]))}
