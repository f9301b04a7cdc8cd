"""The DOC reader, on files that LibreOffice wrote of invented papers and on files made byte by byte."""

import pathlib
import struct

import pytest

from ingestion.documents.opening import open_document
from ingestion.documents.pieces import Unreadable
from ingestion.documents.word97.characters import Characters
from ingestion.documents.word97.properties import modifiers
from ingestion.documents.word97.stories import header_ranges
from ingestion.documents.word97.tables import Row, cells
from ingestion.file_types import DOC, recognise
from models.errors import Invalid
from tests.support.documents import docx_file, html_file, mhtml_file, rtf_file
from tests.support.word97 import TEXT_AT, compound, doc_file

FILES = pathlib.Path(__file__).parent / "files"
CONTRACT = (FILES / "contract.doc").read_bytes()
"""A contract with headings, a field, two tables, a merged cell, words hidden and deleted, a text box, a header."""


def refusal(data: bytes, name: str = "a.doc") -> str:
    with pytest.raises(Invalid) as error:
        open_document(name, data)
    return error.value.message


@pytest.fixture(scope="module")
def contract():
    return open_document("合同.doc", CONTRACT)


def test_a_contract_is_read_from_its_title_to_its_last_line(contract):
    assert contract.kind == "doc"
    assert contract.warnings == ()
    assert contract.text.startswith("技术开发（委托）合同\n合同编号：HJ-2026-0417\n")
    assert "temperature 20 °C ± 2 °C" in contract.text
    assert [contract.text_of(block) for block in contract.blocks if block.kind == "heading"][-1] == "四、期限"


def test_cells_stand_in_their_row_and_column_behind_a_merged_one_too(contract):
    assert contract.where(contract.text.index("≤0.03 mm")) == "表 1 第 2 行第 3 列"
    assert contract.where(contract.text.index("（插接处）")) == "表 1 第 2 行第 2 列"
    assert contract.where(contract.text.index("合计")) == "表 2 第 1 行第 4 列"
    assert "15.2 万元\t15.2 万元\t7.6 万元" in contract.text


def test_of_a_field_only_what_it_shows_is_read(contract):
    assert "研究开发 插接跳动量在线检测装置，详见" in contract.text
    assert "HYPERLINK" not in contract.text
    assert contract.text.endswith("1 页")


def test_words_hidden_or_deleted_are_not_read(contract):
    assert "人民币 38 万元（大写：叁拾捌万元整）。" in contract.text
    assert "29" not in contract.text
    assert "不含税" not in contract.text


def test_a_text_box_and_the_header_come_after_the_text(contract):
    assert "以下无正文\n骑缝章处😀\n海岬大学科研处 合同专用\n1 页" in contract.text
    assert contract.where(contract.text.index("合同专用")) == "页眉"


def test_a_wps_file_and_an_uppercase_name_are_read_alike(contract):
    assert open_document("合同.WPS", CONTRACT).text == contract.text


def test_pieces_of_one_and_of_two_bytes_are_put_together():
    pieces = [("Price “38” ", "cp1252"), ("万元😀\r", "utf-16-le"), ("end\r", "cp1252")]
    document = open_document("a.doc", doc_file(pieces))
    assert document.text == "Price “38” 万元😀\nend"


def test_a_field_that_never_ends_hides_nothing_and_fields_lie_within_fields():
    assert open_document("a.doc", doc_file("一\x13二\r三\r")).text == "一二\n三"
    nested = "甲\x13 IF \x13 DATE \x14 5 \x15 = 5 \x14乙\x13 PAGE \x14丙\x15\x15丁\r"
    assert open_document("a.doc", doc_file(nested)).text == "甲乙丙丁"


def test_breaks_and_hyphens_are_read_as_they_look():
    assert open_document("a.doc", doc_file("甲\x0b乙\x1e丙\x1f丁\x0c戊\r")).text == "甲\n乙-丙丁\n戊"


@pytest.mark.parametrize(("data", "reason"), [
    (doc_file("密\r", flags=0x0100), "加了密码"), (doc_file("宏\r", storages=["Macros"]), "带宏"),
    (doc_file("旧\r", version=0x0068), "Word 95"), (CONTRACT[:9000], "没有传完整"), (CONTRACT[:-3000], "没有传完整"),
    (compound({"Workbook": b"x"}), "表格"), (compound({"PowerPoint Document": b"x"}), "认不出"),
    (compound({"WordDocument": b"x"}), "坏了"), ("只是文字".encode(), "内容却不是 DOC"),
])
def test_what_cannot_be_read_is_refused_with_the_reason(data, reason):
    assert reason in refusal(data)


