"""Holidays and make-up days in a sheet: as typed on the site, with the same refusals."""

import datetime as dt

import pytest
from sqlalchemy import select

from contests.publication import calendar
from ingestion.sheets import batches
from jobs import sheets
from models.audit import AuditEvent
from models.publication import CalendarDay, DayKind
from models.sheets import SheetBatch, SheetKind
from tests import factories
from tests.support import awarding

HEADER = "日期\t怎么算\t名称\t依据"
NOTICE = "国办发明电〔2026〕8 号"


@pytest.fixture
def bring(private_database, settings):
    """Bring lines in as staff, or as the operator at the command line; the batch as it ended."""
    with private_database.write() as session:
        staff_id = factories.staff(session).id

    def of(*lines: str, operator: bool = False) -> SheetBatch:
        data = "\n".join((HEADER, *lines)).encode()
        with private_database.write() as session:
            actor = None if operator else session.get(factories.User, staff_id)
            batch = batches.open_batch(session, settings, actor, SheetKind.calendar, "放假.tsv", data)
        sheets.work(private_database, settings, batch.id)
        with private_database.write() as session:
            found = batches.find_batch(session, batch.id)
            if not found.found.get("refused") and set(found.found) - {"unchanged"}:
                batches.start(session, found.user, found, partial=False)
        sheets.work(private_database, settings, batch.id)
        with private_database.read() as session:
            found = batches.find_batch(session, batch.id)
            found.said = [one.message for one in batches.problems(session, found)]
            return found
    return of


def days(database) -> dict[dt.date, tuple[DayKind, str]]:
    with database.read() as session:
        return {one.day: (one.kind, one.name) for one in session.scalars(select(CalendarDay))}


def test_days_come_in_however_they_are_written_and_change_by_a_later_sheet(bring, private_database):
    bring(f"2027年10月1日\t放假\t国庆\t{NOTICE}", f"2027.10.9\t上班\t调休\t{NOTICE}")
    assert days(private_database) == {dt.date(2027, 10, 1): (DayKind.off, "国庆"),
                                      dt.date(2027, 10, 9): (DayKind.work, "调休")}
    assert bring(f"2027-10-01\t放假\t国庆节\t{NOTICE}", f"2027-10-09\t上班\t调休\t{NOTICE}").written == {
        "changed": 1, "unchanged": 1}
    assert days(private_database)[dt.date(2027, 10, 1)] == (DayKind.off, "国庆节")
    with private_database.read() as session:
        acts = session.scalars(select(AuditEvent).where(AuditEvent.action == "calendar.imported")).all()
        assert len(acts) == 3
        assert None not in {one.actor_id for one in acts}


@pytest.mark.parametrize(("line", "says"), [
    (f"2027-10-02\t放假\t\t{NOTICE}", "本来就是周末"), (f"2027-10-08\t上班\t\t{NOTICE}", "本来就是工作日"),
    (f"2027-13-40\t放假\t\t{NOTICE}", "13"), (f"\t放假\t\t{NOTICE}", "写明哪一天"), ("2027-10-01\t放假\t\t", "依据"),
    (f"2027-10-01\t也许\t\t{NOTICE}", "怎么算写"), (f"2027-10-01\t放假\t{'长' * 41}\t{NOTICE}", "名称")])
def test_what_the_site_would_refuse_a_sheet_is_refused_too(bring, private_database, line, says):
    assert says in "；".join(bring(line).said)
    assert days(private_database) == {}


def test_a_day_twice_in_two_writings_is_said(bring):
    told = bring(f"2027-10-01\t放假\t国庆\t{NOTICE}", f"2027年10月1日\t放假\t中秋\t{NOTICE}")
    assert "第 2 行的日期一样" in "；".join(told.said)


def test_the_command_line_enters_none_since_each_says_who_entered_it(bring, private_database):
    assert "记下是谁录的" in bring(f"2027-10-01\t放假\t国庆\t{NOTICE}", operator=True).said[0]
    assert days(private_database) == {}


def test_a_day_that_a_running_notice_was_counted_over_stays(bring, private_database):
    with private_database.write() as session:
        notice = awarding.notice(session)
        within = next(day for n in range(9) if (day := notice.opened_on + dt.timedelta(days=n)).weekday() == 5)
        assert within <= notice.last_day
    assert "印出去的日期不能变" in bring(f"{within}\t上班\t\t{NOTICE}").said[0]


def test_the_page_offers_its_days_as_a_sheet(client, session):
    staff = factories.staff(session)
    page = client.login(staff).get("/staff/calendar?year=2026").text
    assert "calendar.xlsx" not in page
    calendar.import_year(session, staff, 2026, source=NOTICE)
    assert "/staff/imports/export/calendar.xlsx" in client.get("/staff/calendar?year=2026").text
