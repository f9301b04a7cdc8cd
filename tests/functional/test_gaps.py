"""本市缺的本领: what the worker found, by skill, for staff alone."""

import datetime as dt
import io

import openpyxl
import pytest

from models.base import now
from models.outlooks import Best, DemandOutlook
from tests import factories


@pytest.fixture
def hanging(session):
    """A demand that nobody answers, posted 40 days ago, and one that somebody does."""
    demand = factories.demand(session, published_at=now() - dt.timedelta(days=40))
    answered = factories.demand(session, title="有人能做的一条需求")
    facts = dict(examined=7, required=2, binding="插接处跳动量", figure="≤0.03 mm", nearest="=跳动量 0.05 mm")
    factories.add(session, DemandOutlook(demand_id=demand.id, best=Best.none, covered=1, written_by=0,
                                         short_since=now() - dt.timedelta(days=9), **facts))
    factories.add(session, DemandOutlook(demand_id=answered.id, best=Best.good, covered=2, written_by=3, **facts))
    return demand


@pytest.fixture
def staff(client, session):
    return client.login(factories.staff(session))


def test_staff_come_to_it_from_the_diagnosis(staff, hanging):
    assert 'href="/staff/gaps"' in staff.get("/staff/diagnosis").text
    page = staff.get("/staff/gaps").text
    for shown in (hanging.title, "插接处跳动量", "≤0.03 mm", "40 天", "1 / 2 项", "本市还缺这门本领"):
        assert shown in page
    assert "有人能做的一条需求" not in page


def test_it_is_exported_as_it_stands(staff, hanging):
    answer = staff.get("/staff/gaps/gaps.xlsx")
    head, row = openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True)
    assert len(head) == len(row)
    assert (row[0], row[1], row[3], row[6], row[7], row[8], row[9]) == ("插接处跳动量", 0, hanging.title, 40, 9, 1, 2)


def test_nothing_is_claimed_before_anybody_looked(staff, session):
    factories.demand(session)
    assert "看过 0 条" in staff.get("/staff/gaps").text


@pytest.mark.parametrize(("best", "status"), [("none", 200), ("partial", 200), ("good", 404), ("x", 404)])
def test_other_tabs_are_no_pages(staff, best, status):
    assert staff.get("/staff/gaps", query_string={"best": best}).status_code == status


def test_members_do_not_see_it(client, session, hanging):
    assert client.login(hanging.author).get("/staff/gaps").status_code == 403
    assert client.get("/staff/gaps/gaps.xlsx").status_code == 403
