"""What each kind of file reads as, and what is refused with which reason."""

import io
import zipfile

import pytest

from ingestion.documents import apart
from ingestion.documents.opening import open_document
from models.errors import Invalid
from tests.support.documents import (
    PARAGRAPHS,
    docx_file,
    html_file,
    pdf_file,
    rtf_file,
    with_body,
    with_member,
)

TEXT = "\n".join(PARAGRAPHS)
MAKERS = {
    "合同.docx": lambda: docx_file(table=()), "合同.pdf": pdf_file, "合同.rtf": rtf_file, "合同.txt": TEXT.encode,
    "合同.html": lambda: html_file("".join(f"<p>{line}</p>" for line in PARAGRAPHS), title=""),
}


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Invalid) as error:
        open_document(name, data)
    assert error.value.field == "file"
    return error.value.message


@pytest.mark.parametrize("name", MAKERS)
def test_every_kind_reads_as_the_same_text(name):
    document = open_document(name, MAKERS[name]())
    assert document.text == TEXT
    assert (document.kind, document.warnings) == (name.rpartition(".")[2], ())
    assert [document.text_of(block) for block in document.blocks] == list(PARAGRAPHS)


def test_a_place_is_told_as_a_person_looks_for_it():
    page = open_document("a.pdf", pdf_file(pages=2))
    assert page.where(len(page.text) - 1) == "第 2 页第 4 行"
    table = open_document("a.docx", docx_file())
    assert table.where(table.text.index("≤0.03")) == "表 1 第 2 行第 2 列"
    assert table.where(table.text.index("海岬大学")) == "第 3 段"
    assert "跳动量\t≤0.03 mm" in table.text


def test_a_header_is_read_and_told_apart():
    document = open_document("a.docx", docx_file(header="海岬大学科研处"))
    assert document.where(document.text.index("科研处")) == "页眉"


