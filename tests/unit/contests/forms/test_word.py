"""The DOCX form, opened again."""

import io

import pytest
from docx import Document

from contests.forms.word import render_docx


def words(form) -> str:
    document = Document(io.BytesIO(render_docx(form)))
    cells = ["".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "".join(("".join(p.text for p in document.paragraphs) + "".join(cells)).split())


def test_two_copies_each_a_section_with_its_own_footer(make_form):
    document = Document(io.BytesIO(render_docx(make_form(3))))
    assert ["".join(p.text for p in section.footer.paragraphs)[:3] for section in document.sections] == ["第一份", "第二份"]
    assert len(document.tables) == 2


def test_grid_is_that_of_the_annex(make_form):
    table = Document(io.BytesIO(render_docx(make_form(2)))).tables[0]
    spans = [len({id(cell._tc) for cell in row.cells}) for row in table.rows]
    assert spans == [4, 2, 1, 4, 4, 4, 4, 4, 4, 4, 2, 2]
    assert [cell.text for cell in dict.fromkeys(table.rows[4].cells)] == [
        "渔网自动清洗机绳网缠绕检测1", "荣成市海岬渔具有限公司", "35.5", "120"]


def test_more_rows_than_fit_are_attached(make_form):
    document = Document(io.BytesIO(render_docx(make_form(15))))
    assert len(document.tables) == 4
    assert len(document.tables[1].rows) == 11
    assert "其余 10 项见附页" in document.tables[0].rows[9].cells[0].text


def test_long_summary_is_attached(make_form):
    text = words(make_form(summary="甲乙丙丁" * 200))
    assert text.count("（见附页）") >= 2
    assert text.count("甲乙丙丁") == 400


@pytest.mark.parametrize("typed", ["<w:p/>&amp;", "{{ x }}", "a\x00\x0b\ufffeb"])
def test_what_was_typed_is_text(make_form, typed):
    kept = "".join(char for char in typed if char.isprintable() and char != "\ufffe")
    assert "".join(kept.split()) in words(make_form(name=typed))


def test_rare_characters_stay(make_form):
    assert "周𠮷" in words(make_form(name="周𠮷"))
