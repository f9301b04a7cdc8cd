import math

import pytest

from matching.reasons.figures import meets, read_figures
from matching.text import normalise


def read(text: str):
    return read_figures(normalise(text))


def interval(text: str) -> tuple[float, float, str]:
    figure, = read(text)
    return figure.low, figure.high, figure.unit.dimension


@pytest.mark.parametrize(("text", "low", "high", "dimension"), [
    ("≤0.03 mm", -math.inf, 3e-5, "length"),
    ("不低于 5000 小时", 1.8e7, math.inf, "time"),
    ("720小时以上", 2.592e6, math.inf, "time"),
    ("控制在 0.05 毫米以内", -math.inf, 5e-5, "length"),
    ("±0.02mm", -math.inf, 2e-5, "length"),
    ("1.6–2.5 MPa", 1.6e6, 2.5e6, "pressure"),
    ("80%～85%", 0.8, 0.85, "ratio"),
    ("由 84% 提高到 96%", 0.96, math.inf, "ratio"),
    ("从 2 小时缩短到 75 分钟", -math.inf, 4500, "time"),
    ("0.32 kWh/kg", 1.152e6, 1.152e6, "energy/mass"),
    ("15万元", 1.5e5, 1.5e5, "money"),
    ("1,200 r/min", 1200, 1200, "rotation"),
    ("3×10-3 Pa", 3e-3, 3e-3, "pressure"),
    ("-40℃", -40, -40, "temperature"),
])
def test_figures_are_read_as_intervals_in_base_units(text, low, high, dimension):
    assert interval(text) == (pytest.approx(low), pytest.approx(high), dimension)


@pytest.mark.parametrize("name", ["T700 预浸料", "Al2O3 陶瓷", "GB38031-2020", "H13钢"])
def test_a_number_inside_a_name_is_no_figure(name):
    assert read(name) == []


@pytest.mark.parametrize(("text", "change"), [("能耗降低 28%", "down"), ("效率提高了30%", "up"), ("合格率提高到 96%", "")])
def test_a_change_is_not_a_level(text, change):
    assert read(text)[0].change == change


def test_places_are_those_of_the_text():
    text = "壁厚偏差不超过0.03mm，节拍40秒"
    assert [text[f.start:f.end] for f in read(text)] == ["不超过0.03mm", "40秒"]


@pytest.mark.parametrize(("claim", "asked", "met"), [
    ("0.025 mm", "≤0.03 mm", True), ("25 μm", "≤0.03 mm", True), ("0.05 mm", "≤0.03 mm", False),
    ("96%", "≥95%", True), ("95%", "≥95%", True), ("95%", "大于95%", False), ("≥96%", "≥95%", True),
    ("≥90%", "≥95%", False),
    ("不超过 5 mg/L", "≤5 mg/L", True), ("8000 μg/L", "≤5 mg/L", False), ("80%~85%", "≥90%", False),
    ("2.0 MPa", "1.6-2.5 MPa", True), ("800 kPa", "1.6-2.5 MPa", False), ("180000元", "≤15万元", False),
])
def test_what_was_reached_is_compared_with_what_is_asked(claim, asked, met):
    assert meets(read(claim)[0], read(asked)[0]) is met


def test_an_end_that_was_never_stated_meets_nothing():
    assert not meets(read("低于 5 mg/L")[0], read("≥3 mg/L")[0])
