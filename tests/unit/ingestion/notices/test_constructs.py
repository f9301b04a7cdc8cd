"""Constructs of the genre that notices nobody has seen are likely to use; every body and person is invented."""

import datetime as dt

from ingestion.notices.reader import read
from tests.unit.ingestion.notices.test_unseen_wordings import FOOT, awards_of, quotas_of, reading, said, tracks_of


def weights_of(*lines):
    return [(one.name.value, float(one.weight.value)) for one in reading(*lines).indicators]


def contacts_of(*lines):
    return {(one.kind.value, one.value.value) for one in reading(*lines).contacts}


def test_a_table_of_posed_problems_is_one_of_tracks_with_their_entrants():
    rows = ["编号 赛题名称 出题单位 参赛对象", "YC-01 焊缝识别 甲川重工集团 企业", "YC-02 钢索检测 乙岭机械公司 仅限在校学生"]
    assert tracks_of("一、赛题", "\n\n".join(rows)) == [("焊缝识别", "企业"), ("钢索检测", "仅限在校学生")]
    rows = ["序号 榜单名称 发榜单位 榜单金额（万元）", "1 叶片铸造 甲川航动公司 1200", "2 主轴承 乙岭重工集团 800"]
    assert [name for name, _ in tracks_of("一、榜单", "\n\n".join(rows))] == ["叶片铸造", "主轴承"]


def test_groups_counted_before_or_after_their_list_are_groups_where_the_count_agrees():
    assert [name for name, _ in tracks_of("一、参赛类别", "参赛成果分为小发明、小改造、小设计三类。")] == ["小发明", "小改造", "小设计"]
    assert [name for name, _ in tracks_of("一、项目", "大赛设3个竞赛项目，分别为：焊工、电工、网络与信息安全管理员。")] == [
        "焊工", "电工", "网络与信息安全管理员"]
    assert tracks_of("一、项目", "大赛设5个竞赛项目，分别为：焊工、电工。") == []


def test_prizes_are_of_every_group_only_where_the_words_say_so():
    groups = ["一、赛项", "比赛设车工赛、钳工赛两个赛项。", "二、奖励"]
    assert awards_of(*groups, "设一等奖1名；二等奖2名。") == [(None, "一等奖", 1, None), (None, "二等奖", 2, None)]
    assert awards_of(*groups, "各赛项设一等奖1名；二等奖2名。") == [
        ("车工赛", "一等奖", 1, None), ("钳工赛", "一等奖", 1, None), ("车工赛", "二等奖", 2, None), ("钳工赛", "二等奖", 2, None)]


def test_champions_are_grades_and_sums_follow_them_in_order():
    assert awards_of("一、奖励", "设冠军1名、亚军1名，奖金依次为6万元、3万元。") == [
        (None, "冠军", 1, 60_000), (None, "亚军", 1, 30_000)]


def test_a_title_may_stand_before_its_number():
    assert awards_of("一、奖励", "评选“揭榜英雄团队”3个，各奖励20万元；“揭榜新锐团队”若干。") == [
        (None, "揭榜英雄团队", 3, 200_000), (None, "揭榜新锐团队", None, None)]


def test_best_works_are_an_award_by_number_and_a_quota_where_they_are_recommended():
    assert awards_of("一、奖励", "评选优秀成果100项。") == [(None, "优秀成果", 100, None)]
    assert awards_of("一、名额", "各单位评选推荐优秀成果3项。") == []


def test_roles_in_a_team_are_quotas_and_best_ones_are_not():
    assert quotas_of("一、组队", "每支代表队设领队1名、联络员1名。") == [
        ("领队", "每支代表队", "exactly", 1, "名"), ("联络员", "每支代表队", "exactly", 1, "名")]
    assert quotas_of("一、奖励", "设优秀裁判员8名。") == []


def test_what_is_limited_is_named_by_the_noun_after_the_number_and_its_verb():
    assert quotas_of("一、名额", "各旗（县、区）择优推荐不超过6件作品参加展示。") == [
        ("择优推荐作品", "各旗（县、区）", "at_most", 6, "件")]
    assert quotas_of("一、名额", "每个小组限揭1题。") == [("每个小组", "每个小组", "at_most", 1, "题")]
    assert quotas_of("一、名额", "各赛项参赛人数不少于15人、不超过30人。") == [
        ("各赛项参赛人数", "各赛项", "at_least", 15, "人"), ("各赛项参赛人数", "各赛项", "at_most", 30, "人")]


