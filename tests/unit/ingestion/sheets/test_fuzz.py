"""Anything may be sent as a sheet: it is read, or refused with words; nothing else comes out."""

import contextlib
import io
import pathlib
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.sheets.cells import Columns
from ingestion.sheets.fields import FIELDS
from ingestion.sheets.grid import Grid, filled
from ingestion.sheets.headers import table_of
from ingestion.sheets.kinds import ROWS
from ingestion.sheets.mapping import recognised
from ingestion.sheets.tables import open_table
from ingestion.sheets.values import sheet_day, sheet_range, sheet_yuan
from models.errors import Invalid
from models.sheets import SheetKind

NAMES = st.sampled_from([name for fields in FIELDS.values() for field in fields
                         for name in (field.label, *field.names)])
CELLS = st.one_of(st.text(max_size=20), NAMES, st.sampled_from(["2026.6.30", "44012", "25万元", "合计", "注：", "", " "]))
XLS = (pathlib.Path(__file__).parent / "files/demands.xls").read_bytes()
KINDS = st.sampled_from(list(SheetKind))


def read_or_refused(name: str, data: bytes, kind: SheetKind) -> None:
    with contextlib.suppress(Invalid):
        table = open_table(name, data, kind)
        assert len(set(table.header)) == len(table.header)


@settings(max_examples=300)
@given(st.binary(max_size=300), st.sampled_from([".csv", ".tsv", ".txt", ".jsonl"]), KINDS)
def test_any_bytes_as_a_text(data, suffix, kind):
    read_or_refused(f"表{suffix}", data, kind)


@settings(max_examples=200)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=12), KINDS,
       st.lists(st.tuples(*[st.integers(0, 9)] * 4), max_size=3))
def test_any_grid_has_a_table_whose_rows_are_judged(rows, kind, merged):
    lines = filled(enumerate(rows, 1))
    if not lines:
        return
    areas = tuple((min(a, c) + 1, min(b, d), max(a, c) + 1, max(b, d)) for a, b, c, d in merged)
    table = table_of(Grid(lines, areas), kind)
    columns = Columns(kind, table, recognised(table, kind))
    for row in table.rows:
        cells = columns.of(row)
        with contextlib.suppress(Invalid):
            ROWS[kind].read(cells, ROWS[kind].key(cells))


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=30), st.from_regex(r"[0-9〇一二十年月日./\-万元亿至~ ]{1,16}", fullmatch=True)))
def test_any_cell_as_a_day_or_an_amount(text):
    for read in (sheet_day, sheet_yuan, sheet_range):
        with contextlib.suppress(Invalid):
            read(text, "列", "值")


def book() -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["标题", "难题", "截止日期"])
        sheet.write_row(1, 0, ["海带", "耗汽", 44012])
    return data.getvalue()


BOOK = book()


@pytest.mark.slow
@settings(max_examples=25)
@given(st.integers(0, len(BOOK) - 1), st.integers(0, 255), st.booleans())
def test_a_workbook_with_a_byte_changed_or_its_end_cut_off(place, byte, cut):
    data = BOOK[:place] if cut else BOOK[:place] + bytes([byte]) + BOOK[place + 1:]
    read_or_refused("表.xlsx", data or b"x", SheetKind.demand)


@pytest.mark.slow
@settings(max_examples=15)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=200))
def test_a_workbook_whose_sheet_is_any_text(text):
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name.endswith("sheet1.xml") else old.read(name))
    read_or_refused("表.xlsx", data.getvalue(), SheetKind.demand)


@pytest.mark.parametrize("length", [4184, 5208])
def test_an_xls_cut_where_its_reader_panics_is_refused(length):
    """Found by a long fuzz: calamine stops its process, which is not ours."""
    with pytest.raises(Invalid, match="已经损坏"):
        open_table("表.xls", XLS[:length], SheetKind.demand)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(XLS) - 1), st.integers(0, 255)), min_size=1, max_size=6),
       st.integers(0, 600))
def test_an_xls_with_bytes_changed_or_its_end_cut_off(changes, cut):
    data = bytearray(XLS)
    for place, byte in changes:
        data[place] = byte
    read_or_refused("表.xls", bytes(data[:len(data) - cut]), SheetKind.demand)
