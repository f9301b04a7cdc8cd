"""Whatever text comes: a reading or a message, in bounded time, and every source is a place in the text."""

import dataclasses
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.notices.__main__ import INVENTED
from ingestion.notices.notice import Value
from ingestion.notices.reader import LONGEST, MOST_LINES, read
from models.errors import Invalid

NOTICE = (INVENTED / "haijia.txt").read_text()
PIECES = ["关于举办海岬市竞赛的通知\n", "海工发〔2026〕9号\n", "一、", "（一）", "1.", "第一条 ", "附件：", "附件1\n", "2026年3月1日", "至30日",
          "不超过3人", "每年2月底前",          "一等奖3名，奖金2万元", "分甲组和乙组两个组别", "（附件1）", "《申报书》", "“", "（", "》",
          "。", "；", "，", "\n", " ", "\x1a", "\ufffd", "\ue5d6", "學(xué)",
          "联系人：陆明 0999-6601234", "海岬市总工会\n", "2月30日", "99月99日", "百分之百", "AB01甲项目 AB02乙项目", "的" * 40, "、" * 30, "9" * 30]


def sources(node):
    if isinstance(node, Value):
        if node.source is not None:
            yield node.source
    elif isinstance(node, tuple):
        for one in node:
            yield from sources(one)
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from sources(getattr(node, field.name))


def assert_cited(text: str) -> None:
    try:
        notice = read(text)
    except Invalid:
        return
    for source in sources(notice):
        assert text[source.start:source.end] == source.quote


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_mix_of_a_notices_parts_is_read_or_refused(text):
    assert_cited("关于举办海岬市职工创新竞赛活动有关事项的通知\n" + text)


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("一二三十〇年月日至前元万名个组（）《》〔〕“”、。：\n 0123456789第条章附件不超过少于奖设分")))
def test_any_characters_are_read_or_refused(text):
    assert_cited("关于举办海岬市职工创新竞赛活动有关事项的通知\n" + text)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, len(NOTICE)), st.integers(0, len(NOTICE)))
def test_a_notice_cut_anywhere_is_read_or_refused(start, end):
    assert_cited(NOTICE[min(start, end):max(start, end)])


@pytest.mark.parametrize(("text", "said"), [
    ("", "空的"), ("关于举办竞赛的通知\x00" * 9, "零字节"), (" \n\x0c", "空的"), ("Call for entries, due 2026-03-01. " * 20, "几乎没有汉字"),
    ("从前有一座山，山里有一座庙。庙里有个老和尚在讲故事。" * 200, "不像一份通知"), ("竞" * (LONGEST + 1), "不像一份通知"),
    ("竞赛通知\n" * (MOST_LINES + 1), "5,001 行")])
def test_what_is_no_notice_is_told(text, said):
    with pytest.raises(Invalid, match=said):
        read(text)


def test_a_notice_without_dates_is_read_and_says_so():
    bare = read("关于举办海岬市职工创新竞赛的通知\n各区县总工会：\n一、参赛对象。全市职工个人均可参赛。\n海岬市总工会\n")
    assert bare.issued_on.value is None
    assert "issued_on" in bare.missing


def test_two_notices_in_one_file_are_told():
    second = NOTICE.replace("海工发〔2026〕12号", "海工发〔2026〕13号")
    assert any("还有一份通知" in one.value for one in read(NOTICE + "\n" + second).warnings)


@pytest.mark.parametrize("body", ["的", "以甲、", "2026年3月1日", "（", "1.", "提交", "0", "3（含"])
def test_time_grows_with_the_text_and_not_with_its_square(body):
    """By the square, 30,000 characters of figures and dots took over half a minute."""
    began = time.process_time()
    read("关于举办海岬市职工创新竞赛活动有关事项的通知\n" + (body * 30_000)[:30_000])
    assert time.process_time() - began < 15


@pytest.mark.parametrize("line", ["一等奖3名，奖金5万元。", "序号\t组别\t名额", "（一）初赛", "设一等奖"])
def test_as_many_lines_as_are_allowed_are_read_in_seconds(line):
    """Each prize was held against all lines above it: 11,000 took two minutes."""
    began = time.process_time()
    read("\n".join([*NOTICE.splitlines()[:8], *[line] * (MOST_LINES - 60), *NOTICE.splitlines()[-6:]]))
    assert time.process_time() - began < 15
