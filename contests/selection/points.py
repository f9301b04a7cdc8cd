"""From figures to points: an indicator's best figure earns 100, the others in proportion, and weights add them up.

The rule is the one that public procurement uses for figures of very different units (财政部令第87号 第五十五条, 基准价 ÷
报价): a share of the best can be recomputed by hand from the published list, keeps the proportions between entrants, and
needs no parameter that somebody would have to set. docs/decisions/selection.md weighs it against the alternatives.
"""

import math
import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from typing import TypeVar

from contests.selection.terms import Criterion
from models.errors import Invalid

Key = TypeVar("Key")
Figures = Mapping[str, Decimal]
"""Criterion's code → figure in its own unit (项, 元, 分, 票); one that is missing counts as 0."""

FULL = 100
ZERO = Decimal(0)
EXACT = Context(prec=200, traps=[Inexact])
"""Far more digits than any figure has; an inexact step raises instead of being rounded."""


@dataclass(frozen=True, slots=True)
class Points:
    """`total` with two decimals, halves up: what is published, and what ranks. `parts`: points before weighing, same
    rounding, for reading only: the total is weighed exactly and rounded once."""

    total: Decimal
    parts: Mapping[str, Decimal]


def weigh(criteria: Iterable[Criterion], figures: Mapping[Key, Figures]) -> dict[Key, Points]:
    """Every entry's points, 0 to 100. An indicator of which nobody has any gives 0 points to all.

    Where a criterion has a `full` figure, more than that earns no more than 100. Invalid for a figure that is negative
    or not a number.
    """
    scales = [_scale(criterion, figures.values()) for criterion in criteria]
    common = math.lcm(*(scale.share.denominator for scale in scales))
    factors = [scale.share.numerator * (common // scale.share.denominator) for scale in scales]

    def points(found: Figures) -> Points:
        whole = [scale.whole(found) for scale in scales]
        total = _hundredths(sum(map(operator.mul, factors, whole)), common)
        return Points(total, {scale.code: _hundredths(FULL * value, scale.best) if scale.best else ZERO
                              for scale, value in zip(scales, whole, strict=True)})

    return {key: points(found) for key, found in figures.items()}


@dataclass(frozen=True, slots=True)
class _Scale:
    """One criterion over all entries, in whole numbers: figures times 10 to the power of `decimals`.

    `best`: the whole figure that earns 100 points, 0 where nobody has any; `share`: weighted points of one unit.
    """

    code: str
    decimals: int
    best: int
    share: Fraction

    def whole(self, figures: Figures) -> int:
        figure = int(EXACT.scaleb(figures.get(self.code, ZERO), self.decimals))
        return min(figure, self.best)


def _scale(criterion: Criterion, figures: Iterable[Figures]) -> _Scale:
    values = [found[criterion.code] for found in figures if criterion.code in found]
    for value in values:
        if not value.is_finite() or value < 0:
            raise Invalid(f"“{criterion.name}”有一个数不能用：{value}", field=criterion.code)
    top = max(values, default=ZERO) if criterion.full is None else criterion.full
    decimals = max((-int(value.as_tuple().exponent) for value in {top, *values}), default=0)
    best = int(EXACT.scaleb(top, max(decimals, 0)))
    share = Fraction(criterion.weight) * FULL / best if best else Fraction(0)
    return _Scale(criterion.code, max(decimals, 0), best, share)


def _hundredths(numerator: int, denominator: int) -> Decimal:
    """The quotient with two decimals, halves up, exactly."""
    return Decimal((200 * numerator + denominator) // (2 * denominator)).scaleb(-2)
