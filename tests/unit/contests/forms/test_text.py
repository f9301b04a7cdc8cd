"""Text made safe to print, and money in 万元."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.forms.text import clean_body, clean_line, wan


@pytest.mark.parametrize(("amount", "printed"), [
    (Decimal("355000"), "35.5"), (Decimal("10000"), "1"), (Decimal("100000"), "10"), (Decimal("0"), "0"),
    (Decimal("12345678901.23"), "1,234,567.890123"), (None, "")])
def test_money_is_exact_in_wan(amount, printed):
    assert wan(amount) == printed


def test_control_and_direction_characters_go():
    assert clean_line("周\x00砚\x07\u202e秋\ufeff") == "周砚秋"


def test_a_line_has_no_line_ends():
    assert clean_line(" 海岬\r\n大学\t学院 ") == "海岬 大学 学院"


def test_a_body_keeps_its_paragraphs():
    assert clean_body("一\r\n\r\n二\t三  \n") == "一\n\n二 三"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean_body(clean_body(text)) == clean_body(text)
