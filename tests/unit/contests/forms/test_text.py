"""Text made safe to print."""

from hypothesis import given
from hypothesis import strategies as st

from contests.forms.text import clean_body, clean_line


def test_control_and_direction_characters_go():
    assert clean_line("周\x00砚\x07\u202e秋\ufeff") == "周砚秋"


def test_a_line_has_no_line_ends():
    assert clean_line(" 海岬\r\n大学\t学院 ") == "海岬 大学 学院"


def test_a_body_keeps_its_paragraphs():
    assert clean_body("一\r\n\r\n二\t三  \n") == "一\n\n二 三"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean_body(clean_body(text)) == clean_body(text)
