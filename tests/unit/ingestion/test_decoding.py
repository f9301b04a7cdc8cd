"""One reading of bytes for documents and sheets: what a file says does not hang on how it is named."""

import pytest

from ingestion.decoding import MIXED, decode
from ingestion.documents.pieces import Unreadable
from ingestion.sheets.tables import open_table

ROW = "标题,正文\n海带烫煮能耗太高的问题,每吨耗汽 0.9 吨\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030",
                                      "big5hkscs"])
def test_document_and_sheet_read_the_same(encoding):
    words = ROW if encoding != "big5hkscs" else "標題,正文\n專案技術需求與企業合作,公司的技術經過研究\n"
    data = words.encode(encoding)
    text, warnings = decode(data)
    assert (text, warnings) == (words, [])
    table = open_table("a.csv", data, None)
    assert [",".join(table.header), ",".join(table.rows[0].cells.values())] == words.split("\n")[:2]


def test_files_put_together_are_read_line_by_line_and_said_to_be():
    data = ROW.encode() + ROW.encode("gb18030")
    assert decode(data) == (ROW * 2, [MIXED])
    assert open_table("a.csv", data, None).warnings == (MIXED,)


def test_gbk_that_looks_like_utf_8_in_one_line_is_still_gbk():
    """Two-byte pairs of GBK may be valid UTF-8 of other scripts: without Chinese in it that proves nothing."""
    chance = bytes.fromhex("d0b0d0b1d0b2d0b3d0b4d0b5d0b6") + "\n这是企业的技术需求\n".encode("gb18030")
    text, warnings = decode(chance)
    assert (text.split("\n")[1], warnings) == ("这是企业的技术需求", [])
    assert text == chance.decode("gb18030")


def test_a_sheet_cut_off_in_a_character_says_so():
    assert "末尾少了半个字" in open_table("a.csv", ROW.strip().encode()[:-1], None).warnings[0]


def test_zeros_are_no_text_for_a_document():
    with pytest.raises(Unreadable, match="零字节"):
        decode("海带\x00能耗".encode())
