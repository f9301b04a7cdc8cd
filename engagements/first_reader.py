"""A first reading of a contract's text: its number, name, parties, day, sums. It proposes; a person decides."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from engagements.chinese_amounts import FIGURES, WORDS, parse_figures, parse_words
from engagements.scan_text import ScanText

COLON = r"\s*[:：]\s*"
ROLE = r"(?:\s*[（(][^）)\n]{1,8}[）)])?"
FIRST_PARTY = r"(?:委\s*托\s*方|甲\s*方|让\s*与\s*方|许\s*可\s*方)"
SECOND_PARTY = r"(?:受\s*托\s*方|乙\s*方|受\s*让\s*方|被\s*许\s*可\s*方)"
LABELS = {
    "contract_number": re.compile(rf"合\s*同\s*(?:编\s*)?号{COLON}(?P<value>[^\n]{{1,60}})"),
    "name": re.compile(rf"(?:项\s*目|合\s*同)\s*名\s*称{COLON}(?P<value>[^\n]{{1,120}})"),
    "party_a": re.compile(rf"(?<!被){FIRST_PARTY}{ROLE}{COLON}(?P<value>[^\n]{{1,80}})"),
    "party_b": re.compile(rf"{SECOND_PARTY}{ROLE}{COLON}(?P<value>[^\n]{{1,80}})"),
    "leader": re.compile(rf"(?:项\s*目|课\s*题|技\s*术)?\s*负\s*责\s*人{COLON}(?P<value>[^\s，,；;。]{{1,20}})"),
}
NEXT_LABEL = re.compile(r"\s{1,}(?=\S{1,12}[:：])|[；;。]")
SIGNED = re.compile(rf"签\s*(?:订|署|约)\s*(?:日\s*期|时\s*间|日)?{COLON}(?P<value>[^\n]{{4,30}})")
DAY = re.compile(r"(?P<y>\d{4})\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})\s*日?")
SUM_WORD = re.compile(r"合同总?金?额|总\s*额|总\s*价|经\s*费|报\s*酬|价\s*款|费\s*用|人民币")
DEMAND_NUMBER = re.compile(r"[A-Z]{2}-\d{4}-\d{4,}")
NEAR = 60


@dataclass(frozen=True)
class Found:
    """A value in the text: as written, and between which characters."""

    written: str
    start: int
    end: int


@dataclass(frozen=True)
class Sum(Found):
    amount: Decimal
    in_words: bool


@dataclass(frozen=True)
class Reading:
    """What the first reader found; None or empty where it found nothing."""

    contract_number: Found | None
    name: Found | None
    party_a: Found | None
    party_b: Found | None
    leader: Found | None
    signed: Found | None
    signed_on: dt.date | None
    sums: tuple[Sum, ...]
    demand_number: Found | None


def read(scan: ScanText) -> Reading:
    fields = {name: _labelled(scan.text, pattern) for name, pattern in LABELS.items()}
    signed, signed_on = _signed(scan.text)
    number = DEMAND_NUMBER.search(scan.text)
    return Reading(**fields, signed=signed, signed_on=signed_on, sums=tuple(_sums(scan.text)),
                   demand_number=Found(number[0], *number.span()) if number else None)


def _labelled(text: str, pattern: re.Pattern[str]) -> Found | None:
    match = pattern.search(text)
    if match is None:
        return None
    value = NEXT_LABEL.split(match["value"], maxsplit=1)[0].rstrip()
    start = match.start("value")
    return Found(value, start, start + len(value)) if value else None


def _signed(text: str) -> tuple[Found | None, dt.date | None]:
    """The labelled signing day; failing that the last day in the text, where signatures stand."""
    label = SIGNED.search(text)
    match = DAY.search(text, label.start("value"), label.end("value")) if label else None
    match = match or next(iter(reversed(list(DAY.finditer(text)))), None)
    if match is None:
        return None, None
    found = Found(match[0], *match.span())
    try:
        return found, dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return found, None


def _sums(text: str) -> list[Sum]:
    """The sums near a word for the price, in words and in figures; all sums where no such word stands."""
    every = [Sum(written=match[0], start=match.start(), end=match.end(), amount=amount, in_words=in_words)
             for match, amount, in_words in _every_sum(text)]
    near = [one for one in every if SUM_WORD.search(text, max(0, one.start - NEAR), one.start)]
    return sorted(near or every, key=lambda one: one.start)


def _every_sum(text: str):
    for match in WORDS.finditer(text):
        try:
            yield match, parse_words(match[0]), True
        except ValueError:
            continue  # a string of numerals that is no sum, as in a product name
    for match in FIGURES.finditer(text):
        yield match, parse_figures(match), False
