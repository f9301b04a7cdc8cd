"""Rule kind `kpi`: figures to reach, any one of several where the document says 或. Ratios are exact."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from contests.rules.kinds import KpiRule, Target

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Reading:
    """One target as it stands. `value` is None while nobody recorded it; of a ratio, `value` of `whole`."""

    target: Target
    value: Decimal | None
    whole: Decimal | None
    met: bool


@dataclass(frozen=True)
class Progress:
    """The rule and each of its targets; reached when any of them is."""

    rule: KpiRule
    readings: tuple[Reading, ...]

    @property
    def reached(self) -> bool:
        return any(reading.met for reading in self.readings)


def kpi(rule: KpiRule, figures: Mapping[str, Decimal]) -> Progress:
    """`figures`: measure → recorded value. A ratio's bound is in per cent of the figure it is `of`."""
    return Progress(rule, tuple(_read(target, figures) for target in rule.any_of))


def _read(target: Target, figures: Mapping[str, Decimal]) -> Reading:
    value = figures.get(target.measure)
    whole = figures.get(target.of) if target.of else None
    return Reading(target, value, whole, value is not None and _met(target, value, whole))


def _met(target: Target, value: Decimal, whole: Decimal | None) -> bool:
    """value ÷ whole ≥ bound %, without dividing; nothing is a share of nothing."""
    if target.of is not None:
        if not whole:
            return False
        value, scale = value * WHOLE, whole
    else:
        scale = Decimal(1)
    if target.at_least is not None:
        return value >= target.at_least * scale
    return value <= target.at_most * scale
