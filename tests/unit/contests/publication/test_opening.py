"""A list is shown only when it is decided, approved, and its days are set; the days are counted by the calendar."""

import datetime as dt

import pytest

from contests.publication.calendar import set_day
from contests.publication.opening import open_notice, withdraw_notice
from ledger import log
from models.audit import AuditEvent
from models.base import clock_at
from models.contests import EntryStatus
from models.errors import Conflict, Forbidden, Invalid, Refused
from models.publication import DayKind, NoticeStatus, PublicNotice
from tests import factories
from tests.support import awarding


def opened(session, staff, season, **options):
    approval = options.pop("approval", None) or awarding.approval()
    return open_notice(session, staff, season, approval, **{"calendar_checked": True} | options)


def test_the_list_is_frozen_with_its_approval_and_written_to_the_ledger(session, notice):
    assert [(line.position, line.grade, line.rank) for line in notice.lines] == [
        (1, "first", 1), (2, "second", 2), (3, "second", 3), (4, "third", 4)]
    assert (notice.opened_on, notice.last_day) == (dt.date(2026, 12, 8), dt.date(2026, 12, 15))
    leaf = log.entry(session, notice.ledger_index)
    assert (leaf.leaf.type, len(leaf.leaf.references)) == ("notice.published", 4)
    assert "phone" not in "".join(opening.value.decode() for opening in leaf.openings.values())
    assert session.query(AuditEvent).filter_by(action="notice.open").one().subject_id == notice.id


def test_a_phone_typed_into_the_employer_is_not_shown(session, staff, season):
    entry = awarding.submitted(session, season, factories.expert(session).user, employer="海岬大学 13800000000",
                               track="school_enterprise")
    awarding.award(session, entry)
    assert [line.organisation for line in opened(session, staff, season).lines][-1] == "海岬大学 138****"


@pytest.mark.parametrize(("changes", "message"), [
    ({"public_notice.days": ""}, "公示几个工作日还没有定"),
    ({"phases.public_notice.starts": "2026-12-09"}, "公示从 2026 年 12 月 9 日开始"),
    ({"phases.public_notice.ends": "2026-12-14"}, "只到 2026 年 12 月 14 日"),
])
def test_without_its_days_or_outside_its_phase_it_is_refused_with_the_clause(session, staff, changes, message):
    settings = {key: value for key, value in (awarding.SETTINGS | changes).items() if value}
    season = awarding.decided(session)
    season.settings = settings
    with pytest.raises(Refused, match=message) as refused:
        opened(session, staff, season)
    assert "威工发〔2020〕16号 三（三）" in refused.value.clause
    assert session.query(PublicNotice).count() == 0


def test_without_awards_there_is_nothing_to_show(session, staff):
    with pytest.raises(Refused, match="没有评出") as refused:
        opened(session, staff, awarding.decided(session, winners=0))
    assert "研究审定后" in refused.value.clause


@pytest.mark.parametrize(("changes", "field"), [
    ({"by": " "}, "approved_by"), ({"on": None}, "approved_on"), ({"on": dt.date(2026, 12, 9)}, "approved_on"),
    ({"minutes": ""}, "minutes"), ({"minutes": "会" * 201}, "minutes"),
])
def test_without_the_record_of_approval_it_does_not_open(session, staff, season, changes, field):
    with pytest.raises(Invalid) as refused:
        opened(session, staff, season, approval=awarding.approval(**changes))
    assert (refused.value.field, session.query(PublicNotice).count()) == (field, 0)


def test_a_year_without_any_entered_holiday_has_to_be_looked_at(session, staff, season):
    with pytest.raises(Invalid, match="2026 年的放假和调休还没有录入") as refused:
        opened(session, staff, season, calendar_checked=False)
    assert refused.value.field == "calendar_checked"
    set_day(session, staff, dt.date(2026, 12, 10), DayKind.off, name="试验日", source="试验通知")
    assert opened(session, staff, season, calendar_checked=False).last_day == dt.date(2026, 12, 16)


def test_a_withdrawn_entry_is_not_shown_as_a_winner(session, staff, season):
    awarding.award(session, awarding.submitted(session, season, factories.expert(session).user,
                                               status=EntryStatus.withdrawn), "third", 5)
    with pytest.raises(Refused, match="已经退回或撤回"):
        opened(session, staff, season)


def test_an_award_is_on_one_notice_only_and_a_later_one_gets_its_own(session, staff, season, notice):
    with pytest.raises(Refused, match="还没公示过"):
        opened(session, staff, season)
    awarding.award(session, awarding.submitted(session, season, factories.expert(session).user), "third", 5)
    later = opened(session, staff, season, track="tech_challenge")
    assert (later.number, [line.rank for line in later.lines]) == (2, [5])


def test_after_it_was_taken_down_with_a_reason_the_list_may_be_shown_anew(session, staff, season, notice):
    with pytest.raises(Invalid):
        withdraw_notice(session, staff, notice, " ")
    withdraw_notice(session, staff, notice, "二等奖的单位写错了")
    assert notice.status is NoticeStatus.withdrawn
    with pytest.raises(Conflict):
        withdraw_notice(session, staff, notice, "再来")
    assert opened(session, staff, season).number == 2


@pytest.mark.parametrize("person", [factories.contact, lambda session: factories.expert(session).user])
def test_only_staff_open_one(session, season, person):
    with pytest.raises(Forbidden):
        opened(session, person(session), season)


class TestCalendar:
    @pytest.mark.parametrize(("day", "kind"), [("2026-12-12", DayKind.off), ("2026-12-10", DayKind.work)])
    def test_a_day_that_is_so_already_is_not_entered(self, session, staff, day, kind):
        with pytest.raises(Invalid, match="本来就是"):
            set_day(session, staff, dt.date.fromisoformat(day), kind, name="", source="通知")

    def test_a_day_needs_the_notice_it_is_from(self, session, staff):
        with pytest.raises(Invalid) as refused:
            set_day(session, staff, dt.date(2026, 12, 10), DayKind.off, name="", source=" ")
        assert refused.value.field == "source"

    def test_a_printed_last_day_is_not_moved_from_under_a_running_notice(self, session, staff, notice):
        with pytest.raises(Conflict, match="印出去的日期不能变"):
            set_day(session, staff, dt.date(2026, 12, 10), DayKind.off, name="", source="通知")
        with clock_at(awarding.AFTER):
            set_day(session, staff, dt.date(2026, 12, 17), DayKind.off, name="", source="通知")
        assert notice.last_day == dt.date(2026, 12, 15)
