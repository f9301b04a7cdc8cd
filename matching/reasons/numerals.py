"""Shares written in Chinese numerals: 百分之九十五, 千分之三, 八成五."""

import re
from dataclasses import dataclass

_DIGIT = {digit: i for i, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TEN = {"十": 10, "百": 100}
_WHOLE = {"百": 1e-2, "千": 1e-3, "万": 1e-4}
_SHARE = re.compile(
    r"(?P<whole>[百千万])分之(?P<number>[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?|\d+(?:\.\d+)?)"
    r"|(?P<tenths>[一二三四五六七八九])成(?P<hundredths>[一二三四五六七八九](?!级))?(?![品熟员立分套本果型功为活])"
)


@dataclass(frozen=True)
class Share:
    """`text[start:end]` says this share of the whole, 0 … 1."""

    value: float
    start: int
    end: int


def read_shares(text: str) -> list[Share]:
    """Every share that a folded text writes in Chinese numerals, in order."""
    return [Share(_value(found), found.start(), found.end()) for found in _SHARE.finditer(text)]


def _value(found: re.Match) -> float:
    if found["tenths"]:
        return _DIGIT[found["tenths"]] / 10 + (_DIGIT[found["hundredths"]] / 100 if found["hundredths"] else 0)
    number = found["number"]
    return (float(number) if number[0].isdigit() else _number(number)) * _WHOLE[found["whole"]]


def _number(text: str) -> float:
    """九十五 is 95, 九十五点五 is 95.5."""
    text, _, decimals = text.partition("点")
    total, digit = 0, None
    for sign in text:
        if sign in _TEN:
            total += (1 if digit is None else digit) * _TEN[sign]
            digit = None
        else:
            digit = _DIGIT[sign]
    return total + (digit or 0) + float("0." + "".join(str(_DIGIT[d]) for d in decimals) if decimals else 0)