def test_weights_may_stand_after_a_comma_or_in_brackets_with_their_word():
    assert weights_of("一、评分", "一是准确率，占60分；二是报告，占40分。") == [("准确率", 0.6), ("报告", 0.4)]
    assert weights_of("一、评审", "重点评价可行性（权重60%）、研发能力（权重40%）。") == [("可行性", 0.6), ("研发能力", 0.4)]


def test_an_exclusion_says_what_it_bars_from():
    notice = reading("一、申报条件", "（一）在本市注册满三年的企业。", "（二）有研发机构。", "二、限制", "有下列情形之一的，不得申报：",
                     "（一）有失信记录的；", "（二）发生过安全事故的。")
    assert said(notice.eligibility) == ["在本市注册满三年的企业", "有研发机构", "不得申报：有失信记录的", "不得申报：发生过安全事故的"]


def test_steps_without_days_are_told_by_what_they_do():
    notice = reading("一、活动内容", "（一）征集题目。面向社区。", "（二）揭榜攻关。以小组揭榜。", "（三）评选表扬。组织评选。")
    assert said(one.name for one in notice.phases) == ["征集题目", "揭榜攻关", "评选表扬"]
    assert reading("一、工作要求", "（一）加强领导。要重视。", "（二）强化保障。要投入。", "（三）营造氛围。要宣传。").phases == ()


def test_steps_keep_their_order_so_that_one_that_ends_too_early_is_told():
    notice = reading("一、赛程", "（一）初赛。5月20日。", "（二）决赛。5月10日。")
    assert said(one.name for one in notice.phases) == ["初赛", "决赛"]
    assert any("决赛" in one.value and "之前结束" in one.value for one in notice.warnings)


def test_a_sum_of_all_prizes_is_held_against_them():
    lines = ("一、奖励", "奖金总额{}万元。设一等奖1名，奖金5万元；二等奖2名，奖金各3万元。")
    assert any("奖金总额" in one.value for one in reading(lines[0], lines[1].format(20)).warnings)
    assert not any("奖金总额" in one.value for one in reading(lines[0], lines[1].format(11)).warnings)


def test_what_is_the_case_on_a_day_or_for_some_years_is_no_deadline():
    assert reading("一、条件", "截至2025年5月31日尚未注册企业。", "近两年内受过处罚的不得参赛。").deadlines == ()


def test_what_holds_from_its_printing_is_told_in_its_words():
    assert [one.within.value for one in reading("一、附则", "本办法自印发之日起施行。").deadlines] == ["自印发之日起施行"]


def test_an_annex_is_found_under_its_title_or_under_a_heading_that_holds_it():
    foot = "\n\n甲川市总工会\n\n2025年3月1日\n\n{}\n\n单位名称：\n\n姓名："
    for listed, heading in (("附：参赛回执", "参赛回执"), ("附件：1.参赛回执", "附件1：参赛回执")):
        notice = reading("一、报名", listed, foot=foot.format(heading))
        assert [(one.name.value, one.present.value) for one in notice.annexes] == [("参赛回执", True)]


def test_everybody_on_a_line_of_contacts_is_read():
    assert contacts_of("一、联系方式", "联系人：白岩 0999-5550001、孟霖 0999-5550002") >= {("联系人", "白岩"), ("联系人", "孟霖")}
    assert contacts_of("一、联系方式", "技术咨询：段工，电话0999-5550003") == {("联系人", "段工"), ("电话", "0999-5550003")}
    assert contacts_of("一、联系方式", "业务咨询：甲川市科技信息院 0999-5550004") == {
        ("单位", "甲川市科技信息院"), ("电话", "0999-5550004")}


def test_papers_that_are_carried_somewhere_are_materials_without_their_number():
    notice = reading("一、报名", "请将报名回执、身份证复印件、2寸免冠照片2张报大赛组委会办公室。", "以上材料纸质版寄送至甲川市总工会经济部。")
    assert said(one.name for one in notice.materials) == ["报名回执", "身份证复印件", "2寸免冠照片"]


