"""What goes out as a sheet comes in again as it was: into an empty city, and into the one it came from."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from ingestion.sheets import exporting
from ingestion.sheets.checking import Judge
from ingestion.sheets.escaping import escaped, unescaped
from ingestion.sheets.judging import Origin, Verdict
from ingestion.sheets.lines import joined, parted
from ingestion.sheets.mapping import recognised
from ingestion.sheets.tables import open_table
from models.accounts import Organisation
from models.capabilities import Capability, ProofKind
from models.demands import Confidentiality, CooperationType
from models.sheets import SheetKind
from tests import factories

ORDER = (SheetKind.organisation, SheetKind.expert, SheetKind.capability, SheetKind.demand)
TRICKY = "=HYPERLINK(\"http://x\")，'=1+1，_x000D_，第一行\n第二行　全角，emoji 🐟，\\n | 竖线"


def bring(session, kind: SheetKind, data: bytes):
    table = open_table("表.xlsx", data, kind)
    judge = Judge(kind, table, recognised(table, kind))
    judged = judge.judge(session, Origin(), table.rows)
    assert [problem for one in judged for problem in one.problems] == []
    judge.rows_of.write(session, Origin(), [one for one in judged if one.verdict in (Verdict.new, Verdict.changed)])
    session.expire_all()
    return judged


def taken_out(session) -> dict[SheetKind, list[list[str]]]:
    return {kind: sorted(exporting.rows(session, kind)) for kind in ORDER}


@pytest.fixture
def city(session):
    """One of everything, with what is hard to carry in its texts."""
    firm = factories.contact(session)
    factories.demand(
        session, firm, title="=cmd|' /C calc'!A0 的题目", problem=TRICKY + "长" * 70_000, constraints="-5 ℃ 以下",
        tried="@试过", cooperation_type=CooperationType.licence,
        budget_min=Decimal("1234567.89"), budget_max=Decimal(200_000_000),
        deadline=dt.date(2027, 1, 31), confidentiality=Confidentiality.internal, ownership="'单引号开头",
        number="WH-2026-0007", industry_code="C2444",
        targets=(("跳动 | 量", "≤0.03 mm", "百分表\\三次", True), ("=成本", "", "", False)))
    person = factories.expert(session, name="林试", bio="+86 的\n简介", capacity=3)
    skill = factories.capability(session, person, ("插接 | 跳动", "降到 0.025 mm"))
    skill.claims[0].proof, skill.claims[0].year = ProofKind.patent, 2024
    session.add(Capability(source="file", external_id="007", title="导入的成果", summary="－1 开头"))
    session.execute(update(Organisation).values(industry_code="C3411"))
    session.flush()
    return session


def test_a_city_taken_out_and_brought_into_an_empty_one_is_the_same(city, private_database):
    before = taken_out(city)
    with private_database.write() as session:
        for kind in ORDER:
            bring(session, kind, exporting.workbook(kind, before[kind]))
    with private_database.read() as session:
        assert taken_out(session) == before


def test_what_was_taken_out_changes_nothing_where_it_came_from(city):
    for kind in ORDER:
        judged = bring(city, kind, exporting.workbook(kind, list(exporting.rows(city, kind))))
        assert {one.verdict for one in judged} == {Verdict.unchanged}, kind


def test_nothing_taken_out_is_a_formula_even_once_saved_as_csv(city):
    for kind in ORDER:
        book = openpyxl.load_workbook(io.BytesIO(exporting.workbook(kind, list(exporting.rows(city, kind)))))
        cells = [cell for row in book.active.iter_rows() for cell in row if cell.value]
        assert {cell.data_type for cell in cells} == {"s"}
        assert not [cell.value for cell in cells if str(cell.value).startswith(("=", "+", "-", "@", "＝", "－"))]


@given(st.text())
def test_every_text_comes_back_from_its_escape(text):
    assert unescaped(escaped(text)) == text


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("C", "Z"))), min_size=2,
                max_size=4))
def test_parts_on_a_line_come_back(parts):
    assert parted(joined(parts)) == parts


PRINTABLE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), include_characters="\n"), max_size=60)


@settings(max_examples=15)
@given(st.lists(PRINTABLE.map(str.strip).filter(bool), min_size=3, max_size=3))
def test_any_text_comes_back_from_a_workbook(texts):
    line = ["n1", texts[0].replace("\n", " "), texts[1], "", "", texts[2]]
    line += [""] * (len(exporting.header(SheetKind.demand)) - len(line))
    table = open_table("表.xlsx", exporting.workbook(SheetKind.demand, [line]), SheetKind.demand)
    cells = {key: unescaped(table.rows[0].cells.get(column, "")) for column, key in
             recognised(table, SheetKind.demand).items()}
    assert (cells["title"], cells["text"], cells["tried"]) == (line[1], line[2], line[5])
