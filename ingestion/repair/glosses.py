"""Pinyin that a converter of web pages wrote behind the characters it made traditional: 關(guān)于."""

import functools
import re
import unicodedata

from pypinyin import Style, pinyin

from ingestion.repair.draft import Edit, Found
from ingestion.repair.repaired import Kind, Note
from ingestion.repair.script import HAN, traditional

LETTERS = r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜêńňǹḿ]{1,6}"
GLOSS = re.compile(rf"(?<=({HAN.pattern}))[(（]({LETTERS})[)）]")
MANY = 5
"""So many characters with their reading behind them: a converter did it, not a writer who helps with 亳（bó）州."""


@functools.cache
def readings(char: str) -> frozenset[str]:
    """Every reading of a character, tones on the letters, and the same without tones."""
    found = {unicodedata.normalize("NFC", one) for one in pinyin(char, style=Style.TONE, heteronym=True)[0]}
    return frozenset(found)


def mend(text: str) -> Found:
    found = Found()
    matches = list(GLOSS.finditer(text))
    read = [match for match in matches if _is_reading(match)]
    many = len({match[1] for match in read}) >= MANY
    for match in read:
        if many or match[1] in traditional():
            found.edits.append(Edit(*match.span(), "", Kind.gloss, 0.99,
                                    f"“{match[1]}”的读音 {match[2]}，网页转换时混入正文"))
    if found.edits:
        found.notes += [Note(Kind.gloss, *match.span(), f"括号里的字母不是“{match[1]}”的读音，没有动")
                        for match in matches if not match[2].isascii() and not _is_reading(match)]
    return found


def _is_reading(match: re.Match) -> bool:
    return unicodedata.normalize("NFC", match[2]) in readings(match[1])
