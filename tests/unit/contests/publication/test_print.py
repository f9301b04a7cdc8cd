import pypdfium2
import zxingcpp

from contests.publication.print import CertificatePaper, render_certificate
from models.files import PDFIUM


def test_the_code_on_the_paper_leads_to_the_page_that_checks_it():
    """Read by a decoder that knows nothing of how it was drawn, at the resolution of a phone's picture of the page."""
    address = "https://jiebang.example/certificates/ZS-2026-0007-K3QX"
    paper = CertificatePaper("ZS-2026-0007-K3QX", "周砚秋", "海岬大学", "2026年校企合作技术攻关竞赛", "技术攻关组一等奖",
                             "威海市总工会", "2026年12月24日", address)
    with PDFIUM, pypdfium2.PdfDocument(render_certificate(paper)) as document:
        picture = document[0].render(scale=2).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [address]
