"""Feeds, lists and tables taken apart; whatever the bytes are, entries or a reason come of them."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.sources.entries import MOST, read_entries
from models.errors import Invalid
from models.sources import SourceFormat

URL = "http://www.example.cn/news/index.html"
RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>技术需求</title>
<item><guid>n1</guid><title>薄壁铝件铣削变形 &lt;急&gt;</title><link>/n/1</link>
<description>&lt;p&gt;变形 ≤0.03 mm&lt;/p&gt;
&lt;p&gt;批量 2 万件&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
<item><title>没有编号的</title><link>http://www.example.cn/n/2</link></item></channel></rss>"""
LIST = """<meta charset="gb2312"><ul class="list"><li><a href="/d/1.html">铝件铣削变形</a><span>2026-11-01</span></li>
<li><a href="javascript:alert(1)">点我</a></li><li>只有字的一条</li></ul>"""


def read(form: SourceFormat, text: str | bytes, **more):
    return read_entries(form, text.encode() if isinstance(text, str) else text, URL, **more)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_feed_gives_its_words_without_its_markup(encoding):
    first, second = read(SourceFormat.feed, RSS.format(encoding=encoding).encode(encoding))
    assert (first.title, first.link) == ("薄壁铝件铣削变形 <急>", "http://www.example.cn/n/1")
    assert first.text.splitlines()[:2] == ["变形 ≤0.03 mm", "批量 2 万件"]
    assert (second.title, second.text) == ("没有编号的", "")


def test_a_page_gives_one_entry_a_selected_node():
    entries = read(SourceFormat.html, LIST.encode("gb2312"), entry_selector="ul.list > li")
    assert [(one.title, one.text, one.link) for one in entries] == [
        ("铝件铣削变形", "2026-11-01", "http://www.example.cn/d/1.html"), ("点我", "", ""), ("只有字的一条", "", "")]


def test_what_the_answer_declares_goes_before_what_the_page_declares():
    page = '<meta charset="gb2312"><p>需求：超声波清洗</p>'.encode()
    assert read(SourceFormat.html, page, entry_selector="p", content_type="text/html; charset=utf-8")[0].title == (
        "需求：超声波清洗")


@pytest.mark.parametrize(("form", "text"), [
    (SourceFormat.csv, "编号,需求名称,需求描述,链接\n7,焊缝检测,漏检率降到 1%,/d/7\n"),
    (SourceFormat.jsonl, json.dumps({"_id": "7", "title": "焊缝检测", "text": "漏检率降到 1%", "link": "/d/7"}))])
def test_a_table_is_read_by_the_names_of_its_columns(form, text):
    [one] = read(form, text)
    assert (one.title, one.text, one.link) == ("焊缝检测", "漏检率降到 1%", "http://www.example.cn/d/7")


def test_the_same_entry_is_known_again_after_its_words_changed():
    before, after = (read(SourceFormat.csv, f"编号,标题,正文\n7,焊缝检测,{text}\n")[0] for text in ("甲", "乙"))
    assert before.key == after.key
    assert before.digest != after.digest


def test_an_entry_named_twice_counts_once():
    assert len(read(SourceFormat.csv, "编号,标题\n7,甲\n7,乙\n8,丙\n")) == 2


@pytest.mark.parametrize(("form", "text", "why"), [
    (SourceFormat.feed, "<html>404</html>", "不是 RSS"), (SourceFormat.jsonl, "{\n", "第 1 行"),
    (SourceFormat.feed, '<!DOCTYPE a [<!ENTITY b "bb">]><rss version="2.0"><channel/></rss>', "实体"),
    (SourceFormat.feed, '<rss version="2.0"><channel><title>t</title></channel></rss>', "一条内容也没有"),
    (SourceFormat.csv, "编号,标题\n" + "".join(f"{n},第 {n} 条\n" for n in range(MOST + 1)), "最多 2,000 条"),
    (SourceFormat.csv, "", "是空的"), (SourceFormat.html, "<p>", "不是 CSS 选择器"),
    (SourceFormat.html, "<div>" * 20_000, "层数太多")])
def test_what_is_no_such_source_says_so(form, text, why):
    with pytest.raises(Invalid, match=why):
        read(form, text, entry_selector="ul[" if why.endswith("选择器") else "div")


BYTES = st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))


@given(st.sampled_from(list(SourceFormat)), BYTES)
def test_any_bytes_give_entries_or_a_reason(form, data):
    with contextlib.suppress(Invalid):  # the reason
        entries = read_entries(form, data, URL, "p, li, a")
        assert all(one.title and not one.link.startswith("javascript") for one in entries)
