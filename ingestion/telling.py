"""Details by which a demand is recognised: places, models, product names, exact figures, sentences word for word."""

import re
from collections.abc import Iterable, Iterator

from ingestion.firm_names import without_place
from ingestion.folding import Folded, folded, narrow

MODEL = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z-]*\d)[A-Za-z][A-Za-z0-9-]{2,}(?![A-Za-z0-9])")
STANDARD = re.compile(r"(?:GB|ISO|IEC|ASTM|HG|JB|QB|YY|SC|CB|DIN|EN|JIS|TB|FZ|NB|DL|JT)(?:[-/]?T)?[ -]?\d", re.I)
GRADE = re.compile(r"(?:Q\d{3}[A-E]?|SUS\d{3}L?|(?:PA|IP|RS|PM|PH|HRC|HRB|M|Ra|COD|USB)\d{1,3})$", re.I)
FORMULAE = frozenset("CO2 SO2 SO3 NO2 NO3 NH3 CH4 H2O H2O2 H2S H2SO4 Al2O3 SiO2 TiO2 ZrO2 Fe2O3 Fe3O4 CaCO3 CaCl2 "
                     "Na2CO3 NaHCO3 LiFePO4 MnO2 ZnO2 P2O5 K2O N2O4 C2H4 C3H6 B2O3".casefold().split())
"""Standards, grades and formulae are public: not what tells one enterprise from another."""
PLACE = re.compile(r"(?=([一-龥]{2}(?:街道|镇|乡|村|路(?=\d)|工业园|产业园|码头|港)))")
"""Looked for at every place: where a name begins cannot be told from the words before it."""
NO_PLACE = re.compile(r"(?:农村|乡村|渔村|山村|小村|乡镇|城镇|小镇|[进出靠离到入海空渔]港)$|[个座条只的在到]")
OF_ADDRESS = re.compile(r"[一-龥]{2,6}?(?:街道|镇|乡|村|路|街|大道|工业园|产业园|开发区|高新区|园区|港|码头|大厦|广场|社区)")
NUMBERED = re.compile(r"[一-龥]{2,4}(?:路|街|大道|巷)\s*\d+\s*号|[一-龥]{2,3}(?:街道|工业园|产业园|社区)(?![一-龥]*化)")
QUOTED = re.compile(r"[“\"「『《]([^“”\"「」『』《》\n]{2,15})[”\"」』》]"
                    r"|([一-龥]{2,4})牌(?=[一-龥A-Za-z])|([A-Za-z一-龥]{2,12})[®™]")
FIGURE = re.compile(r"(?<![A-Za-z\d.])(?<![A-Za-z]-)(\d+(?:\.\d+)?)\s*"
                    r"([万亿]?(?:[%‰℃°]|[A-Za-zμµΩ][A-Za-zμµΩ/·²³]*|[一-龥]))")
COPIED = 20
"""Characters, marks not counted, that two people do not write alike by chance."""


def places(hidden: str, address: str) -> list[str]:
    """Names finer than a county in the sealed text and the registered address."""
    written = [match[1] for match in PLACE.finditer(hidden)] + OF_ADDRESS.findall(without_place(address))
    return [place for place in written if not NO_PLACE.search(place)]


def place_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where a public text itself names a street with its number, a park or a community."""
    return (match.span() for match in NUMBERED.finditer(narrow(text)) if not NO_PLACE.search(match[0]))


def models(hidden: str) -> list[str]:
    written = (match[0] for match in MODEL.finditer(narrow(hidden)))
    return [model for model in written
            if not (STANDARD.match(model) or GRADE.match(model) or model.casefold() in FORMULAE)]


def products(hidden: str) -> list[str]:
    """Names set in quotes, as a brand (某某牌) or as a trade mark."""
    return [next(filter(None, match.groups())) for match in QUOTED.finditer(hidden)]


def figure_spans(text: str, hidden: str, shown: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Exact figures with their unit that the sealed text holds and no public target does."""
    secret = set(_figures(hidden)) - {figure for part in shown for figure in _figures(part)}
    return (match.span() for match in FIGURE.finditer(narrow(text)) if _figure(match) in secret and _exact(match))


def copied_runs(shape: Folded, texts: Iterable[str], shown: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Stretches of at least COPIED characters taken word for word from a sealed text and public nowhere else."""
    public = {gram for part in shown for gram in _grams(folded(part).text)}
    secret = {gram for part in texts for gram in _grams(folded(part).text)} - public
    start = end = -1
    for place, gram in enumerate(_grams(shape.text)):
        if gram not in secret:
            continue
        if place > end and start >= 0:
            yield shape.span(start, end)
        start, end = (place if place > end else start), place + COPIED
    if start >= 0:
        yield shape.span(start, end)


def _grams(text: str) -> list[str]:
    return [text[place:place + COPIED] for place in range(len(text) - COPIED + 1)]


def _figures(text: str) -> Iterator[tuple[str, str]]:
    return map(_figure, FIGURE.finditer(narrow(text)))


def _figure(match: re.Match) -> tuple[str, str]:
    return match[1], match[2].casefold()


def _exact(match: re.Match) -> bool:
    """At least two digits that say something: 168 and 0.035 do, 100 and 5 do not, and a year is no figure."""
    year = match[2] == "年" and len(match[1]) == 4
    return not year and len(match[1].replace(".", "").strip("0")) >= 2