def test_words_deleted_or_hidden_in_word_are_not_read():
    document = open_document("a.docx", with_body(
        '<w:p><w:r><w:t>金额38</w:t></w:r><w:del><w:r><w:delText>99</w:delText></w:r></w:del>'
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:ins><w:r><w:t>万元</w:t></w:r></w:ins></w:p>'))
    assert document.text == "金额38万元"


def test_a_merged_cell_keeps_the_columns_behind_it():
    cell = "<w:tc>{}<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    wide = cell.format('<w:tcPr><w:gridSpan w:val="3"/></w:tcPr>', "难题")
    document = open_document("a.docx", with_body(f"<w:tbl><w:tr>{wide}{cell.format('', '说明')}</w:tr></w:tbl>"))
    assert [(block.column, document.text_of(block)) for block in document.blocks] == [(1, "难题"), (4, "说明")]


def test_a_script_is_never_read_and_cells_know_their_place():
    document = open_document("a.html", html_file(
        "<script>document.write('坏')</script><table><tr><th>职称</th><td>教授<br>博导</td></tr></table><p hidden>暗</p>"
        "<ul><li>论文一<li>论文二</ul>"))
    assert document.text == "页面\n职称\t教授\n博导\n论文一\n论文二"
    assert document.where(document.text.index("博导")) == "表 1 第 1 行第 2 列"


@pytest.mark.parametrize("encoding", "utf-8 utf-8-sig gbk gb18030 big5 utf-16 utf-16-le utf-16-be".split())
def test_text_is_read_in_any_encoding(encoding):
    text = "技術開發合同\n甲方：海岬漁具有限公司\n金額 38 萬元" if encoding == "big5" else TEXT
    assert open_document("a.txt", text.encode(encoding)).text == text


def test_a_page_is_read_by_its_charset_and_by_its_bytes_where_it_lies():
    assert "海岬大学" in open_document("a.html", html_file("<p>海岬大学</p>", "gb2312")).text
    lying = html_file("<p>海岬大学的专家</p>", "gb2312").replace(b"gb2312", b"utf-8")
    assert "海岬大学的专家" in open_document("a.html", lying).text


def test_two_encodings_in_one_file_are_read_and_told():
    document = open_document("a.txt", "甲方：海岬公司\n".encode() + "乙方：海岬大学\n".encode("gbk"))
    assert document.text == "甲方：海岬公司\n乙方：海岬大学"
    assert "两种文字编码" in document.warnings[0]


def test_a_scan_without_text_says_so_and_is_not_refused():
    document = open_document("a.pdf", pdf_file(lines=()))
    assert not document.readable
    assert "扫描件" in document.warnings[0]
    assert "附件" in document.warnings[0]


@pytest.mark.parametrize(("name", "make", "reason"), [
    ("a.docx", lambda: pdf_file(), "内容却是 PDF"), ("a.pdf", lambda: docx_file(), "内容却是 DOCX"),
    ("a.docx", lambda: TEXT.encode(), "内容却不是 DOCX"), ("a.txt", lambda: b"", "空的"),
    ("a.docm", lambda: docx_file(), "宏"), ("a.docx", lambda: with_member("word/vbaProject.bin", b"x"), "宏"),
    ("a.docx", lambda: docx_file()[:2000], "没有传完整"), ("a.pdf", lambda: pdf_file()[:300], "没有传完整"),
    ("a.rtf", lambda: rtf_file()[:-10], "没有传完整"), ("a.txt", lambda: b"ab\x00\x00\x00cd", "零字节"),
    ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "没有传完整"),
    ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
    ("a.xls", lambda: rtf_file(), ".rtf"), ("a.zip", lambda: zipped({"a.txt": b"x"}), "压缩包"),
    ("a.exe", lambda: b"MZ\x90\x00\x03", "程序"), ("a.png", lambda: b"\x89PNG\r\n\x1a\n0000", "图片"),
    ("a.xlsx", lambda: zipped({"xl/workbook.xml": b"<a/>"}), "表格"),
])
def test_what_cannot_be_read_is_refused_with_the_reason(name, make, reason):
    assert reason in refusal(name, make())


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_inflated():
    assert "展开后太大" in refusal("a.docx", zipped({"word/document.xml": b" " * (60 << 20)}))


def test_an_entity_bomb_and_an_external_entity_are_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    assert "外部引用" in refusal("a.docx", with_member("word/document.xml", bomb))
    late = b"<a>" + b" " * 5000 + b'</a><!ENTITY x SYSTEM "file:///etc/passwd">'
    assert "外部引用" in refusal("a.docx", with_member("word/document.xml", late))


def test_xml_a_thousand_deep_is_refused():
    deep = with_body("<w:sdt>" * 3000 + "</w:sdt>" * 3000)
    assert "读不下去" in refusal("a.docx", deep)


def test_deep_html_is_read_and_html_without_a_bottom_refused():
    assert open_document("a.html", html_file("<div>" * 4_000 + "底")).text.endswith("底")
    assert "层数太多" in refusal("a.html", html_file("<div>" * 200_000 + "底"))


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.001)
    assert "还没读完" in refusal("a.pdf", pdf_file())


def test_a_reader_that_dies_is_told_and_nothing_else_dies(monkeypatch):
    monkeypatch.setattr(apart.child, "__name__", "ingestion.documents.missing")
    assert "读不了" in refusal("a.pdf", pdf_file())


def test_a_page_that_begins_with_many_comments_is_told_at_once():
    """Sixty ways to part them would take longer than the universe is old: found by reading, 27 November."""
    assert open_document("a.txt", b"<!---->" * 60 + "海岬".encode()).text.endswith("海岬")


def test_a_long_text_is_cut_and_told():
    document = open_document("a.txt", ("技术" * 499 + "\n").encode() * 1100)
    assert len(document.text) <= 1_001_100
    assert "只读了前 1,000,000 字" in document.warnings[0]


def test_a_member_said_to_lie_before_the_file_is_refused():
    """Found by test_fuzz.py: zipfile seeks to a negative place and raises ValueError."""
    whole = bytearray(docx_file())
    at = whole.rindex(b"PK\x05\x06") + 16  # where the directory is said to begin
    whole[at:at + 4] = (int.from_bytes(whole[at:at + 4], "little") + 4000).to_bytes(4, "little")
    assert "没有传完整" in refusal("a.docx", bytes(whole))


def test_a_text_box_is_read_once_and_automatic_numbers_are_told_missing():
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    document = open_document("a.docx", with_body(
        f"<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>正文</w:t></w:r><w:r><w:pict>{box}</w:pict></w:r>"
        f"<w:r><w:Fallback>{box}</w:Fallback></w:r></w:p>"))
    assert document.text == "正文\n框内"
    assert "编号" in document.warnings[0]
