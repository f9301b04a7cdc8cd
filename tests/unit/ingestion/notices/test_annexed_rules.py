"""Rules that a notice leaves to what it sends along, groups under letters, weights that do not add up; all invented."""

from ingestion.notices.reader import read
from tests.unit.ingestion.notices.test_unseen_wordings import awards_of, reading, tracks_of

LETTERED = ["一、赛道设置", "A赛道——企业命题赛道：由企业出题。参赛对象为在校学生组成的团队。",
            "B赛道——成果转化赛道：面向可转化的成果。参赛对象为高校教师。"]
LETTER = """关于举办甲川杯创新大赛的通知

各有关单位：

{body}

附件：1.报名表

2.各赛道评审标准

甲川市科学技术局

2025年3月3日

附件2

{annex}"""


def sent(body, annex):
    return read(LETTER.format(body="\n\n".join(body), annex="\n\n".join(annex)))


def test_a_letter_and_its_word_name_a_track_wherever_they_stand():
    assert tracks_of(*LETTERED) == [("企业命题赛道", "在校学生组成的团队"), ("成果转化赛道", "高校教师")]
    assert [one.code.value for one in reading(*LETTERED).tracks] == ["A", "B"]
    assert awards_of(*LETTERED, "二、奖项设置", "（一）A赛道：一等奖1项，奖金10万元。", "（二）B赛道：一等奖2项，每项奖金3万元。") == [
        ("企业命题赛道", "一等奖", 1, 100_000), ("成果转化赛道", "一等奖", 2, 30_000)]


def test_papers_told_in_a_line_a_group_are_of_that_group():
    found = reading(*LETTERED, "二、提交材料", "A赛道：解答方案书、学籍证明；", "B赛道：成果说明书、转化计划书。",
                    "各赛道均须提交参赛报名表（附件2）和原创性声明。").materials
    assert [(one.track.value, one.name.value) for one in found] == [
        ("企业命题赛道", "解答方案书"), ("企业命题赛道", "学籍证明"), ("成果转化赛道", "成果说明书"),
        ("成果转化赛道", "转化计划书"), (None, "参赛报名表"), (None, "原创性声明")]


def test_criteria_in_an_annex_are_the_notices_under_headings_without_a_number():
    found = sent(LETTERED, ["各赛道评审标准", "A赛道（企业命题赛道）", "1.契合度（60分）：切中痛点。", "2.创新性（40分）：思路新颖。",
                            "B赛道（成果转化赛道）", "1.先进性（70分）：优势明显。", "2.成熟度（30分）：完成中试。"])
    assert [(one.track.value, one.name.value, float(one.weight.value)) for one in found.indicators] == [
        ("企业命题赛道", "契合度", .6), ("企业命题赛道", "创新性", .4), ("成果转化赛道", "先进性", .7), ("成果转化赛道", "成熟度", .3)]
    assert not any("分值" in one.value for one in found.warnings)


def test_weights_that_do_not_add_up_are_read_and_said():
    found = reading("一、评审标准", "评审委员会从以下方面打分：", "创新性：构思新颖，有明显改进（30分）；", "实用性：结构合理，已在生产中应用（35分）；",
                    "效益性：有可测算的经济效益（30分）。", "以上各项合计100分。")
    assert [(one.name.value, float(one.weight.value)) for one in found.indicators] == [
        ("创新性", .3), ("实用性", .35), ("效益性", .3)]
    assert [one.value for one in found.warnings if "分值" in one.value] == ["评审指标的分值加起来是 95，不是 100：请核对"]


def test_support_by_class_is_an_award_a_class():
    assert [(one.name.value, one.places.value, int(one.amount_min.value), int(one.amount_max.value))
            for one in reading("一、支持方式", "（一）重大攻关类：每项支持800万元至1500万元，全省不超过3项。",
                               "（二）重点攻关类：每项支持200万元至500万元，全省不超过12项。").awards] == [
        ("重大攻关类", 3, 8_000_000, 15_000_000), ("重点攻关类", 12, 2_000_000, 5_000_000)]


def test_what_a_former_contest_gave_is_no_award_of_this_one():
    assert awards_of("一、奖项", "上届大赛共收到作品287件，评出一等奖12件。") == []


def test_a_plan_that_a_notice_sends_on_has_its_rules_though_the_notice_has_headings_of_its_own():
    plan = ["甲川杯技能竞赛实施方案", "一、竞赛项目和参赛对象", "（一）车工（单人赛）。面向全市企业车工。", "（二）焊工（单人赛）。面向全市企业焊工。",
            "二、参赛条件", "1.年满18周岁；", "2.在职职工。", "三、奖励", "各竞赛项目设一等奖1名。"]
    found = sent(["现将《甲川杯技能竞赛实施方案》印发给你们，请遵照执行。", "一、提高认识。", "二、广泛发动。", "三、严守纪律。"], plan)
    assert [one.name.value for one in found.tracks] == ["车工", "焊工"]
    assert [one.value for one in found.eligibility] == ["年满18周岁", "在职职工"]
    assert [(one.track.value, one.places.value) for one in found.awards] == [("车工", 1), ("焊工", 1)]
    assert not any("序号" in one.value for one in found.warnings)


def test_prizes_of_two_groups_in_one_sentence_and_sums_said_once_for_both():
    assert awards_of("一、组别", "大赛设技术组、现场组两个组别。", "二、奖励", "技术组设一等奖2个、二等奖4个，现场组设一等奖1个、二等奖3个。"
                     "一等奖每个奖励1万元，二等奖每个奖励6000元。") == [
        ("技术组", "一等奖", 2, 10_000), ("技术组", "二等奖", 4, 6_000), ("现场组", "一等奖", 1, 10_000), ("现场组", "二等奖", 3, 6_000)]


def test_a_share_that_is_a_bound_is_told_once():
    assert [one.bound.value for one in reading("一、奖项", "一等奖不超过本组参赛作品总数的5%。").quotas] == ["at_most"]


def test_a_fax_is_no_telephone_and_a_line_may_begin_with_who_answers():
    found = {(one.kind.value, one.value.value) for one in reading(
        "一、联系方式", "甲某某 0999-5550001", "传真：0999-5550002").contacts}
    assert found == {("联系人", "甲某某"), ("电话", "0999-5550001"), ("传真", "0999-5550002")}
