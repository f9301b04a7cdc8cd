"""Files made for the readers' tests: small, valid, of every kind. The people and firms in them are invented."""

import io
import quopri
import zipfile

import docx
import typst

from tests.support.sources import ROOT

FONTS = ROOT / "contests/forms/fonts"
PARAGRAPHS = ("技术开发合同", "甲方：海岬渔具有限公司", "乙方：海岬大学", "合同金额：38 万元")


def docx_file(paragraphs=PARAGRAPHS, table=(("项目", "指标"), ("跳动量", "≤0.03 mm")), header="") -> bytes:
    """A DOCX with paragraphs, then a table, then a closing line."""
    document = docx.Document()
    for line in paragraphs:
        document.add_paragraph(line)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for cells, values in zip(grid.rows, table, strict=True):
            for cell, value in zip(cells.cells, values, strict=True):
                cell.text = value
        document.add_paragraph("以下无正文")
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_body(xml: str) -> bytes:
    """A DOCX whose body is the given WordprocessingML, with `w:` bound."""
    return with_member("word/document.xml", (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/'
        f'wordprocessingml/2006/main"><w:body>{xml}</w:body></w:document>').encode())


def with_member(name: str, content: bytes) -> bytes:
    """A DOCX in which one member is replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_file())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


def pdf_file(lines=PARAGRAPHS, pages: int = 1) -> bytes:
    """A PDF with a text layer, the same lines on every page."""
    body = "\n#pagebreak()\n".join([" \\\n".join(lines)] * pages)
    look = '#set page(width: 14cm, height: 20cm)\n#set text(font: "Noto Serif SC", lang: "zh")\n'
    return typst.compile((look + body).encode(), font_paths=[str(FONTS)])


def rtf_file(lines=PARAGRAPHS) -> bytes:
    """An RTF as Chinese Word writes it: GBK bytes as \\'xx."""
    text = "\\par\n".join("".join(f"\\'{byte:02x}" for byte in line.encode("gbk")) for line in lines)
    return (r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}\f0 " + text + "\\par}").encode()


def mhtml_file(body: str, charset: str = "gb2312") -> bytes:
    """A page in one file, as Word saves it: the page in quoted-printable, a picture behind it."""
    page = quopri.encodestring(html_file(body, charset)).replace(b"\n", b"\r\n")
    head = ('MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----=_P"\r\n\r\n'
            "此文档为单个文件网页\r\n\r\n------=_P\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            f'Content-Type: text/html; charset="{charset}"\r\n\r\n')
    picture = "\r\n------=_P\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    return head.encode(charset) + page + picture.encode() + b"------=_P--\r\n"


def html_file(body: str, charset: str = "utf-8", title: str = "页面") -> bytes:
    head = f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title></head>'
    page = f"{head}<body>{body}</body></html>"
    return page.encode(charset)
