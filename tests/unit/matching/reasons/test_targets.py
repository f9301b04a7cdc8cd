import csv
import pathlib

import pytest

from matching.reasons.judging import best_reason, explain, judge
from matching.reasons.targets import Fit, Passage, Target, Verdict, fit

WRITTEN = pathlib.Path(__file__).with_name("target_pairs.tsv").read_text("utf-8")
PAIRS = list(csv.DictReader(WRITTEN.splitlines(), delimiter="\t"))
THICKNESS = Target("壁厚均匀", "偏差 ≤0.03 mm")


def claim(text: str, **facts) -> Passage:
    return Passage(text, "claim", **facts)


def verdict(what: str, figure: str, passage: str) -> Verdict:
    return judge(Target(what, figure), claim(passage)).verdict


def test_the_verdict_is_right_on_the_pairs_written_by_hand():
    wrong = [pair for pair in PAIRS if verdict(pair["what"], pair["figure"], pair["passage"]) != pair["verdict"]]
    assert len(PAIRS) >= 60
    assert len(wrong) <= 0.1 * len(PAIRS), wrong


@pytest.mark.parametrize(("passage", "expected"), [
    ("壁厚波动 0.025 mm", "covered"), ("壁厚偏差 25 μm", "covered"), ("壁厚偏差 0.05 mm", "partly"),
    ("壁厚测量二十年", "partly"), ("轮胎硫化", "not_mentioned"),
])
def test_figures_decide_what_words_open(passage, expected):
    assert judge(THICKNESS, claim(passage)).verdict == expected


def test_a_figure_of_another_thing_does_not_answer():
    assert verdict("壁厚均匀", "偏差 ≤0.03 mm", "壁厚测量，刀具跳动 0.01 mm") == Verdict.partly


def test_a_figure_without_comparator_is_read_by_what_it_measures():
    assert verdict("轴承寿命", "5000 小时", "轴承寿命 6000 小时") == Verdict.covered
    assert verdict("整机噪声", "65 dB", "整机噪声 70 dB") == Verdict.partly


def test_every_figure_asked_for_must_be_met():
    asked = "≥420 MPa，延伸率 ≥12%"
    assert verdict("焊缝抗拉强度", asked, "焊缝抗拉强度 435 MPa，延伸率 13%") == Verdict.covered
    assert verdict("焊缝抗拉强度", asked, "焊缝抗拉强度 435 MPa，延伸率 8%") == Verdict.partly


def test_being_asked_to_do_without_is_not_met_by_doing_with():
    assert verdict("不使用含氟溶剂", "", "含氟溶剂清洗工艺") == Verdict.partly


def test_vague_words_alone_answer_nothing():
    assert verdict("红茶加工设备", "", "塑料加工设备") == Verdict.not_mentioned


def test_phrases_are_the_same_words_on_both_sides():
    target = Target("固化后表面无可见皱纹", "成品率 ≥95%")
    passage = claim("某竿坯产线固化皱纹治理，成品率由 84% 提高到 96%")
    reason = judge(target, passage)
    pairs = {(target.text[slice(*p.demand_span)], passage.text[slice(*p.passage_span)]) for p in reason.phrases}
    assert {("皱纹", "皱纹"), ("成品率", "成品率"), ("固化", "固化")} <= pairs


def test_spans_count_in_the_text_as_it_was_typed():
    target, passage = Target("鋰 電 池 能量密度"), claim("软包\u200b锂电池能量密度")
    met = [(target.text[slice(*p.demand_span)], passage.text[slice(*p.passage_span)])
           for p in judge(target, passage).phrases]
    assert any("電 池" in asked and "电池" in said for asked, said in met)


def test_words_for_the_same_thing_meet():
    reason = judge(Target("固化后起皱"), claim("热压固化褶皱的成因"))
    assert reason.verdict is Verdict.covered


def test_phrases_are_numbered_through_the_whole_list():
    reasons = explain([Target("壁厚偏差"), Target("固化周期")], [claim("壁厚偏差与固化周期")])
    numbers = [p.number for reason in reasons for p in reason.phrases]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_best_passage_is_quoted_verified_before_not():
    passages = [claim("壁厚偏差 0.05 mm"), claim("壁厚偏差 0.02 mm"), claim("壁厚偏差 0.02 mm", verified=True)]
    assert best_reason(THICKNESS, passages).passage is passages[2]


def test_the_title_above_a_claim_lends_it_its_subject():
    target = Target("碳纤维竿坯起皱治理")
    alone = judge(target, claim("起皱治理三年"))
    under = judge(target, claim("起皱治理三年", context="碳纤维竿坯工艺"))
    assert under.topic > alone.topic


def test_a_target_nobody_wrote_about_keeps_its_row():
    reason, = explain([THICKNESS], [claim("会写 PLC 程序")])
    assert (reason.verdict, reason.passage, reason.phrases) == (Verdict.not_mentioned, None, ())


GOOD, SHORT, SILENT = claim("壁厚偏差 0.02 mm，固化周期 60 分钟"), claim("壁厚偏差 0.02 mm"), claim("轮胎硫化")
TWO = [Target("壁厚", "偏差 ≤0.03 mm"), Target("固化周期", "≤75 分钟"), Target("改造投入", "≤15 万元", required=False)]


@pytest.mark.parametrize(("passage", "word"), [(GOOD, Fit.good), (SHORT, Fit.partial), (SILENT, Fit.none)])
def test_the_verdict_word_looks_at_required_targets(passage, word):
    assert fit(explain(TWO, [passage])) is word


def test_an_optional_target_alone_makes_no_match():
    assert fit(explain(TWO, [claim("改造投入 12 万元")])) is Fit.none


def test_without_targets_nobody_fits():
    assert fit([]) is Fit.none


def test_each_number_is_marked_on_both_sides():
    asked = Target("壁厚均匀", "壁厚偏差 ≤0.03 mm")
    reason = explain([asked], [Passage("0.6–1.1 mm 卷管的壁厚偏差稳定在 0.025 mm", "claim", "c")])[0]
    marked = [(asked.text[slice(*p.demand_span)], reason.passage.text[slice(*p.passage_span)])
              for p in reason.phrases]
    assert ("壁厚偏差", "壁厚偏差") in marked
    spans = sorted(p.passage_span for p in reason.phrases)
    assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))
