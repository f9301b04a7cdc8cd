import pytest

from matching.chance import FEATURES, Evidence, Model, fitted, word
from matching.reasons.judging import explain
from matching.reasons.targets import Fit, Passage, Target

ASKED = [Target("壁厚", "偏差 ≤0.03 mm"), Target("固化周期", "≤75 分钟")]


def reasons(text: str):
    return explain(ASKED, [Passage(text, "claim")])


def test_figures_that_are_met_make_a_pairing_likely_and_silence_makes_it_unlikely():
    model = fitted("some other encoder")
    met = Evidence.of(0.4, 0.4, reasons("壁厚偏差 0.02 mm，固化周期 60 分钟"), True)
    silent = Evidence.of(0.0, 0.0, reasons("轮胎硫化"), True)
    assert met.figures == 1
    assert model.chance(met) > 0.8
    assert model.chance(silent) < 0.05


def test_the_word_is_no_better_than_its_chance():
    met = reasons("壁厚偏差 0.02 mm，固化周期 60 分钟")
    assert [word(met, chance) for chance in (0.9, 0.3, 0.01)] == [Fit.good, Fit.partial, Fit.none]


def test_a_high_chance_makes_no_answer_of_none():
    assert word(reasons("轮胎硫化"), 0.99) is Fit.none


def test_another_encoder_is_read_without_its_cosines():
    assert fitted("some other encoder").weights[FEATURES.index("cosine")] == 0


@pytest.mark.parametrize("weight", [1e9, -1e9])
def test_a_chance_stays_one(weight):
    assert 0 <= Model(0.0, (weight,) * len(FEATURES)).chance(Evidence(*[1.0] * len(FEATURES))) <= 1
