"""Typed rules: a number with its bound, inclusive or not, and the words it stands in (以内, 不少于, 不超过, 至, 满)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ingestion.notices.numbering import NUMERAL, numeral
from ingestion.notices.passages import Passage

Bound = Literal["at_most", "at_least", "exactly", "about"]
MEASURES = ("人次|人|名|个百分点|个工作日|个自然日|个月|个|家|项|篇|次|件|支|份|组|队|部|场|岁|年|天|日|小时|分钟|字|页|倍|所|门|套|位|"
            "种|周岁|题|幅|首|条|工作日|%|％")
DIGITS = r"(?<!\d)\d{1,9}(?!\d)(?:\.\d{1,6})?"
"""A number in figures, whole: sought from its first figure only, since a long run would else cost its square."""
NUMBER = rf"{DIGITS}|百分之{NUMERAL}{{1,4}}|{NUMERAL}{{1,3}}分之{NUMERAL}{{1,3}}|{NUMERAL}{{1,3}}"
UPPER = (r"不超过|不得超过|不多于|不得多于|不高于|不大于|至多|最多(?:可|能)?[\u4e00-\u9fff]{0,6}?|"
         r"(?<![期年时上权有下界无局])限(?![时期制额价定])[\u4e00-\u9fff]{0,4}?|控制在")
LOWER = r"不少于|不得少于|不低于|不得低于|不小于|至少|最少|须满|达到"
STRICT_UPPER, STRICT_LOWER = r"不满|未满|少于|低于|小于", r"超过|多于|大于|高于"
RANGE = re.compile(rf"(?<![第\d])(?P<low>{NUMBER})\s?(?:{MEASURES})?\s?(?:至|到|—{{1,2}}|–|－|-|~|～)\s?"
                   rf"(?P<high>{NUMBER})\s?(?P<unit>{MEASURES})")
RULE = re.compile(
    rf"(?P<word>{UPPER}|{LOWER}|{STRICT_UPPER}|{STRICT_LOWER})\s?(?:[^，。；\d]{{0,16}}?的?(?={DIGITS}\s?[%％])|"
    rf"[^，。；\d]{{0,12}}(?:数量?|总量|总额)的|总[^，。；]{{0,4}}的)?"
    rf"(?P<number>{NUMBER})\s?(?P<unit>{MEASURES})?(?P<tail>以内|以下|以上)?"
    rf"|(?P<number2>{NUMBER})\s?(?P<unit2>{MEASURES})?(?:[（(]含[^）)]{{0,40}}[）)])?(?P<tail2>以内|之内|内|以下|以上|左右)")


@dataclass(frozen=True)
class TypedRule:
    """`number`: a count, or a share of 1 where `unit` is 比例; `inclusive` says whether the number itself is allowed."""

    bound: Bound
    number: Fraction
    unit: str
    inclusive: bool
    start: int
    end: int

    @property
    def decimal(self) -> Decimal:
        """The number as a decimal, six places where it never ends (1/3 → 0.333333)."""
        return (Decimal(self.number.numerator) / Decimal(self.number.denominator)).quantize(Decimal("0.000001"))


def typed_rules(passage: Passage) -> list[TypedRule]:
    """Every bounded number in the passage, in order."""
    found = []
    for match in RULE.finditer(passage.text):
        number, unit = _number(match["number"] or match["number2"], match["unit"] or match["unit2"] or "")
        if unit or number < 1:
            bound, inclusive = _bound(match["word"], match["tail"] or match["tail2"])
            found.append(TypedRule(bound, number, unit, inclusive, match.start(), match.end()))
    return sorted([*found, *_ranges(passage)], key=lambda rule: rule.start)


def _ranges(passage: Passage) -> Iterator[TypedRule]:
    """3至10人: at least three and at most ten."""
    for match in RANGE.finditer(passage.text):
        for name, bound in (("low", "at_least"), ("high", "at_most")):
            number, unit = _number(match[name], match["unit"])
            yield TypedRule("at_least" if bound == "at_least" else "at_most", number, unit, True, *match.span())


def _number(said: str, unit: str) -> tuple[Fraction, str]:
    if "分之" in said:
        whole, part = said.split("分之")
        return Fraction(numeral(part), 100 if whole == "百" else numeral(whole)), "比例"
    number = Fraction(said) if re.fullmatch(r"[\d.]+", said) else Fraction(numeral(said))
    return (number / 100, "比例") if unit in "%％" and unit else (number, unit)


def _bound(word: str | None, tail: str | None) -> tuple[Bound, bool]:
    """以内, 以下, 以上 include the number itself (民法典 第一千二百五十九条); 不满 and 超过 do not."""
    if word is None:
        return {"以上": "at_least", "左右": "about"}.get(tail or "", "at_most"), True  # type: ignore[return-value]
    if re.fullmatch(UPPER, word):
        return "at_most", True
    if re.fullmatch(LOWER, word):
        return "at_least", True
    return ("at_most", False) if re.fullmatch(STRICT_UPPER, word) else ("at_least", False)
