"""A notice from its text to a definition that the contests know: each value decided, nothing real before."""


import pytest
from sqlalchemy import func, select

from benchmarks.notices.__main__ import INVENTED
from contests.adopted import base_of
from contests.season_settings import open_season
from contests.seasons import definition_of, unsaid
from ingestion.notices.decisions import Verdict, asked, shown
from jobs.drafts.notices import adopt_notice, bring_in, decide, draft_of, notices, reopen
from models.accounts import Role
from models.audit import AuditEvent
from models.base import today
from models.errors import Conflict, Forbidden, Invalid
from models.notices import ContestDefinition
from tests import factories

TEXT = (INVENTED / "haijia.txt").read_text()


@pytest.fixture
def staff(session):
    return factories.staff(session)


@pytest.fixture
def notice(session, staff):
    return bring_in(session, staff, "haijia.txt", TEXT)


def all_right(notice):
    return {one.path: (Verdict.accepted, shown(one.value)) for one in asked(notice.reading) if one.value is not None}


def test_a_notice_is_read_kept_and_audited(session, notice):
    assert notice.reading["document_number"]["value"] == "海工发〔2026〕12号"
    assert session.scalar(select(AuditEvent.action).where(AuditEvent.subject_id == notice.id)) == "notice.bring_in"


def test_the_same_text_is_taken_up_where_it_was_left(session, staff, notice):
    assert bring_in(session, staff, "again.txt", TEXT).id == notice.id
    assert len(notices(session)) == 1


def test_members_bring_none_in(session):
    with pytest.raises(Forbidden):
        bring_in(session, factories.member(session, Role.expert), "x.txt", TEXT)


def test_nothing_is_real_while_a_value_is_undecided(session, staff, notice):
    with pytest.raises(Invalid, match="项没有核对"):
        adopt_notice(session, staff, notice, "", version=notice.version)
    assert session.scalar(select(func.count()).select_from(ContestDefinition)) == 0


def test_decided_whole_it_becomes_a_contest_that_opens(session, staff, notice):
    decide(session, staff, notice, all_right(notice), version=notice.version)
    made = adopt_notice(session, staff, notice, "haijia-arena", version=notice.version)
    season = open_season(session, staff, made.code, today().year)
    assert [track.name for track in base_of(season).tracks] == ["装备制造赛道", "海洋生物赛道", "数字服务赛道"]
    assert definition_of(season).phases[0].days[0].year == today().year
    assert "public_notice.place" in {setting.key for setting in unsaid(definition_of(season))}


def test_what_a_person_corrects_stands_in_the_draft(session, staff, notice):
    path = next(one.path for one in asked(notice.reading) if one.label == "装备制造赛道.一等奖" and one.field == "places")
    decide(session, staff, notice, {path: (Verdict.corrected, "2 名")}, version=notice.version)
    assert "places = 2\n" in draft_of(notice)


def test_what_a_person_refuses_is_left_out(session, staff, notice):
    path = next(one.path for one in asked(notice.reading) if one.value == "优秀组织奖")
    assert "优秀组织奖" in draft_of(notice)
    decide(session, staff, notice, {path: (Verdict.refused, "优秀组织奖")}, version=notice.version)
    assert "优秀组织奖" not in draft_of(notice)


def test_a_date_that_is_none_is_refused_by_its_place(session, staff, notice):
    with pytest.raises(Invalid) as refused:
        decide(session, staff, notice, {"issued_on": (Verdict.corrected, "二月三十")}, version=notice.version)
    assert refused.value.field == "issued_on"
    assert notice.decisions == {}


def test_two_at_once_the_second_is_told(session, staff, notice):
    seen = notice.version
    decide(session, staff, notice, {"title": (Verdict.accepted, "")}, version=seen)
    with pytest.raises(Conflict):
        decide(session, staff, notice, {"issued_on": (Verdict.accepted, "")}, version=seen)


def test_a_decision_is_taken_back(session, staff, notice):
    decide(session, staff, notice, {"title": (Verdict.accepted, "")}, version=notice.version)
    reopen(session, staff, notice, "title", version=notice.version)
    assert notice.decisions == {}


def test_once_adopted_it_stands(session, staff, notice):
    decide(session, staff, notice, all_right(notice), version=notice.version)
    adopt_notice(session, staff, notice, "", version=notice.version)
    with pytest.raises(Conflict):
        decide(session, staff, notice, {"title": (Verdict.refused, "")}, version=notice.version)


@pytest.mark.parametrize("code", ["weihai-2020", "Bad Code"])
def test_a_code_that_is_taken_or_is_none_makes_nothing(session, staff, notice, code):
    decide(session, staff, notice, all_right(notice), version=notice.version)
    with pytest.raises((Conflict, Invalid)) as refused:
        adopt_notice(session, staff, notice, code, version=notice.version)
    assert refused.value.field == "code"


