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


def test_a_table_of_weights_is_read_for_the_group_above_it():
    notice = reading("一、赛项设置", "比赛分为车工赛、钳工赛两项。", "二、评分标准", "车工赛", "指标 分值 说明", "精度 70 以图纸为准",
                     "工时 30 以裁判计时为准", "钳工赛", "指标 分值 说明", "装配 60 以图纸为准", "外观 40 无")
    assert [(one.track.value, one.name.value, float(one.weight.value)) for one in notice.indicators] == [
        ("车工赛", "精度", 0.7), ("车工赛", "工时", 0.3), ("钳工赛", "装配", 0.6), ("钳工赛", "外观", 0.4)]


def test_weights_that_do_not_add_up_are_left_out():
    assert reading("一、评分标准", "指标 分值", "精度 70", "工时 20").indicators == ()


def test_a_table_of_prizes_takes_the_unit_of_its_head():
    assert awards_of("一、奖励", "奖项 数量 奖金（万元/个）", "金奖 1 10", "银奖 2 0.5") == [
        (None, "金奖", 1, 100_000), (None, "银奖", 2, 5_000)]


def test_a_sum_without_any_unit_is_left_open():
    assert awards_of("一、奖励", "奖项 数量 奖金", "金奖 1 10", "银奖 2 5") == [
        (None, "金奖", 1, None), (None, "银奖", 2, None)]


def test_grades_across_a_table_are_given_to_the_group_of_each_row():
    assert awards_of("一、类别", "大赛设摄影类、绘画类两个类别。", "二、奖项", "类别 一等奖 二等奖", "摄影类 1名 3名", "绘画类 2名 4名") == [
        ("摄影类", "一等奖", 1, None), ("摄影类", "二等奖", 3, None), ("绘画类", "一等奖", 2, None), ("绘画类", "二等奖", 4, None)]


def test_a_step_runs_from_the_day_of_the_notice():
    phases = reading("一、日程", "作品征集：即日起至2025年5月30日", "作品评选：6月中旬", "作品展览：国庆节期间").phases
    assert [(one.name.value, one.starts_on.value, one.ends_on.value) for one in phases] == [
        ("作品征集", dt.date(2025, 3, 1), dt.date(2025, 5, 30)), ("作品评选", dt.date(2025, 6, 11), dt.date(2025, 6, 20)),
        ("作品展览", None, None)]


def test_a_step_in_january_after_one_in_december_is_of_the_next_year():
    phases = reading("一、日程", "作品征集：10月1日至12月31日", "作品评选：1月中旬").phases
    assert phases[1].starts_on.value == dt.date(2026, 1, 11)


def test_each_group_hands_in_its_own_papers():
    notice = reading("一、赛项设置", "比赛分为车工赛、钳工赛两项。", "二、提交材料",
                     "参加车工赛的，提交车工赛报名表、技能证书；参加钳工赛的，提交钳工赛报名表。")
    assert [(one.track.value, one.name.value) for one in notice.materials] == [
        ("车工赛", "车工赛报名表"), ("车工赛", "技能证书"), ("钳工赛", "钳工赛报名表")]


def test_an_office_its_person_and_their_telephone_stand_in_a_row():
    notice = reading("一、联系方式", "市总工会经济部：张某某，0999-5550001", "市科技局 李某 0999-5550002")
    assert {(one.kind.value, one.value.value) for one in notice.contacts} == {
        ("单位", "市总工会经济部"), ("联系人", "张某某"), ("电话", "0999-5550001"),
        ("单位", "市科技局"), ("联系人", "李某"), ("电话", "0999-5550002")}


def test_steps_that_begin_with_their_days_are_named_by_what_follows():
    phases = reading("一、时间安排", "1.2025年6月1日至6月30日，报名阶段。", "2.2025年7月，各县选拔赛阶段。").phases
    assert [(one.name.value, one.starts_on.value) for one in phases] == [
        ("报名", dt.date(2025, 6, 1)), ("各县选拔赛", dt.date(2025, 7, 1))]


def test_headings_that_carry_days_are_steps_whatever_the_section_is_called():
    phases = reading("一、活动安排", "（一）需求征集（3月中旬至4月10日）", "（二）专家评审（6月）", "（三）立项公示").phases
    assert said(one.name for one in phases) == ["需求征集", "专家评审", "立项公示"]


def test_a_list_of_annexes_may_number_the_word_itself():
    notice = reading("一、报名", "附件1：报名表", "附件2：汇总表")
    assert [(one.name.value, one.present.value) for one in notice.annexes] == [("报名表", False), ("汇总表", False)]


def test_what_is_judged_loses_the_words_that_lead_to_it():
    notice = reading("一、评审", "评审小组对作品的创新性（40分）、实用性（60分）进行打分。")
    assert said(one.name for one in notice.indicators) == ["创新性", "实用性"]


def test_a_prize_of_a_body_is_not_one_of_each_group():
    assert awards_of("一、组别设置", "（一）焊工组。面向在职焊工。", "（二）学徒组。面向在册学徒。", "二、奖励", "设团体奖一等奖1个。") == [
        (None, "一等奖", 1, None)]


