import pytest
import typst
from pypdfium2 import PdfiumError

from engagements.scan_text import read_scan

SOURCE = b"""#set page(width: 100pt, height: 100pt, margin: 10pt)
#set text(size: 10pt)
AB1 C
#pagebreak()
D2"""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory) -> bytes:
    source = tmp_path_factory.mktemp("scan") / "scan.typ"
    source.write_bytes(SOURCE)
    return typst.compile(source)


def test_the_text_and_its_places_are_read_page_by_page(pdf):
    scan = read_scan(pdf, "application/pdf")
    assert scan.pages == 2
    start = scan.text.index("D2")
    (box,) = scan.place(start, start + 2)
    assert box.page == 2
    assert 0.05 < box.left < 0.15
    assert 0.05 < box.top < 0.2
    assert scan.where(start) == "第 2 页第 1 行"


def test_an_image_has_no_text():
    assert not read_scan(b"\x89PNG", "image/png").readable


def test_a_broken_file_is_an_error():
    with pytest.raises(PdfiumError):
        read_scan(b"%PDF-1.7 broken", "application/pdf")
