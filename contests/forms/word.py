"""A registration form as DOCX: the same grid, words and pages as the PDF, in the type that offices have installed."""

import io

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from contests.forms.form import FormRow, RegistrationForm, cleaned
from contests.forms.paging import FIELD, ROW, WIDTHS, Paging, page
from contests.forms.word_parts import (
    BODY,
    HEI,
    KAI,
    TITLE,
    a4,
    fixed_grid,
    footer,
    plain_style,
    repeat_header,
    row_height,
    write,
)
from contests.forms.wording import COPY_NAMES, SEE_ATTACHED, attached_head, rest_attached
from models.money import wan

CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
SUMMARY_HEIGHT, HEAD_HEIGHT, SIGNATURE_HEIGHT, REVIEW_HEIGHT = 52, 13, 13, 28


def render_docx(form: RegistrationForm) -> bytes:
    """All copies in one file, each a section of its own with its own page count."""
    form = cleaned(form)
    document = Document()
    document.core_properties.title = "".join(form.template.title) + form.template.group
    document.core_properties.author = ""
    plain_style(document)
    paging = page(form)
    for index, name in enumerate(COPY_NAMES[:form.template.copies]):
        section = document.sections[0] if index == 0 else document.add_section(WD_SECTION.NEW_PAGE)
        a4(section)
        footer(section, name)
        _front(document, form, paging)
        if paging.attached:
            _attached(document, form, paging)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _front(document, form: RegistrationForm, paging: Paging) -> None:
    template = form.template
    write(document.add_paragraph(), template.annex, HEI, 16)
    for line in template.title:
        write(document.add_paragraph(), line, TITLE, 22, CENTRE)
    group = document.add_paragraph()
    write(group, template.group, KAI, 16, CENTRE)
    group.paragraph_format.space_before = group.paragraph_format.space_after = Pt(5)
    write(document.add_paragraph(), template.note, BODY, 12)
    table = _grid(document)
    _fields(table, form)
    _summary(table, form, paging)
    _heads(table, form)
    for row in paging.rows:
        _project(table, row)
    if paging.attached_rows:
        _put(_spread(table, ROW, 6)[0], rest_attached(len(paging.attached_rows)), 10.5)
    for _ in range(paging.blank_rows):
        _spread(table, ROW, 2, 2, 1, 1)
    _signature(table, form)


def _fields(table: Table, form: RegistrationForm) -> None:
    template = form.template
    cells = _spread(table, FIELD, 1, 2, 1, 2)
    for cell, text in zip(cells, (template.name_label, form.name, template.phone_label, form.phone), strict=True):
        _put(cell, text, 12)
    label, value = _spread(table, FIELD, 1, 5)
    _put(label, template.employer_label, 12)
    _put(value, form.employer, 12)


def _summary(table: Table, form: RegistrationForm, paging: Paging) -> None:
    cell, = _spread(table, SUMMARY_HEIGHT, 6)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    write(cell.paragraphs[0], form.template.summary_label, BODY, 12, CENTRE)
    cell.paragraphs[0].paragraph_format.space_before = Pt(4)
    write(cell.add_paragraph(), form.template.summary_hint, BODY, 10.5, CENTRE)
    if paging.attached_summary:
        write(cell.add_paragraph(), SEE_ATTACHED, BODY, 10.5, CENTRE)
    for line in paging.summary.split("\n"):
        write(cell.add_paragraph(), line, BODY, 10.5, LEFT)


def _heads(table: Table, form: RegistrationForm) -> None:
    for cell, head in zip(_spread(table, HEAD_HEIGHT, 2, 2, 1, 1), form.template.columns, strict=True):
        _put(cell, head.replace("（", "\n（"), 12)


def _project(table: Table, row: FormRow) -> None:
    texts = (row.project, row.partner, wan(row.amount), wan(row.expected_benefit))
    for cell, text in zip(_spread(table, ROW, 2, 2, 1, 1), texts, strict=True):
        _put(cell, text, 10.5)


def _signature(table: Table, form: RegistrationForm) -> None:
    label, _ = _spread(table, SIGNATURE_HEIGHT, 1, 5)
    _put(label, form.template.signature_label, 12)
    label, opinion = _spread(table, REVIEW_HEIGHT, 1, 5)
    _put(label, "\n".join(form.template.review_label), 12)
    opinion.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    write(opinion.paragraphs[0], form.template.date_line, BODY, 12, RIGHT)
    opinion.paragraphs[0].paragraph_format.right_indent = Mm(8)
    opinion.paragraphs[0].paragraph_format.space_after = Pt(6)


def _attached(document, form: RegistrationForm, paging: Paging) -> None:
    head = document.add_paragraph()
    head.add_run().add_break(WD_BREAK.PAGE)
    write(head, "附页", HEI, 16)
    write(document.add_paragraph(), attached_head(form.name, form.template.group), BODY, 12)
    if paging.attached_summary:
        write(document.add_paragraph(), form.template.summary_label, HEI, 12)
        for line in paging.attached_summary.split("\n"):
            paragraph = document.add_paragraph()
            write(paragraph, line, BODY, 12)
            paragraph.paragraph_format.first_line_indent = Pt(24)
            paragraph.paragraph_format.line_spacing = Pt(20)
    if paging.attached_rows:
        table = _grid(document)
        _heads(table, form)
        repeat_header(table.rows[0])
        for row in paging.attached_rows:
            _project(table, row)


def _grid(document) -> Table:
    table = document.add_table(rows=0, cols=len(WIDTHS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    fixed_grid(table, WIDTHS)
    return table


def _spread(table: Table, height: float, *spans: int) -> list[_Cell]:
    """A new row of at least `height` mm whose cells span that many grid columns each."""
    row = table.add_row()
    row_height(row, height)
    cells, start = [], 0
    for span in spans:
        cell = row.cells[start].merge(row.cells[start + span - 1])
        cell.width = Mm(sum(WIDTHS[start:start + span]))
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        cells.append(cell)
        start += span
    return cells


def _put(cell: _Cell, text: str, size: float) -> None:
    write(cell.paragraphs[0], text, BODY, size, CENTRE)
