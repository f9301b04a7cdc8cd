"""The verdict on pairs written by hand, and the rules that each of its kinds rests on."""

import csv
import pathlib

import pytest

from matching.reasons.judging import judge
from matching.reasons.targets import Passage, Target

WRITTEN = pathlib.Path(__file__).with_name("development_pairs.tsv").read_text("utf-8")
PAIRS = list(csv.DictReader(WRITTEN.splitlines(), delimiter="\t"))


def verdict(what: str, figure: str, passage: str, title: str = "") -> str:
    return judge(Target(what, figure), Passage(passage, "claim", context=title)).verdict.value


def test_the_verdict_is_right_on_the_pairs_it_was_developed_on():
    wrong = [p for p in PAIRS if verdict(p["what"], p["figure"], p["passage"], p["title"]) != p["verdict"]]
    assert len(PAIRS) >= 150
    assert len(wrong) <= 0.12 * len(PAIRS), wrong


@pytest.mark.parametrize(("figure", "passage", "expected"), [
    ("IP67", "外壳防护等级 IP68", "covered"), ("不低于 IP67", "外壳防护等级 IP65", "partly"),
    ("IP67", "外壳喷塑", "not_mentioned"),
])
def test_a_grade_is_compared_on_its_own_scale(figure, passage, expected):
    assert verdict("外壳防护等级", figure, passage) == expected


def test_not_below_a_grade_that_counts_from_the_best_asks_for_a_smaller_number():
    assert verdict("精度等级", "不低于 0.5 级", "流量计精度等级 0.2 级") == "covered"
    assert verdict("精度等级", "不低于 0.5 级", "流量计精度等级 1.0 级") == "partly"


def test_the_rare_thing_counts_and_not_what_is_done_to_it():
    assert verdict("玉米收获", "", "玉米机械收获", "农机") == "covered"
    assert verdict("玉米收获", "", "花生收获", "农机") == "not_mentioned"


@pytest.mark.parametrize(("what", "figure", "passage"), [
    ("用工人数", "减少 50%", "用工由 8 人减到 3 人"),
    ("漏检率", "≤0.1%", "疵点检出率 99.95%"),
    ("刀具寿命", "提高 50% 以上", "刀具寿命为原来的 2 倍"),
    ("破损率", "≤5%", "破损率千分之三"),
    ("总黄酮含量", "≥60%", "总黄酮含量 0.65 g/g"),
])
def test_what_can_be_reckoned_is_reckoned(what, figure, passage):
    assert verdict(what, figure, passage) == "covered"


def test_a_condition_must_be_as_hard_as_the_one_asked():
    assert verdict("−20 ℃ 冲击功", "≥27 J", "−40 ℃ 冲击功 34 J") == "covered"
    assert verdict("−20 ℃ 冲击功", "≥27 J", "0 ℃ 冲击功 34 J") == "partly"


def test_a_machine_must_take_in_the_whole_range():
    assert verdict("工作温度", "-40～85 ℃", "工作温度 −40 ℃ 到 105 ℃") == "covered"
    assert verdict("工作温度", "-40～85 ℃", "工作温度 0～60 ℃") == "partly"


def test_the_same_measure_of_another_thing_is_no_answer():
    assert verdict("刺参成活率", "≥90%", "扇贝苗成活率 95%") == "not_mentioned"


def test_another_measure_of_the_same_thing_is_no_answer():
    assert verdict("微球载药量", "≥30%", "微球包封率 85%") == "not_mentioned"


def test_a_standard_is_the_same_however_it_is_spaced():
    assert verdict("符合 GB 38031-2020", "", "电池包按 GB38031-2020 试验") == "covered"


def test_a_figure_with_a_quantity_of_its_own_needs_no_subject_beside_it():
    assert verdict("泡得开", "复水倍数 ≥5.5 倍", "复水倍数 6.2 倍") == "covered"


@pytest.mark.parametrize("text", ["", "。", "≥", "IP", "1" * 400, "Sa", "百分之", "10^", "±", "😀"])
def test_no_text_breaks_it(text):
    verdict(text, text, text, text)
    verdict("外壳防护等级", "IP67", text)
