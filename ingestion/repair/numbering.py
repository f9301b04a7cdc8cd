"""Headings whose numbering changes its style half way, as when a list style is lost: 1、2、3、 then 四、五、."""

import re

from ingestion.repair.draft import Edit, Found
from ingestion.repair.repaired import Kind, Note

TOP = re.compile(r"^[ \u3000]*(?:(?P<digit>\d{1,2})、|(?P<han>[一二三四五六七八九十]{1,3})、)[ ]*(?P<words>[^\n]*)$",
                 re.MULTILINE)
STYLES = {"（一）": r"^[ \u3000]*（[一二三四五六七八九十]{1,3}）", "（1）": r"^[ \u3000]*（\d{1,2}）",
          "1.": r"^[ \u3000]*\d{1,2}[.．](?!\d)"}
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
ARTICLE = re.compile(r"^[ \u3000]*第[一二三四五六七八九十百]+条", re.MULTILINE)
LONGEST_HEADING = 20
ENDS = "。；，：！？"


def suggest(text: str) -> Found:
    found = Found()
    tops = list(TOP.finditer(text))
    first = next((match for match in tops if match["han"] in NUMERALS[1:]), None)
    if first and not any(match["han"] == "一" for match in tops):
        _lost_style(found, [match for match in tops if match.start() < first.start()], first)
    _styles(found, text)
    return found


def _lost_style(found: Found, before: list[re.Match], first: re.Match) -> None:
    """The headings 1、to n-1、before the first Chinese numeral n: what they were is what goes before it."""
    number = NUMERALS.index(first["han"]) + 1
    headings = [match for match in before if match["digit"] and _heading(match["words"])]
    wanted = 1
    for match in headings:
        if int(match["digit"]) == wanted < number:
            found.suggestions.append(Edit(*match.span("digit"), NUMERALS[wanted - 1], Kind.numbering, 0.9,
                                          f"一级标题的编号样式丢了：后面接着“{first['han']}、”"))
            wanted += 1
    if wanted != number:
        found.suggestions.clear()
        found.notes.append(Note(Kind.numbering, *first.span("han"), f"编号从“{first['han']}、”开始，前面的找不到"))


def _heading(words: str) -> bool:
    return 0 < len(words.strip()) <= LONGEST_HEADING and words.strip()[-1] not in ENDS


def _styles(found: Found, text: str) -> None:
    """Articles (第一条) number what is in them in one style; several styles are worth a look."""
    if len(ARTICLE.findall(text)) < 3:
        return
    used = {style: match.start() for style, pattern in STYLES.items()
            if (match := re.search(pattern, text, re.MULTILINE))}
    if len(used) > 1:
        last = max(used.values())
        found.notes.append(Note(Kind.numbering, last, min(last + 4, len(text)),
                                f"各条下面的编号有 {'、'.join(used)} 几种写法"))
