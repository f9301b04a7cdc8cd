import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text import fold, grams, normalise, words


def cut(text: str) -> list[str]:
    return [word.text for word in words(normalise(text))]


@pytest.mark.parametrize(("written", "folded"), [
    ("ＧＢ３８０３１－２０２０", "GB38031-2020"),
    ("鋰離子電池乾燥機", "锂离子电池干燥机"),
    ("碳 纤 维", "碳纤维"),
    ("碳\u200b纤\ufeff维\x00", "碳纤维"),
    ("5\u00a0MPa", "5 MPa"),
    ("⼯艺", "工艺"),
    ("−5～10℃", "-5~10℃"),
    ("\ud800坏字", "\ufffd坏字"),
])
def test_folding_brings_one_meaning_to_one_spelling(written, folded):
    assert normalise(written) == folded


def test_folding_remembers_where_each_character_stood():
    text = "碳 纤\u200b维鋰電池"
    folded = fold(text)
    start = folded.text.index("锂电池")
    assert text[slice(*folded.span(start, start + 3))] == "鋰電池"


@pytest.mark.parametrize("term", ["GB38031-2020", "5t/h", "Al2O3", "OPC-UA", "P-R", "-26.95%", "PM2.5", "C++", "3D"])
def test_model_numbers_units_and_formulae_stay_whole(term):
    assert term.lower() in cut(f"采用{term}的装备")


def test_words_say_where_they_stand():
    text = "搅拌摩擦焊 Al2O3 颗粒"
    assert all(text[word.start:word.end].lower() == word.text for word in words(text))


def test_grams_are_characters_pairs_and_whole_terms_without_phrases_every_posting_carries():
    assert grams("PLC锂电池关键技术研发") == ["plc", "锂", "电", "池", "锂电", "电池"]


def test_pairs_do_not_reach_over_what_was_cut_out():
    assert "锂钠" not in grams("锂技术钠")


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert folded.text == normalise(text)
    assert all(word.text for word in words(folded.text))


def test_a_long_run_without_punctuation_is_cut_whole_and_in_reasonable_time():
    text = "碳纤维钓竿" * 4000
    cut_words = words(text)
    assert "".join(word.text for word in cut_words) == text
    assert sum(word.text == "碳纤维" for word in cut_words) > 3900
