"""Text as the machine reads it: folded to one spelling, cut into words and into characters, places kept.

Folding never changes what a character means: full width becomes half width, 繁體 becomes 简体, the radicals and
compatibility forms that PDF files carry become the characters they look like, control characters go.
"""

import functools
import logging
import re
import unicodedata
from dataclasses import dataclass

import jieba
import opencc

from matching.cache import cache_folder
from matching.stopphrases import STOP_PHRASES, STOP_WORDS

CJK = "㐀-䶿一-鿿\U00020000-\U0003134f"
_HAN = re.compile(f"[{CJK}]")
_DROPPED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
    f"|(?<=[{CJK}])[ \\u00a0\\u3000]+(?=[{CJK}])"
)
_TERM = (
    r"(?:(?<![A-Za-z0-9])[-+±](?=\d))?"  # a sign belongs to the number unless it joins two terms: -26.95 %, but OPC-UA
    r"[A-Za-z0-9µμΩα-ω]+(?:[-./_+&·'^][A-Za-z0-9µμΩα-ω]+)*(?:\+\+|[%‰℃°#])?"
)
_PIECE = re.compile(f"(?P<term>{_TERM})|(?P<han>[{CJK}]+)")
_LONGEST_RUN = 300
"""jieba's time grows with the square of a run without punctuation: a longer one is cut in pieces first."""
_STOP = re.compile("|".join(sorted(map(re.escape, STOP_PHRASES), key=lambda p: (-len(p), p))))


@dataclass(frozen=True)
class Folded:
    """A folded text and, for each of its characters, the index of the character it came from."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` (not empty) stands in the original."""
        return self.origin[start], self.origin[end - 1] + 1


@functools.cache
def _table() -> dict[int, str]:
    """One character for one character, so that places survive. Traditional forms as OpenCC has them."""
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in
             [*range(0xFF01, 0xFF5F), *range(0x2F00, 0x2FD6), *range(0x2E80, 0x2EF4), *range(0xF900, 0xFADA)]}
    han = [chr(code) for code in [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)]]
    simple = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table.update({ord(a): b for a, b in zip(han, simple, strict=True) if a != b})
    table.update(dict.fromkeys((0x09, 0x0D, 0x85, 0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F), " "))
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))  # half a character: no encoder accepts one
    table.update({ord(a): b for a, b in zip("−‐‑–—～〜∼", "-----~~~", strict=True)})
    return {code: to for code, to in table.items() if len(to) == 1}


def fold(text: str) -> Folded:
    """Fold `text`, remembering where each character came from. Case is kept: MPa is not mPa."""
    table = _table()
    plain = text.translate(table)
    origin: list[int] = []
    last = 0
    for dropped in _DROPPED.finditer(plain):
        origin.extend(range(last, dropped.start()))
        last = dropped.end()
    origin.extend(range(last, len(plain)))
    return Folded("".join(plain[i] for i in origin) if len(origin) < len(plain) else plain, tuple(origin))


def normalise(text: str) -> str:
    """The folded text alone."""
    return _DROPPED.sub("", text.translate(_table()))


@functools.cache
def _cutter() -> jieba.Tokenizer:
    """jieba with its cache in a folder of this account's own: the shared default can be written by anybody."""
    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    cutter.tmp_dir = str(cache_folder())
    cutter.initialize()
    return cutter


@dataclass(frozen=True)
class Word:
    """A word and where it stands in the folded text: `text[start:end]`, lower case."""

    text: str
    start: int
    end: int


def words(folded: str) -> list[Word]:
    """Cut a folded text into words. Model numbers, units and formulae stay whole (GB38031-2020, 5t/h, Al2O3)."""
    found: list[Word] = []
    for piece in _PIECE.finditer(folded):
        if piece["term"]:
            found.append(Word(piece["term"].lower(), piece.start(), piece.end()))
            continue
        for start in range(piece.start(), piece.end(), _LONGEST_RUN):
            at = start
            for part in _cutter().cut(folded[start:min(start + _LONGEST_RUN, piece.end())], HMM=True):
                found.append(Word(part, at, at + len(part)))
                at += len(part)
    return found


def terms(folded: str) -> list[Word]:
    """Those of `words` that are model numbers, units and formulae, without cutting the rest, which takes longest."""
    return [Word(piece["term"].lower(), piece.start(), piece.end()) for piece in _PIECE.finditer(folded)
            if piece["term"]]


def content_words(folded: str) -> list[Word]:
    """The words that say what a text is about: no particles, no phrases that every posting carries."""
    return [w for w in words(folded) if w.text not in STOP_WORDS and w.text not in STOP_PHRASES]


def grams(text: str) -> list[str]:
    """What the lexical index counts: each Han character, each pair of neighbours, each whole Latin term.

    Phrases that every posting carries (研发, 产业化, 关键技术 …) are cut out first; no pair reaches over the gap.
    """
    return grams_of(normalise(text))


def grams_of(folded: str) -> list[str]:
    """`grams` of a text that is folded already."""
    found: list[str] = []
    for piece in _PIECE.finditer(_STOP.sub("\n", folded)):
        run = piece["han"]
        if run is None:
            found.append(piece["term"].lower())
            continue
        found.extend(run)
        found.extend(run[i:i + 2] for i in range(len(run) - 1))
    return found
