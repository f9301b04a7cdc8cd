"""A value read in a text, and how labelled values are found: `合同编号：…`, a table's `合同编号<tab>…`, or on the next line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLANK = r"[ \u3000\xa0]*"
ROLE = rf"(?:{BLANK}[（(](?P<role>[^）)\n]{{1,12}})[）)])?"
LATIN = rf"(?:{BLANK}/?{BLANK}[A-Z][A-Za-z.]*(?: [A-Za-z.]+){{0,3}})?"
"""The label's English beside it: 甲方 Party A：."""
SEPARATOR = rf"(?:{BLANK}[:：][ \u3000\xa0\t]*\n?{BLANK}|{BLANK}\t{BLANK})"
NEXT_LABEL = re.compile(r"[ \u3000\xa0]{1,}(?=[^\s:：]{1,12}[:：])|[ \u3000\xa0]{3,}|[；;。\t]")
ENGLISH = re.compile(r"(?<=[\u4e00-\u9fff）])[ \u3000]+[A-Z][A-Za-z-]*(?:[ ,.&]+[A-Za-z][A-Za-z-]*)+\.?$")
"""The same said again in English behind the Chinese."""
EMPTY = re.compile(r"[\s_＿—\-/／.…（()）:：]*")


@dataclass(frozen=True)
class Found:
    """A value in the text: as written, and between which characters."""

    written: str
    start: int
    end: int


def spaced(*words: str) -> str:
    """A pattern for any of the words, however they were spread: 甲 方. The longest is tried first."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(BLANK.join(map(re.escape, word)) for word in ordered) + ")"


def labelled(text: str, *labels: str, most: int = 120) -> Iterator[Found]:
    """The values behind any of the labels that stand at the start of a line, cell or sentence, in order of place."""
    pattern = re.compile(rf"(?:^|(?<=[\n\t 　，。、（(.．/]))(?:第?[一二三四五六七八九十\d]{{1,3}}[、.．]?{BLANK})?"
                         rf"{spaced(*labels)}{ROLE}{LATIN}{SEPARATOR}(?P<value>[^\n]{{1,{most}}})")
    for match in pattern.finditer(text):
        found = value_at(match["value"], match.start("value"))
        if found is not None:
            yield found


def value_at(written: str, start: int) -> Found | None:
    """The value without what follows it on the line; None for a blank to be filled in."""
    value = NEXT_LABEL.split(written, maxsplit=1)[0].rstrip()
    lead = len(value) - len(value.lstrip())
    value = ENGLISH.sub("", value.strip())
    if not value or EMPTY.fullmatch(value):
        return None
    return Found(value, start + lead, start + lead + len(value))
