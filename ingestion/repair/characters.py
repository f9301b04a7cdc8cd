"""Characters that nobody sees, or that only one machine's font could show."""

import re
from collections.abc import Iterator

from ingestion.repair.draft import Edit, Found
from ingestion.repair.repaired import LOST, Kind, Span

LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064"
                       r"\u2066-\u206f\ufeff\ufff9-\ufffb]+")
SPACES = re.compile(r" ?[\u00a0\u1680\u2000-\u200a\u202f\u205f][\u00a0\u1680\u2000-\u200a\u202f\u205f ]*")
PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
BROKEN = re.compile(r"[\ud800-\udfff\ufffd]+")
SIGNS = {"\uf0b7": "•", "\uf06c": "●", "\uf06e": "■", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0fe": "☑",
         "\uf0a8": "□", "\uf06f": "□", "\uf0a3": "□", "\uf052": "☑", "\uf075": "◆", "\uf0e0": "→", "\uf0b0": "°",
         "\uf06d": "μ", "\uf0b1": "±", "\uf0b4": "×", "\uf0b3": "≥", "\uf02d": "-", "\uf020": " ",
         "\ue5e5": "\u3000"}
"""What Word's Symbol and Wingdings fonts, and GBK's user-defined area, mean by a private code."""


def mend(text: str) -> Found:
    return Found(sorted([*_line_ends(text), *_invisible(text), *_spaces(text)]))


def mend_private(text: str) -> Found:
    """Private codes and broken ones: after the slips, whose bytes they may be."""
    found = Found()
    for match in PRIVATE.finditer(text):
        _private(match, found)
    for match in BROKEN.finditer(text):
        why = "字符在转换编码时已经毁掉"
        found.edits.append(Edit(*match.span(), LOST, Kind.encoding, 1.0, why))
        found.lost.append(Span(*match.span(), why))
    found.edits.sort()
    return found


def _line_ends(text: str) -> Iterator[Edit]:
    for match in LINE_ENDS.finditer(text):
        yield Edit(*match.span(), "\n", Kind.invisible, 1.0, "换行写法统一")


def _invisible(text: str) -> Iterator[Edit]:
    for match in INVISIBLE.finditer(text):
        yield Edit(*match.span(), "", Kind.invisible, 1.0, "看不见的控制字符")


def _spaces(text: str) -> Iterator[Edit]:
    for match in SPACES.finditer(text):
        if text[match.start() - 1:match.start()] in ("", "\n") or text[match.end():match.end() + 1] in ("", "\n"):
            yield Edit(*match.span(), "", Kind.space, 1.0, "网页用来缩进、补齐的不换行空格")
            continue
        yield Edit(*match.span(), " " * len(match[0]), Kind.space, 1.0, "网页里的不换行空格，改为普通空格")


def _private(match: re.Match, found: Found) -> None:
    sign = SIGNS.get(match[0])
    if sign is not None:
        found.edits.append(Edit(*match.span(), sign, Kind.private_use, 0.95, "符号字体的私用字符，改为通用符号"))
        return
    why = f"私用区字符 U+{ord(match[0]):04X}，只有原来的字体知道是什么字"
    found.edits.append(Edit(*match.span(), LOST, Kind.private_use, 1.0, why))
    found.lost.append(Span(*match.span(), why))
