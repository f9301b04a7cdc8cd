"""The result document and certificates as PDF, set by typst from vendored fonts: values as data, never as markup."""

import functools
import io
import json
import pathlib
from dataclasses import asdict, dataclass

import segno
import typst

from contests.forms.glyphs import FONTS
from contests.publication.document import ResultPaper, mark, marked

FOLDER = pathlib.Path(__file__).parent


@dataclass(frozen=True)
class CertificatePaper:
    """What a certificate prints. `address`: the public page that checks its number, printed and in the QR code."""

    number: str
    name: str
    organisation: str
    contest: str
    award: str
    issuer: str
    dated: str
    address: str


def render_result(paper: ResultPaper) -> bytes:
    """The same document gives the same bytes."""
    return _compile("result.typ", asdict(marked(paper)))


def render_certificate(paper: CertificatePaper) -> bytes:
    """One A4 page, landscape."""
    values = {name: mark(text) for name, text in asdict(paper).items()}
    return _compile("certificate.typ", values | {"qr": qr_code(paper.address)})


def qr_code(address: str) -> str:
    """The QR code of an address as SVG, error correction M: read from a worn print up to 15 % of damage."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()


def _compile(template: str, values: dict) -> bytes:
    data = json.dumps(values, ensure_ascii=False)
    return typst.compile(FOLDER / template, root=FOLDER, font_paths=_fonts(), sys_inputs={"paper": data},
                         ignore_system_fonts=True, timestamp=0)


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
