"""Teams enter, judged by every rule of their track and frozen in the ledger; each wrong way in meets its clause."""

import datetime as dt
from dataclasses import replace

import pytest

from contests.entries import attach_material
from contests.group_entries import GroupForm, MemberForm, edit_group, enter_group, submit_group
from contests.projections import disagreements
from contests.submission import withdraw_entry
from ledger import log
from models.base import clock_at
from models.contests import Entry, EntryStatus, MemberKind, Season
from models.errors import Conflict, Forbidden, Invalid, Refused
from tests import factories

OPEN = dt.datetime(2026, 9, 1, 4, tzinfo=dt.UTC)
LAST = dt.datetime(2026, 9, 30, 15, 59, 59, tzinfo=dt.UTC)
LATE = dt.datetime(2026, 9, 30, 16, tzinfo=dt.UTC)


@pytest.fixture
def contest(session) -> Season:
    return factories.add(session, Season(code="smeie-2023", year=2026,
                                         settings={"phases.registration.starts": "2026-07-20"}))


@pytest.fixture
def teacher(session):
    return factories.user(session, name="周砚秋")


def people(teacher) -> list[MemberForm]:
    return [MemberForm("周砚秋", MemberKind.university, "海岬大学", user_id=teacher.id),
            MemberForm("林知远", MemberKind.university, "海岬大学", student=True, defender=True),
            MemberForm("沈一鸣", MemberKind.enterprise, "云港重工")]


def team(session, contest, teacher, track="robot", name="海岬队", members=None) -> Entry:
    entry = enter_group(session, teacher, contest, track, name=name, members=members or people(teacher))
    attach_material(session, teacher, entry, "registration", factories.stored_file(session, name.encode(), teacher))
    return entry


def refusal(session, actor, entry, at=OPEN, kind=Refused):
    """The refusal of handing it in, with nothing changed by it."""
    size = log.head(session).size if log.head(session) else 0
    with clock_at(at), pytest.raises(kind) as caught:
        submit_group(session, actor, entry, declared=True)
    assert entry.status is EntryStatus.draft
    assert entry.snapshot is None
    assert (log.head(session).size if log.head(session) else 0) == size
    return caught.value


def test_a_team_is_frozen_in_the_ledger_with_its_members_in_order(session, contest, teacher):
    entry = team(session, contest, teacher)
    with clock_at(LAST):
        submit_group(session, teacher, entry, declared=True)
    assert entry.status is EntryStatus.submitted
    assert [member["name"] for member in entry.snapshot["members"]] == ["周砚秋", "林知远", "沈一鸣"]
    assert disagreements(session) == []


def test_a_team_without_a_student(session, contest, teacher):
    members = [people(teacher)[0], people(teacher)[2]]
    found = refusal(session, teacher, team(session, contest, teacher, members=members))
    assert found.message == "团队里没有学生，答辩人应由高校学生担任"
    assert "中小企通〔2023〕49号 四" in found.clause


def test_after_the_last_second(session, contest, teacher):
    found = refusal(session, teacher, team(session, contest, teacher), LATE)
    assert "2026 年 9 月 30 日 24:00 截止" in found.message
    assert "报名截止日期为" in found.clause


def test_before_staff_have_said_when_it_begins(session, teacher):
    silent = factories.add(session, Season(code="smeie-2023", year=2025, settings={}))
    assert "先定下来：报名 开始日" in refusal(session, teacher, team(session, silent, teacher)).message


def test_through_two_tracks(session, contest, teacher):
    with clock_at(OPEN):
        submit_group(session, teacher, team(session, contest, teacher), declared=True)
    found = refusal(session, teacher, team(session, contest, teacher, "chip", "换个名字"))
    assert "已经报过机器人+" in found.message
    assert "参赛团队根据攻关领域报名参加专项赛" in found.clause


def test_the_same_members_filed_by_another_of_them(session, contest, teacher):
    with clock_at(OPEN):
        submit_group(session, teacher, team(session, contest, teacher), declared=True)
    student = factories.user(session, name="林知远")
    members = [replace(one, user_id=student.id if one.student else None) for one in people(teacher)]
    assert "已经报过" in refusal(session, student, team(session, contest, student, "chip", "别名", members)).message


def test_twice_under_one_name(session, contest, teacher):
    team(session, contest, teacher)
    with pytest.raises(Conflict, match="已经在机器人"):
        enter_group(session, teacher, contest, "robot", name=" 海岬队 ")


def test_a_withdrawn_team_may_enter_another_track(session, contest, teacher):
    first = team(session, contest, teacher)
    with clock_at(OPEN):
        submit_group(session, teacher, first, declared=True)
        withdraw_entry(session, teacher, first)
        submit_group(session, teacher, team(session, contest, teacher, "chip"), declared=True)


def test_for_somebody_else(session, contest, teacher):
    stranger = factories.user(session)
    found = refusal(session, stranger, team(session, contest, stranger, members=people(teacher)))
    assert "不能替别人报名" in found.message
    assert found.clause


def test_without_its_papers(session, contest, teacher):
    entry = enter_group(session, teacher, contest, "robot", name="海岬队", members=people(teacher))
    assert refusal(session, teacher, entry).message == "报名材料：上传文件"


def test_nobody_walks_into_the_final(session, contest, teacher):
    with pytest.raises(Forbidden, match="只接晋级的") as caught:
        enter_group(session, teacher, contest, "final", name="海岬队")
    assert "专项赛一等奖的团队晋级" in caught.value.clause


def test_a_group_of_persons_is_entered_by_evidence(session, season, teacher):
    with pytest.raises(Forbidden, match="佐证"):
        enter_group(session, teacher, season, "tech_challenge", name="海岬队")


def test_members_change_until_it_is_handed_in(session, contest, teacher):
    entry = team(session, contest, teacher)
    edit_group(session, teacher, entry, GroupForm(entry.phone, "海岬大学", "", people(teacher)[::-1]))
    assert [member.name for member in entry.members] == ["沈一鸣", "林知远", "周砚秋"]
    with clock_at(OPEN):
        submit_group(session, teacher, entry, declared=True)
    with pytest.raises(Conflict):
        edit_group(session, teacher, entry, GroupForm(entry.phone, "海岬大学", ""))


@pytest.mark.parametrize(("name", "members"), [("  ", []), ("队" * 121, []), ("队", [MemberForm(" ", MemberKind.other)]),
                                               ("队", [MemberForm("甲", MemberKind.other)] * 31)])
def test_what_cannot_be_read_is_invalid(session, contest, teacher, name, members):
    with pytest.raises(Invalid):
        enter_group(session, teacher, contest, "robot", name=name, members=members)
