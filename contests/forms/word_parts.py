"""What python-docx leaves to its caller: East Asian type, fixed grids, page counts within a section."""

from collections.abc import Sequence

from docx.document import Document as DocumentObject
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

TITLE, HEI, KAI, BODY = "方正小标宋简体", "黑体", "楷体", "宋体"
"""The faces of official documents; an office suite substitutes its own Song or sans where one is absent."""


PITCH = 1.3


def write(paragraph: Paragraph, text: str, font: str, size: float,
          align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT) -> None:
    """Add `text` (newlines become line breaks) in `font` for East Asian characters, `size` in points.

    The line pitch is exact, so that the page holds the same whichever face the office suite puts in.
    """
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = HEI if font == HEI else "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing = Pt(size * PITCH)


def plain_style(document: DocumentObject) -> None:
    """No space between paragraphs; Chinese punctuation as the mainland sets it."""
    style = document.styles["Normal"]
    style.paragraph_format.space_after = Pt(0)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(language)


def a4(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(22), Mm(18)
    section.left_margin = section.right_margin = Mm(27)
    section.footer_distance = Mm(9)


def footer(section: Section, copy_name: str) -> None:
    """第一份　第 1 页, counted within the section. No total: LibreOffice does not know SECTIONPAGES."""
    section.footer.is_linked_to_previous = False
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)
    paragraph = section.footer.paragraphs[0]
    write(paragraph, f"{copy_name}　第 ", BODY, 9, WD_ALIGN_PARAGRAPH.RIGHT)
    _field(paragraph, "PAGE")
    write(paragraph, " 页", BODY, 9, WD_ALIGN_PARAGRAPH.RIGHT)


def fixed_grid(table: Table, widths: Sequence[float]) -> None:
    """Column widths in mm that Word keeps whatever the cells hold, and 1 mm of air above and below the text."""
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:top", "w:bottom"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(Mm(1).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def row_height(row: _Row, height: float) -> None:
    """At least `height` mm, and never split over two pages."""
    row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat_header(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = paragraph.add_run("1")
    run.font.size = Pt(9)
    field.append(run._element)
    paragraph._p.append(field)
