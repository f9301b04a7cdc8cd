import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text import normalise
from matching.thesaurus.thesaurus import EMPTY, NAMES, READING, Group, GroupKind, Thesaurus, in_use, shipped, using

AGV = Group(("自动导引车", "AGV", "无人搬运车"), GroupKind.abbreviation)
ACID = Group(("硫酸", "H2SO4"), GroupKind.translation)
SHIELD = Group(("硫酸铵",), GroupKind.whole)
YIELD = Group(("成品率", "合格率"), GroupKind.wording)
SMALL = Thesaurus([AGV, ACID, SHIELD, YIELD])


def found(text: str, thesaurus: Thesaurus = SMALL) -> list[str]:
    return [mention.word for mention in thesaurus.mentions(normalise(text))]


@pytest.mark.parametrize(("text", "words"), [
    ("AGV 调度", ["agv"]), ("基于agv的物流", ["agv"]), ("ＡＧＶ小车", ["agv"]), ("自動導引車", ["自动导引车"]),
    ("AGV-200", ["agv"]), ("AGVS", []), ("SIMAGV", []), ("AGV2", []), ("3AGV", []), ("", []), ("🐟", []),
    ("硫酸铵肥料", ["硫酸铵"]), ("硫酸与硫酸铵", ["硫酸", "硫酸铵"]), ("自动导引", []),
    ("İAGV", []), ("0.5AGV", []), ("v0.3AGV", []), ("İ AGV", ["agv"]),
])
def test_words_are_found_whole_in_whatever_form_they_are_written(text, words):
    assert found(text) == words


def test_the_place_of_a_mention_is_that_in_the_folded_text():
    mention, = SMALL.mentions("İ 用 AGV 搬运")
    assert "İ 用 AGV 搬运"[mention.start:mention.end] == "AGV"


def test_a_shorter_word_is_found_where_a_longer_one_would_cut_a_latin_word():
    thesaurus = Thesaurus([Group(("数控", "数控CNC")), Group(("CNC", "计算机数控"))])
    assert found("数控CNCX", thesaurus) == ["数控"]
    assert found("数控CNC", thesaurus) == ["数控cnc"]


def test_other_names_are_those_of_names_of_one_thing_alone():
    assert SMALL.other_names("agv 的合格率") == ["自动导引车", "无人搬运车"]
    assert SMALL.names("硫酸铵与合格率") == []


def test_a_word_in_two_groups_belongs_to_both_and_joins_neither_to_the_other():
    thesaurus = Thesaurus([Group(("AGV", "自动导引车")), Group(("AGV", "磁导航小车"))])
    assert sorted(thesaurus.other_names("AGV")) == ["磁导航小车", "自动导引车"]
    assert thesaurus.other_names("自动导引车") == ["agv"]


def test_variants_put_one_word_at_a_time_another_way():
    assert SMALL.variants("AGV 合格率") == ["自动导引车 合格率", "无人搬运车 合格率", "AGV 成品率"]
    assert SMALL.variants("AGV 合格率", NAMES) == ["自动导引车 合格率", "无人搬运车 合格率"]
    assert len(Thesaurus([Group(tuple(f"词{i}" for i in range(20)))]).variants("词3")) == 6


def test_the_version_is_the_same_for_the_same_groups_in_any_order_and_another_for_others():
    assert Thesaurus([YIELD, AGV]).version == Thesaurus([AGV, YIELD]).version
    assert Thesaurus([AGV]).version != Thesaurus([Group(AGV.words, GroupKind.synonym)]).version


def test_words_with_the_signs_of_expressions_are_taken_as_they_stand():
    thesaurus = Thesaurus([Group(("C++", "c.plus(.*)")), Group(("[a-z]+", "字母"))])
    assert found("用 C++ 写的", thesaurus) == ["c++"]
    assert found("abc", thesaurus) == []


def test_empty_repeated_and_lone_words_do_no_harm():
    thesaurus = Thesaurus([Group(("", " ", "\u200b")), Group(("涂料", "涂料", "塗料")), Group(("漆",))])
    assert [group.words for group in thesaurus.groups] == [("涂料",), ("漆",)]
    assert thesaurus.other_names("涂料和漆") == []
    assert EMPTY.mentions("涂料") == []


def test_ten_thousand_groups_are_made_ready_at_once_and_found_fast():
    begun = time.perf_counter()
    thesaurus = Thesaurus(Group((f"甲{i}号材料", f"乙{i}号材料", f"M{i}")) for i in range(10_000))
    assert found("用 M9999 与甲123号材料", thesaurus) == ["m9999", "甲123号材料"]
    assert time.perf_counter() - begun < 5


@given(st.text(alphabet="自动导引车AGVagv硫酸铵 3-İ", max_size=30))
def test_mentions_never_overlap_and_stand_where_they_say(text):
    folded, at = normalise(text), 0
    for mention in SMALL.mentions(folded):
        assert mention.start >= at
        assert folded[mention.start:mention.end].lower() == mention.word
        at = mention.end


def test_one_thesaurus_serves_many_threads():
    with ThreadPoolExecutor(8) as pool:
        assert set(map(tuple, pool.map(found, ["AGV 运 H2SO4"] * 400))) == {("agv", "h2so4")}


def test_reasons_are_read_with_the_one_in_use_in_this_thread():
    with using(SMALL), ThreadPoolExecutor(1) as pool:
        assert in_use() is SMALL
        assert pool.submit(in_use).result() is shipped()
    assert in_use() is shipped()


class TestShipped:
    def test_it_is_large_and_every_word_is_folded_once_in_its_group(self):
        assert len([group for group in shipped().groups if group.kind in NAMES]) >= 300
        assert all(len(group.words) > 1 for group in shipped().groups if group.kind in READING)

    @pytest.mark.parametrize(("text", "other"), [
        ("AGV", "自动导引车"), ("PLC 编程", "可编程控制器"), ("增材制造", "3d打印"), ("油漆", "涂料"), ("锂离子电池", "锂电池")])
    def test_the_pairs_everybody_knows_are_there(self, text, other):
        assert other in shipped().other_names(normalise(text))
