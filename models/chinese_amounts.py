"""Sums of money as contracts write them: 叁拾捌万元整, ¥380,000.00, 38 万元."""

import re
from decimal import Decimal

DIGITS = {"零": 0, "〇": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
          "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
VARIANTS = str.maketrans({"扒": "捌", "貳": "贰", "參": "叁", "陸": "陆", "萬": "万", "億": "亿", "圓": "元",
                          "圆": "元", "正": "整"})
UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
GROUPS = {"万": 10_000, "亿": 100_000_000}
SMALL = {"角": Decimal("0.1"), "分": Decimal("0.01")}

CAPITALS = "零〇壹贰貳叁參肆伍陆陸柒捌扒玖拾佰仟万萬亿億"
WORDS = re.compile(rf"[零壹贰貳叁參肆伍陆陸柒捌扒玖拾][{CAPITALS}\s]*[元圆圓](?:\s*[{CAPITALS}]\s*[角分]){{0,2}}\s*[整正]?")
FIGURES = re.compile(r"[¥￥]\s*(?P<yen>\d[\d,，]*(?:\.\d+)?)(?P<yenwan>\s*万)?"
                     r"|(?P<wan>\d[\d,，]*(?:\.\d+)?)\s*万\s*元|(?P<yuan>\d[\d,，]*(?:\.\d+)?)\s*元")


def parse_words(text: str) -> Decimal:
    """元 from a sum written in capital numerals. ValueError for anything else."""
    plain = re.sub(r"\s", "", text).translate(VARIANTS).removesuffix("整")
    whole, yuan, rest = plain.partition("元")
    if not yuan or not whole:
        raise ValueError(f"not a sum in capital numerals: {text}")
    return Decimal(_whole(whole)) + _fraction(rest)


def parse_figures(match: re.Match[str]) -> Decimal:
    """元 from a match of FIGURES."""
    digits = match["yen"] or match["wan"] or match["yuan"]
    value = Decimal(re.sub(r"[,，]", "", digits))
    return value * 10_000 if match["wan"] or match["yenwan"] else value


def _whole(text: str) -> int:
    total, group, digit = 0, 0, 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in UNITS:
            group += (digit or 1) * UNITS[char]
            digit = 0
        elif char in GROUPS:
            total = (total + group + digit) * GROUPS[char] if char == "亿" else total + (group + digit) * GROUPS[char]
            group = digit = 0
        else:
            raise ValueError(f"not a numeral: {char}")
    return total + group + digit


def _fraction(text: str) -> Decimal:
    total, digit = Decimal(0), 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in SMALL:
            total += digit * SMALL[char]
        else:
            raise ValueError(f"not a numeral: {char}")
    return total
