"""Characters and bytes: glosses, scripts, slips of GBK, private and invisible codes."""

import pytest

from ingestion.repair.passes import repair
from ingestion.repair.repaired import LOST, Kind


def kinds(text: str) -> set[Kind]:
    return {change.kind for change in repair(text).changes}


class TestGlosses:
    def test_a_reading_behind_a_traditional_character_goes(self):
        assert repair("企業(yè)家創(chuàng)新達(dá)人").text == "企业家创新达人"

    def test_a_writer_who_helps_with_a_place_name_is_left_alone(self):
        text = "亳（bó）州和涪（fú）陵的企业"
        assert repair(text).text == text

    def test_letters_that_are_no_reading_of_the_character_stay(self):
        repaired = repair("企業(máo)家、關(guān)係和學(xué)習(xí)")
        assert repaired.text == "企业(máo)家、关系和学习"
        assert repaired.notes[0].kind is Kind.gloss


class TestScripts:
    def test_a_traditional_text_becomes_simplified_by_words(self):
        assert repair("著眼於乾坤，乾燥的頭髮，編著者發現").text == "着眼于乾坤，干燥的头发，编著者发现"

    @pytest.mark.parametrize("text", ["联系人：陳先生。技术指标见附件，乾隆年间已有记载，请各有关单位按照通知要求认真填报。",
                                      "瞭望塔的徵兆"])
    def test_a_name_in_a_simplified_text_stays(self, text):
        assert repair(text).text == text


class TestSlips:
    def test_a_shifted_stretch_is_read_from_its_bytes_again(self):
        shifted = "面向企业".encode("gbk")
        text = "重点任务是" + "?" + shifted[1:].decode("gbk", "replace").replace("\ufffd", "?") + "，尽快完成。"
        assert kinds(text) <= {Kind.encoding, Kind.width}

    def test_what_the_document_itself_proves_is_written(self):
        repaired = repair("各省、自治區、直轄市科協。以?。ㄗ灾螀^(qū)、直轄市)為單位")
        assert repaired.text == "各省、自治区、直辖市科协。以省（自治区、直辖市）为单位"
        assert not repaired.lost

    def test_what_nothing_proves_is_lost_with_what_it_may_have_been(self):
        repaired = repair("以?。ㄗ灾螀^、直轄市)為單位")
        assert repaired.text == f"以{LOST}（自治区、直辖市）为单位"
        assert "省" in repaired.lost[0].candidates

    @pytest.mark.parametrize("text", ["这是什么?我们不知道。", "能不能提高效率?请专家回答", "价格?面议", "??", "?"])
    def test_a_question_mark_is_a_question_mark(self, text):
        assert Kind.encoding not in kinds(text)


class TestCodes:
    def test_a_bullet_of_a_symbol_font_becomes_a_bullet(self):
        assert repair("\uf0b7 提高效率").text == "• 提高效率"

    def test_a_private_code_nobody_knows_is_lost(self):
        repaired = repair("王\ue863先生")
        assert repaired.text == f"王{LOST}先生"
        assert repaired.lost[0].start == 1

    def test_invisible_characters_and_radicals_of_pdf_fonts_are_gone(self):
        assert repair("\ufeff技\u200b术⼈员\x00的⽅案\u00ad").text == "技术人员的方案"

    def test_half_a_surrogate_pair_does_not_stop_it(self):
        assert repair("技术\ud800需求").text == f"技术{LOST}需求"
