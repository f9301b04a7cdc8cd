"""Marks, dates, brackets, numbering and slips of the pen."""

import pytest

from ingestion.repair.passes import repair
from ingestion.repair.repaired import Kind


def suggested(text: str) -> list[tuple[str, str]]:
    return [(one.before, one.after) for one in repair(text).suggestions]


class TestMarks:
    @pytest.mark.parametrize(("text", "clean"), [
        ("时间:6月下旬,地点:威海", "时间：6月下旬，地点：威海"), ("企业(园区)科协", "企业（园区）科协"),
        ("硬岩掘进机(TBM)的主轴承", "硬岩掘进机(TBM)的主轴承"), ("ＡＢＣ１２３", "ABC123"), ("滨会发[2015]18号", "滨会发〔2015〕18号"),
        ("见http://a.cn:80/b,c", "见http://a.cn:80/b,c"), ("比例为1:2,压力1,200 Pa", "比例为1:2,压力1,200 Pa")])
    def test_half_width_marks_in_chinese(self, text, clean):
        assert repair(text).text in (clean, clean.replace(",压", "，压"))


class TestDates:
    @pytest.mark.parametrize(("text", "clean"), [
        ("截止2020619日(周五)", "截止2020年6月19日（周五）"), ("项目周期：20206—202011月。", "项目周期：2020年6月—2020年11月。"),
        ("发布于2020-06-11。\n2020年611", "发布于2020-06-11。\n2020年6月11日")])
    def test_a_day_that_the_calendar_leaves_alone_is_written(self, text, clean):
        assert repair(text).text == clean

    def test_days_that_may_both_be_meant_are_suggested_and_the_place_is_lost(self):
        repaired = repair("于2020111日截止")
        assert repaired.text == "于2020111日截止"
        assert repaired.lost[0].candidates == ("2020年1月11日", "2020年11月1日")
        assert [one.confidence for one in repaired.suggestions] == [0.5, 0.5]

    def test_the_weekday_decides_between_them(self):
        assert repair("于2020111日（周六）截止").text == "于2020年1月11日（周六）截止"

    def test_a_weekday_that_fits_none_decides_nothing(self):
        assert repair("于2020619日（周一）截止").lost[0].candidates == ("2020年6月19日",)

    @pytest.mark.parametrize("text", ["编号20201111的合同", "2020年11月30日", "1999年", "产量20200吨"])
    def test_other_numbers_stay(self, text):
        assert repair(text).text == text


class TestBrackets:
    def test_a_bracket_that_can_only_close_at_the_end_of_its_line_is_closed(self):
        assert repair("项目名称（编号：QCZX2020-021\n下一段").text == "项目名称（编号：QCZX2020-021）\n下一段"

    def test_one_that_may_close_anywhere_is_only_noted(self):
        repaired = repair("项目（含设备，软件和培训都由企业承担。")
        assert repaired.text == repaired.original
        assert repaired.notes[0].kind is Kind.bracket


class TestSuggestions:
    @pytest.mark.parametrize(("text", "slip"), [
        ("创新的发理理念", ("理", "展")), ("市人力资源和社会和保障局", ("和", "")), ("a@wh.shangdong.cn", ("shangdong", "shandong"))])
    def test_a_slip_is_suggested_and_left_in_the_text(self, text, slip):
        assert slip in suggested(text)
        assert repair(text).text == text

    def test_headings_that_lost_their_style_are_suggested_as_they_were(self):
        text = "1、指导思想\n内容。\n2、目标任务\n1、围绕能力开展活动。\n3、活动内容\n四、方法步骤"
        assert suggested(text) == [("1", "一"), ("2", "二"), ("3", "三")]

    def test_another_citys_name_is_noted(self):
        assert "临沂" in repair("滨州市" * 6 + "发挥临沂科学城作用").notes[0].why


class TestTitles:
    ANNEX = "关于竞赛的实施方案\n附件：\n1、技术攻关竞赛报名表（甲组）\n某某市总工会\n附件1\n{}\n（甲组）"

    def test_an_annex_named_otherwise_than_in_the_list_is_noted(self):
        assert "少了“攻关”" in repair(self.ANNEX.format("技术竞赛报名表")).notes[0].why

    def test_one_named_alike_is_not(self):
        assert not repair(self.ANNEX.format("技术攻关竞赛报名表")).notes

    def test_a_plan_that_calls_itself_an_opinion_is_noted(self):
        [note] = repair("关于开展竞赛的实施方案\n各单位要根据本《意见》制定方案。").notes
        assert "自称“意见”" in note.why
