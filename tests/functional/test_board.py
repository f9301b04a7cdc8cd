"""The staff board: figures, the rows behind them, exports, and who may see them."""

import datetime as dt
import io
import re
from decimal import Decimal

import openpyxl
import pytest

from models.accounts import Role
from tests import factories

URL = "/staff/board?by={}&year=2026"


@pytest.fixture
def staff(client, session):
    return client.login(factories.staff(session))


def sign(session, amount, day=dt.date(2026, 3, 1)):
    return factories.collaboration(session, factories.contract(session, signed_on=day, amount=Decimal(amount)))


def test_members_do_not_see_it(client, session):
    assert client.login(factories.contact(session)).get("/staff/board").status_code == 403


def test_visitors_are_asked_to_log_in(client):
    assert client.get("/staff/board").location.startswith("/login")


@pytest.mark.parametrize("by", ["month", "district", "field"])
def test_every_number_opens_as_many_rows(staff, session, by):
    sign(session, 380000)
    sign(session, 125000)
    page = staff.get(URL.format(by)).text
    links = re.findall(r'<a href="(/staff/board/rows\?[^"]+)">([\d.,]+)</a>', page)
    assert links
    for link, number in links:
        rows = staff.get(link.replace("&amp;", "&")).text
        count, amount = re.search(r"共 (\d+) 条", rows)[1], re.search(r"合计 ([\d.,]+) 万元", rows)
        assert number in {count, amount and amount[1]}


def test_amounts_are_summed_in_wan(staff, session):
    sign(session, 380000)
    sign(session, 125000)
    assert ">50.5</a>" in staff.get(URL.format("month")).text


def test_the_sheet_carries_the_table(staff, session):
    sign(session, 380000)
    answer = staff.get("/staff/board/board.xlsx?by=month&year=2026")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("月份", "需求")
    assert rows[-1][0] == "合计"
    assert rows[-1][5] == 38


def test_a_title_that_looks_like_a_formula_stays_text(staff, session):
    factories.demand(session, title="=1+1", published_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    answer = staff.get("/staff/board/rows.xlsx?measure=demands&year=2026")
    cell = openpyxl.load_workbook(io.BytesIO(answer.data)).active["B2"]
    assert (cell.value, cell.data_type) == ("'=1+1", "s")


@pytest.mark.parametrize("query", ["by=planet", "year=x", "measure=money"])
def test_nonsense_is_not_found(staff, query):
    assert staff.get(f"/staff/board/rows?{query}").status_code == 404


def test_nobody_is_led_to_a_page_they_may_not_open(client, session):
    agreed = sign(session, 380000)
    for role, led in ((Role.staff, True), (Role.admin, False)):
        page = client.login(factories.member(session, role)).get("/staff/board/rows?measure=contracts&year=2026").text
        assert (f"/staff/verify/{agreed.id}" in page) is led
