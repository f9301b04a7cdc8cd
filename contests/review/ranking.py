"""Ranks of a review, raw and calibrated side by side. Pure. Equals share a rank and the next one is skipped."""

import itertools
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from contests.review.calibration import Mark, Piece, calibrate

CENT, FINE = Decimal("0.01"), Decimal("0.0001")


@dataclass(frozen=True)
class Sheet:
    """One judge's scores of one entry, indicator → 0 to 100."""

    entry: Any
    judge: Any
    scores: Mapping[str, Decimal]


@dataclass(frozen=True)
class Standing:
    """One entry. `raw`: the weighted mean of its sheets; `calibrated`: the same without the judges' severity.

    Both 0 to 100 with two decimals, halves up; ranks are those of the numbers as shown. `piece` counts from 0;
    `calibrated_rank` counts within the piece alone, since pieces share no judge and cannot be compared.
    """

    entry: Any
    sheets: int
    raw: Decimal
    raw_rank: int
    calibrated: Decimal
    calibrated_rank: int
    piece: int

    @property
    def moved(self) -> bool:
        return self.raw_rank != self.calibrated_rank


@dataclass(frozen=True)
class Result:
    """`standings` by raw rank, then by calibrated points. `pieces` as in calibration.py, of the weighted totals."""

    standings: tuple[Standing, ...]
    pieces: tuple[Piece, ...]

    @property
    def judges_differ(self) -> bool:
        """Whether taking the severity out changes any entry's points as shown."""
        return any(one.raw != one.calibrated for one in self.standings)


def stand(sheets: Iterable[Sheet], weights: Mapping[str, Decimal]) -> Result:
    """Raw and calibrated standing of every entry with a sheet. The order in which sheets come changes nothing."""
    totals = {(sheet.entry, sheet.judge): sheet_total(sheet.scores, weights) for sheet in sheets}
    by_entry = defaultdict(list)
    for (entry, _judge), total in totals.items():
        by_entry[entry].append(total)
    pieces = calibrate(Mark(entry, judge, float(total)) for (entry, judge), total in totals.items())
    raw = {entry: rounded(sum(found) / len(found)) for entry, found in by_entry.items()}
    worth = {entry: rounded(value) for piece in pieces for entry, value in piece.worth.items()}
    where = {entry: number for number, piece in enumerate(pieces) for entry in piece.worth}
    raw_rank = ranks(raw)
    inside = {entry: place for piece in pieces
              for entry, place in ranks({entry: worth[entry] for entry in piece.worth}).items()}
    found = [Standing(entry, len(by_entry[entry]), raw[entry], raw_rank[entry], worth[entry], inside[entry],
                      where[entry]) for entry in by_entry]
    found.sort(key=lambda one: (one.raw_rank, -one.calibrated, str(one.entry)))
    return Result(tuple(found), tuple(pieces))


def ranks(points: Mapping[Hashable, Decimal]) -> dict[Hashable, int]:
    """1 for the most points; equals share a rank (1, 2, 2, 4)."""
    ordered = sorted(points.items(), key=lambda item: item[1], reverse=True)
    found: dict[Hashable, int] = {}
    for _, equals in itertools.groupby(ordered, key=lambda item: item[1]):
        place = len(found) + 1
        found |= {key: place for key, _ in equals}
    return found


def rounded(value: Fraction | float, to: Decimal = CENT) -> Decimal:
    """As many decimals as `to` has (two), halves up. A float is cut to six first: least squares leaves noise below."""
    if isinstance(value, float):
        return Decimal(f"{value:.6f}").quantize(to, ROUND_HALF_UP)
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(to, ROUND_HALF_UP)


def sheet_total(scores: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Fraction:
    """One sheet's points, each indicator by its weight. 0 to 100, exact."""
    return sum((Fraction(points) * Fraction(weights[code]) for code, points in scores.items()), Fraction(0))
