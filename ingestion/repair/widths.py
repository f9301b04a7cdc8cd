"""Half-width marks in Chinese sentences, full-width letters and digits, document numbers' brackets, PDF radicals."""

import re
import unicodedata
from collections.abc import Iterator

from ingestion.repair.draft import Edit, Found
from ingestion.repair.repaired import Kind

H = r"[\u3400-\u4dbf\u4e00-\u9fff]"
CHINESE = rf"(?:{H}|[，。、；：！？“”‘’《》〈〉（）〔〕【】〓])"
MARK = re.compile(rf"(?<={CHINESE})[,;:?!]+(?=$|\s|{CHINESE}|[\dA-Za-z(])|(?<=[\dA-Za-z%)])[,;:?!]+(?=\s*{CHINESE})",
                  re.MULTILINE)
SPACED = re.compile(rf" (?={CHINESE})")
WIDE = str.maketrans(",;:?!()", "，；：？！（）")
BRACKET = re.compile(r"[()（）\n]")
FULL = re.compile(r"[０-９Ａ-Ｚａ-ｚ](?:[０-９Ａ-Ｚａ-ｚ．，－／＠＿％＋]*[０-９Ａ-Ｚａ-ｚ％])?")
FORMS = re.compile(r"[\u2e80-\u2eff\u2f00-\u2fd5\uf900-\ufaff]")
NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])([\[［【(（])((?:19|20)\d\d)([\]］】)）])(?= ?(?:第 ?)?\d{1,4} ?号)")


def mend(text: str) -> Found:
    return Found(_apart(sorted([*_forms(text), *_full(text), *_numbers(text), *_marks(text)])))


def mend_brackets(text: str) -> Found:
    """Half-width brackets that hold Chinese, that stand between it, or whose other half is a full-width one."""
    found, waiting = Found(), []
    for match in BRACKET.finditer(text):
        place, mark = match.start(), match[0]
        if mark == "\n":
            found.edits += _lone(text, waiting)
            waiting = []
        elif mark in "(（":
            waiting.append(place)
        elif waiting:
            opened = waiting.pop()
            if text[opened] != "(" or mark != ")" or re.search(H, text[opened:place]):
                found.edits += [_wide(text, one) for one in (opened, place) if text[one] in "()"]
    found.edits += _lone(text, waiting)
    found.edits.sort()
    return found


def _lone(text: str, places: list[int]) -> Iterator[Edit]:
    """Openers whose other half is lost, between Chinese characters."""
    for place in places:
        if text[place] == "(" and re.match(H, text[place - 1:place]) and re.match(H, text[place + 1:place + 2]):
            yield _wide(text, place)


def _wide(text: str, place: int) -> Edit:
    return Edit(place, place + 1, text[place].translate(WIDE), Kind.width, 0.95, "中文句子里的半角括号改为全角")


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