def test_the_registration_number_of_a_normative_document_is_read_with_its_label_or_without():
    for line in ("JCDR-2025-0020003", "规范性文件登记号：JCDR-2025-0020003"):
        notice = read(line + "\n\n" + HEAD.format(to="各县总工会") + "一、安排" + FOOT)
        assert notice.registration_number.value == "JCDR-2025-0020003"
        assert notice.registration_number.source.quote == "JCDR-2025-0020003"


def test_measures_in_one_paragraph_are_each_their_own():
    notice = reading("一、申报条件", "申报条件：一是在本市注册；二是有研发机构；三是无失信记录。")
    assert said(notice.eligibility) == ["在本市注册", "有研发机构", "无失信记录"]


def test_an_一是_that_nothing_follows_stays_in_its_sentence():
    notice = reading("一、目标", "工作的重点一是服务职工。", "二、时间安排", "（一）报名。3月5日至3月9日。", "（二）评审。4月。")
    assert said(one.name for one in notice.phases) == ["报名", "评审"]


def test_a_table_of_one_cell_a_line_is_read_by_its_columns():
    notice = reading("一、赛道设置", "赛道名称", "参赛对象", "名额", "焊工赛道", "在职焊工", "3", "钳工赛道", "在职钳工", "5", "二、其他")
    assert [(one.name.value, one.entrants.value) for one in notice.tracks] == [
        ("焊工赛道", "在职焊工"), ("钳工赛道", "在职钳工")]


def test_short_lines_that_are_no_table_are_none():
    assert reading("一、内容", "赛道", "参赛对象", "好", "更好", "最好", "还好").tracks == ()


def test_of_a_day_that_was_put_off_only_the_new_one_holds():
    notice = reading("一、调整", "报名截止时间由原定的2025年4月30日延长至2025年5月20日。")
    assert said(one.ends_on for one in notice.phases) == [dt.date(2025, 5, 20)]
    assert said(one.on for one in notice.deadlines) == [dt.date(2025, 5, 20)]


def test_parts_numbered_3_1_are_parts():
    notice = reading("3. 赛程安排", "3.1 报名：3月5日至3月9日。", "3.2 决赛：4月1日。")
    assert said(one.name for one in notice.phases) == ["报名", "决赛"]


def test_a_sum_at_the_head_of_a_line_is_no_number_of_a_part():
    assert awards_of("一、奖励", "3.5万元奖励一等奖，设一等奖1名。")[0][1] == "一等奖"


def test_annexes_that_only_the_text_names_are_annexes():
    notice = reading("一、材料", "请填写《报名表》（附件1）和《承诺书》（附件2）。")
    assert [(one.name.value, one.present.value) for one in notice.annexes] == [("报名表", False), ("承诺书", False)]


def test_money_for_each_project_is_an_award_of_its_group():
    assert awards_of("一、支持", "单个项目资助最高不超过50万元。") == [(None, "资助", None, 500_000)]


def tracks_of(*lines):
    return [(one.name.value, one.entrants.value) for one in reading(*lines, "二、其他").tracks]


def test_groups_are_read_from_tables_set_in_bars_and_from_rows_that_go_on_in_the_next_line():
    assert tracks_of("一、赛道设置", "| 赛道 | 参赛对象 |", "| --- | --- |", "| 焊工 | 在职职工 |", "| 钳工 | 学徒 |") == [
        ("焊工", "在职职工"), ("钳工", "学徒")]
    lines = ["序号 赛道名称 参赛对象", "1 焊工赛道 本市规模以上工业", "企业职工", "2 钳工赛道 技工院校和企业", "学徒"]
    assert tracks_of("一、赛道设置", "本次大赛面向全市各行各业的职工和院校师生，" * 4, "\n".join(lines)) == [
        ("焊工赛道", "本市规模以上工业企业职工"), ("钳工赛道", "技工院校和企业学徒")]


def test_groups_are_read_from_numbered_headings_and_lines():
    said_twice = [("智能制造", "工业企业"), ("绿色低碳", "高校团队")]
    assert tracks_of("一、赛道设置", "（一）赛道一：智能制造。面向工业企业。", "（二）赛道二：绿色低碳。面向高校团队。") == said_twice
    assert tracks_of("一、组别", "职工组：在职职工。", "学生组：在校的学生。") == [("职工组", "在职职工"), ("学生组", "在校的学生")]


def test_a_step_is_called_by_its_name_and_not_by_its_number():
    notice = reading("一、时间安排", "第一阶段：动员部署阶段（3月1日—3月31日）。", "第二阶段：组织实施阶段（4月1日—10月31日）。")
    assert said(one.name for one in notice.phases) == ["动员部署", "组织实施"]


def test_kinds_of_contests_under_a_heading_that_counts_them_are_groups():
    assert tracks_of("一、开展三类竞赛", "（一）班组竞赛。面向生产班组。", "（二）技能竞赛。面向一线职工。",
                     "（三）创新竞赛。面向创新工作室。") == [
        ("班组竞赛", "生产班组"), ("技能竞赛", "一线职工"), ("创新竞赛", "创新工作室")]


def test_an_endless_list_is_no_list_of_groups():
    assert tracks_of("一、赛道", "设赛道：" + "；".join(f"{number}.甲某" for number in range(10, 90)) + "。") == []