def test_what_goes_by_the_name_of_a_doc_is_read_as_what_it_is():
    page = html_file("<table><tr><td>项目<td>指标</table>", "gb2312")
    assert open_document("通知.doc", page).text.endswith("项目\t指标")
    assert open_document("通知.doc", b"\xef\xbb\xbf" + html_file("<p>海岬大学")).kind == "html"
    assert open_document("片段.doc", "<div>海岬大学</div><p>通知".encode()).text == "海岬大学\n通知"
    assert open_document("通知.doc", mhtml_file("<p>海岬大学的通知</p>")).text == "页面\n海岬大学的通知"
    assert open_document("合同.doc", rtf_file()).kind == "rtf"
    assert open_document("合同.doc", docx_file()).kind == "docx"
    assert "改成 .doc 再传" in refusal(CONTRACT, "合同.docx")


def test_a_page_in_one_file_that_was_cut_is_refused():
    whole = mhtml_file("<p>通知</p>")
    assert open_document("通知.mht", b"From: <saved>\r\nSubject: a\r\n b\r\n" + whole).text == "页面\n通知"
    assert "没有传完整" in refusal(whole[:-40], "通知.mht")


def test_a_doc_is_kept_as_what_it_is_and_only_when_it_is_sound():
    assert recognise(CONTRACT).media_type == DOC
    for data in (CONTRACT[:9000], doc_file("宏\r", storages=["Macros"])):
        with pytest.raises(Invalid, match="带宏|没有传完整"):
            recognise(data)


def test_it_reads_as_the_docx_that_it_was_written_from():
    rows = [cell for row in open_document("a.doc", (FILES / "demand.doc").read_bytes()).tables() for cell in row]
    assert [len(row) for row in rows] == [4, 4, 2, 2, 2, 2, 4, 2]


def test_a_chain_of_sectors_that_never_ends_is_refused():
    data = bytearray(doc_file("字\r" * 3000))
    word = data.index("WordDocument".encode("utf-16-le"))
    start, = struct.unpack_from("<I", data, word + 116)
    struct.pack_into("<I", data, 512 + 4 * start, start)
    assert "没有传完整" in refusal(bytes(data))
    struct.pack_into("<I", data, word + 120, 0x7FFFFFFF)
    assert "没有传完整" in refusal(bytes(data))


def test_a_directory_that_runs_in_a_circle_is_refused():
    data = bytearray(doc_file("字\r"))
    entry = data.index("1Table".encode("utf-16-le"))
    struct.pack_into("<I", data, entry + 72, 1)
    assert open_document("a.doc", bytes(data)).text == "字"
    struct.pack_into("<I", data, 512 + 4, 1)
    assert open_document("a.doc", bytes(data)).text == "字"


def test_a_piece_table_that_shows_the_same_bytes_again_and_again_is_bounded():
    count = 50_000
    table = struct.pack(f"<{count + 1}I", *range(0, 3000 * (count + 1), 3000))
    clx = b"\x02" + struct.pack("<I", 12 * count + 4) + table + struct.pack("<HIH", 0, TEXT_AT * 2 | 1 << 30, 0) * count
    with pytest.raises(IndexError):
        Characters(b"", b"")
    characters = Characters(b"\0" * TEXT_AT + b"x" * 3000, clx)
    assert len(characters.text(characters.within(0, 3000 * count))) == 2_000_000
    with pytest.raises(Unreadable, match="坏了"):
        Characters(b"", b"\x02" + struct.pack("<I", 12 * 100_001 + 4) + bytes(12 * 100_001 + 4))


def test_modifiers_cut_short_end_and_a_row_tells_its_edges():
    row = struct.pack("<HHB3h", 0xD608, 8, 2, 0, 100, 200)
    assert dict(modifiers(b"\x16\x24\x01" + row)) == {0x2416: b"\x01", 0xD608: row[4:]}
    assert dict(modifiers(row[:-1])) == {}


def test_columns_are_told_by_the_edges_of_all_rows():
    found = cells([Row(["甲", "乙"], (0, 310, 900)), Row(["一", "二", "三"], (2, 100, 300, 900))], 1)
    assert [(piece.text, piece.column) for piece in found] == [("甲", 1), ("乙", 3), ("一", 1), ("二", 2), ("三", 3)]


def test_headers_are_told_from_footers_and_from_what_stands_above_footnotes():
    places = (0, 1, 2, 3, 4, 5, 6, 8, 8, 9, 12)
    assert list(header_ranges(places)) == [("header", 6, 8), ("footer", 8, 9), ("footer", 9, 12)]