def test_the_number_of_a_document_is_not_its_registration():
    notice = reading("一、条件", foot="\n\n甲川市总工会\n\n2025年3月1日\n")
    assert notice.registration_number.value is None
    assert notice.issued_on.value == dt.date(2025, 3, 1)


def test_projects_told_line_by_line_are_groups_with_their_entrants_and_their_money():
    notice = reading("一、项目清单", "项目一：AI影像诊断", "发榜单位：甲川市人民医院", "揭榜金额：不超过180万元", "揭榜对象：有注册证的企业",
                     "项目二：随访机器人", "发榜单位：甲川市中医医院", "揭榜金额：90万元", "揭榜对象：高校或联合体", "二、其他")
    assert [(one.name.value, one.entrants.value) for one in notice.tracks] == [
        ("AI影像诊断", "有注册证的企业"), ("随访机器人", "高校或联合体")]
    assert [(one.track.value, one.name.value, one.amount_min.value, one.amount_max.value) for one in notice.awards] == [
        ("AI影像诊断", "揭榜金额", None, 1_800_000), ("随访机器人", "揭榜金额", 900_000, 900_000)]


def test_a_group_and_its_entrants_may_stand_on_one_line():
    assert tracks_of("一、组别", "组别：职工组 参赛对象：在职职工", "组别：学生组 参赛对象：在校学生") == [
        ("职工组", "在职职工"), ("学生组", "在校学生")]


def test_weights_may_stand_apart_from_their_names():
    assert weights_of("一、考核", "按照产量、质量、安全三项指标进行考核，权重分别为50%、30%、20%。") == [
        ("产量", 0.5), ("质量", 0.3), ("安全", 0.2)]
    assert weights_of("一、评分", "竞赛包括理论知识和实际操作两部分，分别占总成绩的30%和70%。") == [("理论知识", 0.3), ("实际操作", 0.7)]
    assert weights_of("一、评分", "初评和终评各占50%。") == [("初评", 0.5), ("终评", 0.5)]
    assert weights_of("一、评分", "实际操作、理论知识按7:3的比例计算总成绩。") == [("实际操作", 0.7), ("理论知识", 0.3)]


def test_shares_of_the_grades_may_stand_before_or_beside_them():
    assert quotas_of("一、奖励", "设一等奖、二等奖，各等次分别约占作品总数的8%和24%。") == [
        ("一等奖", "作品总数", "exactly", 0.08, "比例"), ("二等奖", "作品总数", "exactly", 0.24, "比例")]
    assert quotas_of("一、奖励", "获奖比例为：一等奖10%、二等奖20%。") == [
        ("一等奖", None, "exactly", 0.1, "比例"), ("二等奖", None, "exactly", 0.2, "比例")]


def test_places_share_their_number_and_take_their_sums_in_order():
    assert awards_of("一、奖励", "评选第一名、第二名各1个，分别奖励3万元、2万元。") == [
        (None, "第一名", None, 30_000), (None, "第二名", None, 20_000)]
    assert awards_of("一、奖励", "设“最佳创意奖”“最具人气奖”各1项，奖金各1500元。") == [
        (None, "最佳创意奖", 1, 1_500), (None, "最具人气奖", 1, 1_500)]


def test_sums_in_capital_numerals_are_read_once():
    assert awards_of("一、奖励", "设一等奖1名，奖金叁仟元；二等奖2名，奖金各2000元（贰仟元整）。") == [
        (None, "一等奖", 1, 3_000), (None, "二等奖", 2, 2_000)]


def test_who_seals_on_behalf_is_the_issuer_where_no_other_is_named():
    assert said(reading("一、安排", foot="\n\n甲川市教育局办公室（代章）\n\n2025年3月1日\n").issuers) == ["甲川市教育局办公室"]
    assert said(reading("一、安排", foot="\n\n技能大赛组委会（甲川市总工会代章）\n\n2025年3月1日\n").issuers) == ["技能大赛组委会"]


