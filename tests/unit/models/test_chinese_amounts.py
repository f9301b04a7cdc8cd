from decimal import Decimal

import pytest

from models.chinese_amounts import FIGURES, WORDS, parse_figures, parse_words


@pytest.mark.parametrize(("text", "amount"), [
    ("叁拾捌万元整", "380000"), ("拾贰万伍仟元整", "125000"), ("玖万捌仟圆正", "98000"), ("壹佰零伍万叁仟零贰拾元", "1053020"),
    ("贰亿叁仟万元整", "230000000"), ("壹仟贰佰叁拾肆元伍角陆分", "1234.56"), ("叁 拾 捌 萬 圓 整", "380000"),
])
def test_capital_numerals_are_read(text, amount):
    assert WORDS.fullmatch(text)
    assert parse_words(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["三十八", "元整", "叁拾捌万", "叁拾x元"])
def test_what_is_no_sum_is_refused(text):
    with pytest.raises(ValueError, match="not a"):
        parse_words(text)


@pytest.mark.parametrize(("text", "amount"), [
    ("¥380,000.00", "380000"), ("￥12.5万", "125000"), ("38 万元", "380000"), ("380，000 元", "380000"),
])
def test_figures_are_read(text, amount):
    assert parse_figures(FIGURES.search(text)) == Decimal(amount)
