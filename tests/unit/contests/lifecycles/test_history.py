import datetime as dt

from contests.lifecycles.history import working_days
from models.publication import CalendarDay, DayKind
from tests import factories


def test_working_days_are_those_of_the_table_that_staff_keep(session):
    friday, monday = dt.date(2026, 11, 20), dt.date(2026, 11, 23)
    assert working_days(session)(friday, 1) == monday
    factories.add(session, CalendarDay(day=monday, kind=DayKind.off, source="虚构的通知",
                                       set_by_id=factories.staff(session).id))
    assert working_days(session)(friday, 1) == dt.date(2026, 11, 24)