def test_a_group_is_not_entered_by_what_it_is_judged_by():
    notice = reading("一、类别", "作品分为调查报告、发明制作两类。", "二、评审标准", "调查报告：科学性60%、先进性40%。", "发明制作：科学性40%、先进性60%。")
    assert [one.entrants.value for one in notice.tracks] == [None, None]
    assert [(one.track.value, one.name.value) for one in notice.indicators] == [
        ("调查报告", "科学性"), ("调查报告", "先进性"), ("发明制作", "科学性"), ("发明制作", "先进性")]


def test_a_day_that_only_describes_somebody_is_no_deadline():
    assert reading("一、资格", "凡当年6月1日以前正式注册的在校学生都可申报。", "作品须为两年内完成的成果。", "年龄原则上不超过55周岁。").deadlines == ()


def test_a_step_that_only_closes_has_no_beginning():
    phases = reading("一、程序", "（一）报名（3月6日至3月24日）。", "（二）方案提交（截止时间：4月14日17时）。", "（三）评审（4月下旬）。").phases
    assert [one.starts_on.value for one in phases] == [dt.date(2025, 3, 6), None, dt.date(2025, 4, 21)]


def test_articles_before_the_first_colon_are_read():
    text = "甲川市揭榜管理办法\n\n第一章 总则\n\n第一条 揭榜项目分为攻关类和转化类两类。\n\n第二条 申报单位应当符合以下条件：\n\n（一）在本市注册满三年。"
    notice = read(text + FOOT)
    assert said(one.name for one in notice.tracks) == ["攻关类", "转化类"]
    assert said(notice.eligibility) == ["在本市注册满三年"]


def test_the_rules_of_a_plan_that_came_as_an_annex_are_read():
    plan = ["附件1", "甲川市技能大赛实施方案", "一、竞赛项目", "（一）焊工（单人赛）", "（二）电工（双人赛）", "二、参赛人员", "参赛选手应为本市在职职工。",
            "三、奖励", "设一等奖1名。", "附件2", "报名表", "姓名："]
    notice = reading("请认真组织实施。", "附件：1.甲川市技能大赛实施方案", "2.报名表", foot=FOOT + "\n" + "\n\n".join(plan))
    assert [(one.name.value, one.entrants.value) for one in notice.tracks] == [("焊工", "本市在职职工"), ("电工", "本市在职职工")]
    assert said(one.name for one in notice.awards) == ["一等奖"]
    assert [one.present.value for one in notice.annexes] == [True, True]


def test_a_heading_may_be_parted_from_its_words_by_a_blank():
    notice = reading("一、参赛对象  年龄在35周岁以下的我市职工。", "二、作品类别  （1）产品创新类；（2）工艺改进类。",
                     "三、时间安排  报名截止时间5月20日；6月15日前完成初评；7月25日举行决赛及颁奖。")
    assert [(one.name.value, one.entrants.value) for one in notice.tracks] == [
        ("产品创新类", "年龄在35周岁以下的我市职工"), ("工艺改进类", "年龄在35周岁以下的我市职工")]
    assert said(one.name for one in notice.phases) == ["报名", "初评", "决赛"]


def test_ranks_are_awards_and_no_quotas():
    lines = "一、奖励", "第1名奖金8000元/人，第2-5名每人2000元。设团体一等奖1个、二等奖2个。"
    assert set(awards_of(*lines)) == {(None, "第1名", None, 8_000), (None, "第2-5名", None, 2_000),
                                      (None, "团体一等奖", 1, None), (None, "团体二等奖", 2, None)}
    assert quotas_of(*lines) == []


def test_a_list_of_annexes_on_one_line_has_each_of_them():
    assert said(one.name for one in reading("一、报名", "附：报名表、原创承诺书").annexes) == ["报名表", "原创承诺书"]


def test_a_person_with_an_office_in_brackets_is_a_contact_and_a_guiding_teacher_is_none():
    assert contacts_of("一、联系方式", "联系人：石榴（团市委，0999-5550001）、夏至（市教育局，0999-5550002）") >= {
        ("联系人", "石榴"), ("单位", "团市委"), ("联系人", "夏至"), ("单位", "市教育局")}
    assert contacts_of("一、奖励", "评选优秀指导老师10名。") == set()


