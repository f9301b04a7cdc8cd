"""Labelled values, however a form was laid out or flattened."""

import re

import pytest

from ingestion.documents.document import Document, join
from ingestion.documents.fields import Labels, read_fields
from ingestion.documents.pieces import Piece
from ingestion.documents.sections import items, sections

LABELS = Labels({"name": re.compile("姓名"), "title": re.compile("职称"), "problem": re.compile(".*难题.*")},
                frozenset({"problem"}))


def document(*lines: str, kind: str = "paragraph") -> Document:
    return join("a", "txt", [Piece(line, kind, 1 if kind == "line" else None) for line in lines])


def table(*rows: tuple[str, ...]) -> Document:
    return join("a", "docx", [Piece(cell, "cell", None, 1, row, column) for row, cells in enumerate(rows, 1)
                              for column, cell in enumerate(cells, 1)])


def values(read: Document) -> dict[str, str]:
    found = read_fields(read, LABELS)
    for one in found.values():
        assert one.text.replace("\n", "") == read.text[one.start:one.end].replace("\n", "")
    return {name: one.text for name, one in found.items()}


@pytest.mark.parametrize("read", [
    document("姓 名：周砚秋  职称：教授"), document("姓名 周砚秋 职称 教授", kind="line"), document("姓名", "周砚秋", "职称", "教授"),
    document("一、姓名：周砚秋", "二、职称：教授"), table(("姓 名", "周砚秋", "职称：", "教授")), table(("姓名", "周砚秋"), ("职称", "教授")),
])
def test_one_value_in_every_layout(read):
    assert values(read) == {"name": "周砚秋", "title": "教授"}


def test_a_value_of_several_words_does_not_swallow_the_next_label():
    assert values(document("姓名：周砚秋 海岬大学 材料学院   职称：教授")) == {"name": "周砚秋 海岬大学 材料学院", "title": "教授"}


def test_a_label_without_a_value_gives_none():
    assert values(table(("姓名", "职称"), ("", ""))) == {}
    assert values(document("姓名：", "职称：教授")) == {"title": "教授"}


def test_a_long_value_goes_on_to_the_next_label_or_chapter():
    read = document("难题描述：壁厚不匀", "冬天更差", "三、其他说明", "不算")
    assert values(read) == {"problem": "壁厚不匀\n冬天更差"}


def test_lines_that_a_page_broke_are_put_together():
    read = document("难题描述：壁厚不", "匀，返修多。", "冬天更差", kind="line")
    assert values(read) == {"problem": "壁厚不匀，返修多。\n冬天更差"}


def test_a_label_in_the_middle_of_a_sentence_is_none():
    assert values(document("我们讨论了他的姓名：不公开")) == {}


def test_items_are_told_by_their_numbers_and_keep_their_place():
    read = document("论文", "1. 甲的研究，", "续行", "2. 乙的研究")
    part = sections(read, {"papers": re.compile("论文")})[-1]
    assert [item.text for item in items(read, part)] == ["甲的研究，续行", "乙的研究"]
    assert read.text[items(read, part)[1].start:] == "乙的研究"
