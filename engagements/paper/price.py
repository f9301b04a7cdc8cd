"""The price of a contract among all the sums it writes, in figures and in capital numerals, held against each other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from engagements.paper.found import Found
from models.chinese_amounts import FIGURES, WORDS, parse_figures, parse_words

SUM_WORD = re.compile(r"合同总?金?额|总\s*额|总\s*价|经\s*费|报\s*酬|价\s*款|费\s*用|费|人民币|合计|共计|总计|金\s*额")
TOTAL = re.compile(r"合同总?金额|合同价|总\s*额|总\s*价|总金额|合\s*计|共\s*计|总\s*计|总费用")
PART = re.compile(r"首付|首期|首笔|尾款|第[一二三四五\d]+[期笔次]|预付|定金|违约金|自筹|赔偿|每[件台次年月季套吨个日]|其中|付\s*$|已付")
NEAR, BEFORE = 60, 24
GAP = re.compile(r"[\s，,、（(）)：:元]*(?:(?:即|人民币|大写|小写|金额|[（()）：:￥¥]|RMB|\s)*)[\s（(：:]*")


@dataclass(frozen=True)
class Sum(Found):
    amount: Decimal
    in_words: bool


@dataclass(frozen=True)
class Price(Found):
    """What the contract costs. `amount` in 元; None where its figures and its capital numerals differ (`other`)."""

    amount: Decimal | None
    words: Sum | None
    figures: Sum | None

    @property
    def differs(self) -> bool:
        return self.amount is None


def sums(text: str) -> list[Sum]:
    """The sums near a word for the price, in words and in figures; all sums where no such word stands."""
    every = sorted(_every_sum(text), key=lambda one: one.start)
    near = [one for one in every if SUM_WORD.search(text, max(0, one.start - NEAR), one.start)]
    return near or every


def price(text: str) -> Price | None:
    """The sum that is called the total; else the first that is no part of one (首付, 尾款, 每件 …)."""
    found = sums(text)
    pairs = [_paired(text, found, index) for index in range(len(found))]
    whole = [one for one in pairs if not PART.search(re.split("[，,]", _before(text, one.start))[-1])]
    total = [one for one in whole if TOTAL.search(_before(text, one.start))]
    return next(iter(total or whole), None)


def _before(text: str, start: int) -> str:
    """What stands before a sum in its sentence or cell."""
    return re.split(r"[。；;\n]", text[max(0, start - BEFORE):start])[-1]


def _paired(text: str, found: list[Sum], index: int) -> Price:
    """A sum with the other way of writing it right behind."""
    one = found[index]
    other = found[index + 1] if index + 1 < len(found) else None
    if other is None or other.in_words == one.in_words or not GAP.fullmatch(text, one.end, other.start):
        other = None
    words, figures = (one, other) if one.in_words else (other, one)
    end = other.end if other else one.end
    end += text[end:end + 1] in ("）", ")") and "（" in text[one.start:end].replace("(", "（")
    amount = None if other is not None and other.amount != one.amount else one.amount
    return Price(text[one.start:end].replace("\n", ""), one.start, end, amount, words, figures)


def _every_sum(text: str) -> Iterator[Sum]:
    for match in WORDS.finditer(text):
        try:
            yield Sum(match[0], *match.span(), amount=parse_words(match[0]), in_words=True)
        except ValueError:
            continue  # a string of numerals that is no sum, as in a product name
    for match in FIGURES.finditer(text):
        yield Sum(match[0], *match.span(), amount=parse_figures(match), in_words=False)
