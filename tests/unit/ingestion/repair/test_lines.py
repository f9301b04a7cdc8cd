"""Lines, page numbers, blanks and tables."""

import pytest

from ingestion.repair.passes import repair
from ingestion.repair.repaired import Kind

WRAPPED = """关于开展技术攻关活动的通知

各区市总工会，国家级开发区总工会、综保区总工会，南海新

区总工会：

为落实工作部署，深入推进创新驱动发展战略，进一步激

发人才创新创造潜能，调动专家人才在助力企业创新发展中



- 2 -

的主动性和积极性，市总工会决定开展活动，现将有关事项

通知如下。

一、参赛对象

凡在平台上入驻的高校专家等个人均可于 2020 年 11 月

30 日前参赛，联系电话 0631-5228410。
"""
WHOLE = ("为落实工作部署，深入推进创新驱动发展战略，进一步激发人才创新创造潜能，调动专家人才在助力企业创新发展中"
         "的主动性和积极性，市总工会决定开展活动，现将有关事项通知如下。")


class TestWrappedText:
    def test_lines_are_joined_and_paragraphs_kept(self):
        assert repair(WRAPPED).text.split("\n") == [
            "关于开展技术攻关活动的通知", "各区市总工会，国家级开发区总工会、综保区总工会，南海新区总工会：",
            WHOLE, "一、参赛对象",
            "凡在平台上入驻的高校专家等个人均可于2020年11月30日前参赛，联系电话 0631-5228410。", ""]

    def test_a_page_number_inside_a_sentence_is_told_in_the_log(self):
        [change] = [one for one in repair(WRAPPED).changes if one.kind is Kind.page]
        assert "- 2 -" in change.before
        assert "- 2 -" in change.why

    @pytest.mark.parametrize("text", [
        "威海某某机械有限公司研究中心\n青岛某某机械有限公司研究中心\n烟台某某机械有限公司研究中心\n滨州某某机械有限公司研究中心",
        "一、背景\n企业需要一种新的焊接工艺。\n二、指标\n焊缝强度不低于母材的百分之九十。",
        "　　第一段话在这里，讲清楚了问题。\n\n　　第二段话在这里，讲清楚了指标。\n"])
    def test_lists_and_paragraphs_that_nobody_wrapped_stay(self, text):
        assert repair(text).text == text


class TestTables:
    def test_a_cell_split_by_a_page_is_one_cell_again(self):
        rows = "".join(f"SME0{n} 网络安全 聚焦场景：聚焦网络安全在工业互联网领域的\n\n应用场景和高水平应用型人才的联合培\n\n长扬科技（北京）股\n\n"
                       f"份有限公司\n\n李昊\n\n1388986374{n}\n 养；\n\n" for n in (1, 2))
        [table] = repair(WRAPPED + "\n附表\n\n编号 赛项领域 赛项介绍 承办单位 联系方式\n\n" + rows).tables
        assert [cell.text for cell in table.rows[1]] == [
            "SME01", "网络安全", "聚焦场景：聚焦网络安全在工业互联网领域的应用场景和高水平应用型人才的联合培养；", "长扬科技（北京）股份有限公司",
            "李昊 13889863741"]

    def test_columns_set_with_blanks_are_a_table(self):
        [table] = repair("组  长：王某某   主席\n副组长：李某某   局长\n        赵  某   部长").tables
        assert [[cell.text for cell in row] for row in table.rows] == [
            ["组长", "王某某", "主席"], ["副组长", "李某某", "局长"], ["", "赵某", "部长"]]


class TestTightText:
    TIGHT = ("产业链协同创新大赛实施方案全文如下请各市认真组织\n\n为贯彻落实制造强省战略，促进大中小企业融通发\n展，制定本方案，请各单位结合工作实际认真执行，确\n保取得实效。\n\n"
             "一、总体要求\n\n坚持以企业为主体、市场为导向，推动产学研用深度\n融合，为高质量发展注入强劲动力。")

    def test_where_lines_follow_each_other_a_blank_one_parts_paragraphs(self):
        assert repair(self.TIGHT).text.split("\n") == [
            "产业链协同创新大赛实施方案全文如下请各市认真组织",
            "为贯彻落实制造强省战略，促进大中小企业融通发展，制定本方案，请各单位结合工作实际认真执行，确保取得实效。",
            "一、总体要求", "坚持以企业为主体、市场为导向，推动产学研用深度融合，为高质量发展注入强劲动力。"]
