"""The founding contests played through, as `jiebang contest run` shows them."""

import re

import pytest
from sqlalchemy import select

from contests.projections import disagreements
from contests.promotions import promote, require_promoted
from contests.scenarios import smeie_2023, smeie_2023_result, smeie_2023_review, weihai_2020, weihai_2020_result
from contests.scenarios.play import NotRefused, Play
from contests.seasons import definition_of
from models.awards import Award
from models.base import now
from models.contests import Entry, EntryStatus
from models.errors import Conflict, Forbidden, Refused
from models.reviews import ReviewRound, RoundState
from tests import factories

PAID = (("周砚秋", "10,000.00", "2,000.00", "8,000.00"), ("林知远", "6,000.00", "1,200.00", "4,800.00"),
        ("苏问渠", "3,000.00", "600.00", "2,400.00"), ("沈一鸣", "3,000.00", "600.00", "2,400.00"),
        ("程渡", "10,000.00", "2,000.00", "8,000.00"), ("许引桥", "6,000.00", "1,200.00", "4,800.00"))


@pytest.fixture
def told(session) -> Play:
    lines: list[str] = []
    run = Play(session, lines.append)
    run.lines = lines
    return run


def assert_only_forward_in_time(told):
    moments = [line.strip() for line in told.lines if re.fullmatch(r"  \d{4}-\d\d-\d\d [\d:]+", line)]
    assert len(moments) > 5
    assert moments == sorted(moments)


def test_weihai_refuses_every_wrong_way_in_with_its_clause(session, told):
    stage = weihai_2020.play(told)
    said = "\n".join(one.message for one in told.refused)
    for words in ("平台外的合作", "合同签在 2019 年", "就超过 100%", "现在还没到", "先读声明", "没有找到这份报名",
                  "由入驻的专家报名", "不能再改", "还没有可以报名的合作", "24:00 截止"):
        assert words in said
    assert all("威工发〔2020〕16号" in one.clause for one in told.refused)
    assert len(stage.entries) == 6
    assert disagreements(session) == []


def test_weihai_goes_from_its_contracts_to_the_published_result(session, told):
    awards = weihai_2020_result.play(told)
    assert [(one.track, one.grade, one.rank) for one in awards] == [
        ("tech_challenge", "first", 1), ("tech_challenge", "second", 2), ("tech_challenge", "third", 3),
        ("tech_challenge", "third", 4), ("school_enterprise", "first", 1), ("school_enterprise", "second", 2)]
    said = "\n".join(one.message for one in told.refused)
    for words in ("评审还没有开始", "公示从 2020 年 12 月 14 日开始", "已经封存", "拟名单和审定要两个人", "24:00 才结束", "1 条异议没有答复", "材料是您核验的",
                  "怎么扣税还没有确认", "现在写的是 10,000.01 元", "不能再发"):
        assert words in said
    assert_only_forward_in_time(told)
    assert "证书 6 张" in told.results[6]
    assert told.results[7:] == [f"{name}　奖金 {gross} 元，扣税 {tax} 元，实发 {net} 元　凭证号 记-{number:03d}"
                                for number, (name, gross, tax, net) in enumerate(PAID, 1)]
    assert disagreements(session) == []


def test_smeie_refuses_every_wrong_way_in_with_its_clause(session, told):
    stage = smeie_2023.play(told)
    said = "\n".join(one.message for one in told.refused)
    for words in ("先定下来：报名 开始日", "不能再改", "已经报过机器人+", "团队里没有学生", "不能替别人报名", "只接晋级的", "24:00 截止"):
        assert words in said
    assert all("中小企通〔2023〕49号" in one.clause for one in told.refused)
    assert len(stage.entries) == 6
    assert disagreements(session) == []


def test_smeie_keeps_reviewers_from_their_own_university_and_opens_all_sheets_together(session, told):
    stage = smeie_2023_review.play(told)
    said = "\n".join(one.message for one in told.refused)
    assert "您要回避这份报名：同一单位：海岬大学" in said
    assert "要在 0 到 100 之间，现在是 101" in said
    rounds = session.scalars(select(ReviewRound).where(ReviewRound.season_id == stage.season.id)).all()
    assert {round_.state for round_ in rounds} == {RoundState.opened}
    assert [line.split("　")[2] for line in told.results if line.startswith("机器人+")] == ["云梯队", "磐石队", "惊蛰队"]
    assert disagreements(session) == []


def test_smeie_goes_through_both_stages_to_the_published_result(session, told):
    final = smeie_2023_result.play(told)
    names = {one.grade: session.get_one(Entry, one.entry_id).name for one in final}
    assert names == {"first": "微光队", "second": "云梯队", "third": "长亭队"}
    said = "\n".join(one.message for one in told.refused)
    for words in ("您要回避这份报名", "要在 0 到 100 之间，现在是 101", "“磐石队”没有获得专项赛一等奖，不能晋级"):
        assert words in said
    assert_only_forward_in_time(told)
    assert "证书 9 张" in told.results[-1]
    assert disagreements(session) == []


def test_a_play_gives_the_same_result_each_time(session):
    """The draw of reviewers and of the order on stage is by lot; what comes of it is not."""
    results = []
    for _ in range(2):
        with session.begin_nested() as savepoint:
            run = Play(session, str)
            smeie_2023_result.play(run)
            results.append(run.results)
            savepoint.rollback()
        session.expire_all()
    assert results[0] == results[1]


def test_a_play_fails_where_something_forbidden_goes_through(told):
    with pytest.raises(NotRefused), told.refusing("谁"):
        pass


class TestPromotion:
    @pytest.fixture
    def stage(self, session, told):
        return smeie_2023.play(told)

    def award(self, session, stage, entry, grade):
        return factories.add(session, Award(
            season_id=stage.season.id, track=entry.track, entry=entry, grade=grade, rank=1, points=90, minutes="纪要",
            decided_by_id=stage.staff.id, ledger_index=10**6 + stage.entries.index(entry)))

    def test_first_prizes_and_nobody_else_enter_the_final_once(self, session, stage):
        first, second = stage.entries[0], stage.entries[1]
        self.award(session, stage, first, "first").ledger_index = first.ledger_index
        self.award(session, stage, second, "second")
        entered, = promote(session, stage.staff, stage.season)
        assert (entered.name, entered.track, entered.status) == (first.name, "final", EntryStatus.submitted)
        assert [one.name for one in entered.members] == [one.name for one in first.members]
        assert "晋级全国总决赛" in entered.snapshot["clause"]
        assert [one.text for one in disagreements(session) if one.text.startswith("报名")] == []
        with pytest.raises(Conflict):
            promote(session, stage.staff, stage.season)

    def test_a_second_prize_is_told_why_it_does_not_go_on(self, session, stage):
        self.award(session, stage, stage.entries[1], "second")
        with pytest.raises(Refused, match="没有获得专项赛一等奖") as caught:
            require_promoted(session, definition_of(stage.season), stage.entries[1])
        assert "获得专项赛一等奖的团队晋级" in caught.value.clause

    def test_a_revoked_award_promotes_nobody(self, session, stage):
        award = self.award(session, stage, stage.entries[0], "first")
        award.revoked_at, award.revoked_for = now(), "异议成立"
        with pytest.raises(Conflict):
            promote(session, stage.staff, stage.season)

    def test_only_staff_promote(self, session, stage):
        with pytest.raises(Forbidden):
            promote(session, stage.entries[0].user, stage.season)
