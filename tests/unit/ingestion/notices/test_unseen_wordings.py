"""Wordings that official documents use, each in a short notice of its own."""

import datetime as dt

from ingestion.notices.notice import Source
from ingestion.notices.passages import passages
from ingestion.notices.reader import read

HEAD = "甲川市总工会关于举办2025年技能比武的通知\n\n{to}：\n\n现将有关事项通知如下。\n\n"
FOOT = "\n\n甲川市总工会\n\n2025年3月1日\n"


def reading(*lines, to="各县总工会", foot=FOOT):
    return read(HEAD.format(to=to) + "\n\n".join(lines) + foot)


def said(values):
    return [one.value for one in values]


def awards_of(*lines):
    return [(one.track.value, one.name.value, one.places.value, one.amount_max.value) for one in reading(*lines).awards]


def quotas_of(*lines):
    return [(one.name.value, one.per.value, one.bound.value, float(one.number.value), one.unit.value)
            for one in reading(*lines).quotas]


def test_an_addressee_is_not_cut_inside_its_brackets():
    assert said(reading(to="各县（市、区）总工会，市直机关工会").addressees) == ["各县（市、区）总工会", "市直机关工会"]


def test_issuers_that_sign_without_a_day_are_no_annexes():
    notice = reading("一、安排", "附件：1.报名表", "2.汇总表", foot="\n\n甲川市总工会\n\n附件1\n\n报名表\n\n姓名")
    assert said(notice.issuers) == ["甲川市总工会"]
    assert said(one.name for one in notice.annexes) == ["报名表", "汇总表"]


def test_headings_under_a_setting_of_groups_are_groups_with_their_own_entrants():
    notice = reading("一、组别设置", "（一）焊工组。面向在职焊工。", "（二）学徒组。参赛对象为入职两年以内的学徒。")
    assert [(one.name.value, one.entrants.value) for one in notice.tracks] == [
        ("焊工组", "在职焊工"), ("学徒组", "入职两年以内的学徒")]
    assert said(notice.eligibility) == []
    assert notice.deadlines == ()


def test_heats_are_no_groups():
    assert reading("一、赛制", "比赛分为初赛、复赛、决赛三项。").tracks == ()


def test_sums_one_each_go_to_the_grades_in_their_order():
    assert awards_of("一、奖励", "设一等奖1名、二等奖2名，分别奖励900元、500元；优秀组织奖3个，颁发奖牌。") == [
        (None, "一等奖", 1, 900), (None, "二等奖", 2, 500), (None, "优秀组织奖", 3, None)]


def test_a_sum_that_could_be_of_several_grades_is_left_open():
    assert awards_of("一、奖励", "设一等奖1名、二等奖2名，奖金500元。") == [
        (None, "一等奖", 1, None), (None, "二等奖", 2, None)]


def test_money_of_one_sentence_is_not_given_to_the_grades_of_another():
    assert awards_of("一、奖励", "设一等奖1名、二等奖2名。一等奖另给予500元。另设优秀组织奖3个。") == [
        (None, "一等奖", 1, 500), (None, "二等奖", 2, None), (None, "优秀组织奖", 3, None)]


def test_a_range_of_members_is_two_bounds_of_one_name():
    assert quotas_of("一、组队", "每队3至5人。") == [
        ("每队", "每队", "at_least", 3, "人"), ("每队", "每队", "at_most", 5, "人")]


def test_shares_of_the_entries_go_to_the_grades_in_their_order():
    assert quotas_of("一、奖励", "按参赛项目数的10%、20%设一、二等奖。") == [
        ("一等奖", "参赛项目数", "exactly", 0.1, "比例"), ("二等奖", "参赛项目数", "exactly", 0.2, "比例")]


def test_a_whole_is_named_with_its_brackets():
    assert quotas_of("一、名额", "每个县（市、区）限报3项。")[0][1] == "每个县（市、区）"


def test_a_day_in_brackets_is_named_by_what_stands_before_them():
    notice = reading("一、安排", "决赛（6月20日前）在市职校举行。")
    assert [(one.name.value, one.on.value) for one in notice.deadlines] == [("决赛", dt.date(2025, 6, 20))]


def test_a_system_that_closes_sets_a_deadline():
    assert [one.on.value for one in reading("一、报送", "系统于5月20日24时关闭。").deadlines] == [dt.date(2025, 5, 20)]


def test_a_sentence_goes_on_after_the_number_of_a_page():
    full = "参赛选手须为本市企业在职职工，并具有相应等级的职"
    text = "\n".join([full, full, full, full, "已获表彰的，不", "- 2 -", "得以选手身份参赛。"])
    assert [one.text for one in passages(text, lambda low, high: Source(low, high, ""))][-1].endswith("不得以选手身份参赛。")
