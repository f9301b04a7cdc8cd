"""The result document as DOCX: the same parts as the PDF, in the faces that offices have installed (GB/T 9704-2012)."""

import io

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from contests.forms.word_parts import HEI, TITLE, fixed_grid, plain_style, repeat_header, write
from contests.publication.document import ResultPaper, WinnerGroup

FANG, SONG = "仿宋_GB2312", "宋体"
RED = RGBColor(0xD7, 0x00, 0x0F)
CENTRE, LEFT, RIGHT, BOTH = (WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT,
                             WD_ALIGN_PARAGRAPH.JUSTIFY)
SAN, PITCH = 16, 29
"""三号 and the line pitch that puts 22 lines into 225 mm, in points."""
COLUMNS = (14, 28, 44, 70)
HEADS = ("序号", "奖项", "获奖者", "单位")


def render_docx(paper: ResultPaper) -> bytes:
    """One file: the document, then the annex on a page of its own."""
    document = Document()
    document.core_properties.title, document.core_properties.author = paper.title, ""
    plain_style(document)
    _margins(document.sections[0])
    _front(document, paper)
    _margins(document.add_section(WD_SECTION.NEW_PAGE))
    _annex(document, paper)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _front(document, paper: ResultPaper) -> None:
    size = min(42, 440 / max(1, len(paper.head)))
    head = _line(document, paper.head, TITLE, size, CENTRE, before=28, pitch=size * 1.3)
    head.runs[0].font.color.rgb = RED
    number = _line(document, paper.number, FANG, SAN, CENTRE, before=30)
    _rule(number)
    _line(document, paper.title, TITLE, 22, CENTRE, before=30, after=20, pitch=34)
    _line(document, paper.addressees, FANG, SAN, LEFT)
    for text in paper.paragraphs:
        _indented(_line(document, text, FANG, SAN, BOTH))
    _indented(_line(document, f"附件：{paper.annex}", FANG, SAN, LEFT, before=PITCH))
    for text, before in ((paper.signed_by, 2 * PITCH), (paper.dated, 0)):
        paragraph = _line(document, text, FANG, SAN, RIGHT, before=before)
        paragraph.paragraph_format.right_indent = Pt(4 * SAN)
        paragraph.paragraph_format.keep_with_next = text == paper.signed_by


def _annex(document, paper: ResultPaper) -> None:
    _line(document, "附件", HEI, SAN, LEFT)
    _line(document, paper.annex, TITLE, 22, CENTRE, before=12, after=12, pitch=34)
    for group in paper.groups:
        _line(document, group.name, HEI, SAN, LEFT)
        _table(document, group)
    printed = _line(document, f"{paper.issuer}　　{paper.printed_on}印发", FANG, 14, LEFT, before=24)
    _rule(printed, "top", "auto")


def _table(document, group: WinnerGroup) -> None:
    table = document.add_table(rows=1, cols=len(HEADS))
    table.style = "Table Grid"
    fixed_grid(table, COLUMNS)
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        write(cell.paragraphs[0], head, HEI, 14, CENTRE)
    repeat_header(table.rows[0])
    for index, one in enumerate(group.winners, 1):
        cells = table.add_row().cells
        for cell, text in zip(cells, (str(index), one.grade, one.name, one.organisation), strict=True):
            write(cell.paragraphs[0], text, FANG, 14, LEFT if text is one.organisation else CENTRE)


def _line(document, text: str, font: str, size: float, align, *, before: float = 0, after: float = 0,
          pitch: float = PITCH) -> Paragraph:
    paragraph = document.add_paragraph()
    write(paragraph, text, font, size, align)
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), Pt(pitch)
    return paragraph


def _indented(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.first_line_indent = Pt(2 * SAN)


def _rule(paragraph: Paragraph, side: str = "bottom", colour: str = "D7000F") -> None:
    borders, border = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "8"), ("color", colour)):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    paragraph._p.get_or_add_pPr().append(borders)


def _margins(section) -> None:
    """天头 37 mm, 订口 28 mm, 版心 156 × 225 mm."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(22)
    _page_number(section)


def _page_number(section) -> None:
    """— 1 —, 四号 Song."""
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    write(paragraph, "— ", SONG, 14, RIGHT)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = paragraph.add_run("1")
    run.font.size = Pt(14)
    field.append(run._element)
    paragraph._p.append(field)
    write(paragraph, " —", SONG, 14, RIGHT)
