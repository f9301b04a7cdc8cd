"""Half-width marks in Chinese sentences, full-width letters and digits, document numbers' brackets, PDF radicals."""

import re
import unicodedata
from collections.abc import Iterator

from ingestion.repair.draft import Edit, Found
from ingestion.repair.repaired import Kind

H = r"[\u3400-\u4dbf\u4e00-\u9fff]"
CHINESE = rf"(?:{H}|[，。、；：！？“”‘’《》〈〉（）〔〕【】〓])"
MARK = re.compile(rf"(?<={CHINESE})[,;:?!](?=$|\s|{CHINESE}|[\dA-Za-z(])|(?<=[\dA-Za-z%)])[,;:?!](?=\s*{CHINESE})",
                  re.MULTILINE)
SPACED = re.compile(rf"(?<=[，；：？！,;:?!]) (?={CHINESE})")
WIDE = str.maketrans(",;:?!()", "，；：？！（）")
PAIR = re.compile(r"\(([^()\n]{1,200})\)")
LONE = re.compile(rf"(?<={CHINESE})\((?={CHINESE}[^()\n]*$)", re.MULTILINE)
MIXED = re.compile(r"（[^（）()\n]{0,200}\)")
FULL = re.compile(r"[０-９Ａ-Ｚａ-ｚ](?:[０-９Ａ-Ｚａ-ｚ．，－／＠＿％＋]*[０-９Ａ-Ｚａ-ｚ％])?")
FORMS = re.compile(r"[\u2e80-\u2eff\u2f00-\u2fd5\uf900-\ufaff]")
NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])([\[［【(（])((?:19|20)\d\d)([\]］】)）])(?= ?(?:第 ?)?\d{1,4} ?号)")


def mend(text: str) -> Found:
    edits = [*_forms(text), *_full(text), *_marks(text), *_brackets(text), *_numbers(text)]
    return Found(_apart(sorted(edits)))


def _forms(text: str) -> Iterator[Edit]:
    for match in FORMS.finditer(text):
        plain = unicodedata.normalize("NFKC", match[0])
        if plain != match[0]:
            yield Edit(*match.span(), plain, Kind.encoding, 0.98, "PDF 字体里的部首或兼容字形，改为通用的字")


def _full(text: str) -> Iterator[Edit]:
    for match in FULL.finditer(text):
        yield Edit(*match.span(), unicodedata.normalize("NFKC", match[0]), Kind.width, 0.98, "全角的字母、数字改为半角")


def _marks(text: str) -> Iterator[Edit]:
    for match in MARK.finditer(text):
        end = match.end() + bool(SPACED.match(text, match.end()))
        yield Edit(match.start(), end, match[0].translate(WIDE), Kind.width, 0.95, "中文句子里的半角标点改为全角")


def _brackets(text: str) -> Iterator[Edit]:
    """Pairs with Chinese inside, or behind a Chinese word in a text that has no full-width ones."""
    for match in PAIR.finditer(text):
        if re.search(H, match[1]):
            for place in (match.start(), match.end() - 1):
                yield Edit(place, place + 1, text[place].translate(WIDE), Kind.width, 0.95, "中文句子里的半角括号改为全角")
    for match in LONE.finditer(text):
        yield Edit(*match.span(), "（", Kind.width, 0.9, "中文句子里的半角括号改为全角")
    for match in MIXED.finditer(text):
        yield Edit(match.end() - 1, match.end(), "）", Kind.width, 0.95, "和前面的全角括号是一对")


def _numbers(text: str) -> Iterator[Edit]:
    for match in NUMBER.finditer(text):
        for group, bracket in ((1, "〔"), (3, "〕")):
            yield Edit(*match.span(group), bracket, Kind.width, 0.97, "发文字号的年份用六角括号")


def _apart(edits: list[Edit]) -> list[Edit]:
    """The edits without those that reach into the one before."""
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
