"""Damaged text is repaired before it is read, and its places are still those of the file."""

from ingestion.documents.demand_drafts import read_demand
from ingestion.documents.document import join
from ingestion.documents.mending import mended
from ingestion.documents.opening import open_document
from ingestion.documents.pieces import Piece
from tests.support.documents import docx_file, pdf_file


def lines(*texts: str, kind: str = "txt"):
    return join("a", kind, [Piece(text, "line", 1 + number // 3) for number, text in enumerate(texts)])


def test_glosses_and_traditional_characters_are_cleared_and_told():
    clean = mended(lines("企業名稱：海岬漁(yú)具有限公司", "難(nán)題：插(chā)接處跳(tiào)動超差", "聯(lián)係人：林試一", "備註：無"))
    draft = read_demand(clean)
    assert (draft.organisation.text, draft.title.text) == ("海岬渔具有限公司", "插接处跳动超差")
    assert "修复了" in clean.warnings[0]
    assert clean.where(draft.title.start) == "第 1 页第 2 行"


def test_every_block_is_a_line_of_the_clean_text_with_its_page():
    clean = mended(lines("技术需求", "难题（nán tí）：跳动", "　", "- 1 -", "指标：≤0.03 mm（háo mǐ）"))
    assert [clean.text_of(block) for block in clean.blocks] == [line for line in clean.text.split("\n") if line.strip()]
    assert all(block.page in (1, 2) for block in clean.blocks)


def test_sound_text_and_documents_with_structure_stay_as_they_are():
    for name, data in (("a.pdf", pdf_file()), ("a.docx", docx_file())):
        document = open_document(name, data)
        assert mended(document) is document