def test_scores_of_stages_and_of_what_is_judged_are_each_a_whole():
    assert weights_of("一、评审规则", "初评占40%，决赛占60%。其中，决赛按创意65分、完成度35分计分。") == [
        ("初评", 0.4), ("决赛", 0.6), ("创意", 0.65), ("完成度", 0.35)]


def test_a_day_of_who_is_meant_is_no_deadline():
    assert reading("一、对象", "参赛选手应为2025年1月1日前在本市工作的在职职工。").deadlines == ()


def test_places_given_out_by_name_are_a_quota_of_each():
    assert quotas_of("一、名额分配", "机关各处室1项，设计院3项，其他单位各2项。") == [
        ("机关各处室", None, "at_most", 1, "项"), ("设计院", None, "at_most", 3, "项"), ("其他单位", None, "at_most", 2, "项")]


def test_a_group_named_before_every_subgroup_has_the_prizes_alone():
    assert awards_of("一、赛项", "大赛设主体赛、揭榜赛两个赛项。", "二、奖励", "主体赛每个组别设金奖1名。") == [("主体赛", "金奖", 1, None)]


def test_a_list_of_papers_under_its_heading_is_materials():
    notice = reading("一、报送材料：申报书（附件1，一式2份）、应用证明、成果照片3-5张（JPG格式）。")
    assert said(one.name for one in notice.materials) == ["申报书", "应用证明", "成果照片"]


def test_an_age_of_an_enterprise_is_no_limit_and_about_a_day_is_not_before_it():
    assert reading("一、条件", "企业成立时间不超过5年。", "二、赛程", "决赛（9月20日前后）。").deadlines == ()


def test_a_number_that_is_money_or_a_share_counts_no_winners():
    assert awards_of("一、奖励标准", "一等奖8000元、二等奖5000元。") == [(None, "一等奖", None, 8_000), (None, "二等奖", None, 5_000)]
    assert awards_of("一、奖项", "设一等奖（占决赛项目数10%）、二等奖（20%）。") == [
        (None, "一等奖", None, None), (None, "二等奖", None, None)]
    assert quotas_of("一、奖项", "设一等奖（占决赛项目数10%）、二等奖（20%）。") == [
        ("一等奖", None, "exactly", 0.1, "比例"), ("二等奖", None, "exactly", 0.2, "比例")]


def test_a_noun_behind_a_number_names_the_quota():
    assert quotas_of("一、组队", "每队由3至5人组成，可有1至2名指导教师。") == [
        ("每队", "每队", "at_least", 3, "人"), ("每队", "每队", "at_most", 5, "人"),
        ("指导教师", None, "at_least", 1, "名"), ("指导教师", None, "at_most", 2, "名")]


def test_a_table_of_kinds_with_their_numbers_is_one_of_groups():
    assert tracks_of("一、类别", "成果类别 申报名额 评选名额\n\n技术革新 各单位限报5项 一等奖3项\n\n操作方法 各单位限报3项 命名10项") == [
        ("技术革新", None), ("操作方法", None)]


def test_what_stands_beside_a_list_of_exclusions_is_a_condition_too():
    notice = reading("一、参赛条件", "（一）凡在本市就业的人员均可参赛。", "（二）具有下列情形之一的，不得报名参赛：", "1.获得过全国前5名的；", "2.有失信记录的。")
    assert said(notice.eligibility) == ["凡在本市就业的人员均可参赛", "不得报名参赛：获得过全国前5名的", "不得报名参赛：有失信记录的"]


def test_a_window_of_registration_closes_on_its_last_day():
    notice = reading("一、报名", "各单位须于3月15日—4月5日登录系统（https://js.example.cn）统一报名。")
    assert [one.on.value for one in notice.deadlines] == [dt.date(2025, 4, 5)]


def test_the_first_places_take_their_sums_in_order_and_are_none_without_money():
    assert awards_of("一、奖励", "前3名奖金分别为1万元、6000元、4000元。") == [
        (None, "第一名", None, 10_000), (None, "第二名", None, 6_000), (None, "第三名", None, 4_000)]
    assert awards_of("一、奖励", "前3名分别颁发奖牌。") == []
