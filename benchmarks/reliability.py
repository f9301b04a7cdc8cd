"""Reliability of chances: bins of what was expected and what was observed, their error, and a picture of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

BINS, RESAMPLES, SEED = 10, 500, 20261126
COLOURS = ("#b3261e", "#1f4e79")
SIDE, EDGE = 360, 48


@dataclass(frozen=True)
class Bin:
    """Pairs whose chance lies in [low, high): how many, their mean chance, the share that was relevant."""

    low: float
    high: float
    count: int
    expected: float
    observed: float


def bins(chances: np.ndarray, relevant: np.ndarray) -> list[Bin]:
    """Ten of equal width, those without a pair left out. Both arrays are (pairs,); `relevant` holds 0 and 1."""
    place = np.minimum((chances * BINS).astype(int), BINS - 1)
    return [Bin(i / BINS, (i + 1) / BINS, int(here.sum()), float(chances[here].mean()), float(relevant[here].mean()))
            for i in range(BINS) if (here := place == i).any()]


def expected_error(found: Sequence[Bin]) -> float:
    """ECE: the mean distance between expected and observed, each bin by its pairs (Naeini et al., AAAI 2015)."""
    return sum(one.count * abs(one.expected - one.observed) for one in found) / sum(one.count for one in found)


def interval(chances: np.ndarray, relevant: np.ndarray, demands: np.ndarray) -> tuple[float, float]:
    """The middle 95 % of the error over resampled demands (percentile bootstrap, fixed seed)."""
    random, names = np.random.default_rng(SEED), np.unique(demands)
    rows = {name: np.flatnonzero(demands == name) for name in names}
    errors = []
    for _ in range(RESAMPLES):
        drawn = np.concatenate([rows[name] for name in random.choice(names, len(names))])
        errors.append(expected_error(bins(chances[drawn], relevant[drawn])))
    low, high = np.percentile(errors, [2.5, 97.5])
    return float(low), float(high)


def picture(groups: Mapping[str, Sequence[Bin]]) -> str:
    """An SVG: the diagonal is a chance that keeps its word, a dot's area stands for its pairs."""
    def at(x: float, y: float) -> tuple[float, float]:
        return round(EDGE + x * SIDE, 1), round(12 + (1 - y) * SIDE, 1)

    size = SIDE + EDGE + 12
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" '
            'font-size="12" role="img"><title>Reliability of the chance behind the verdict word</title>')
    parts = [head, f'<rect width="{size}" height="{size}" fill="#fff"/>']
    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    parts.append(f'<path d="M{x0} {y0}L{x1} {y1}" stroke="#999" stroke-dasharray="4 4"/>'
                 f'<path d="M{x0} {y1}V{y0}H{x1}" fill="none" stroke="#333"/>')
    for tick in (0, 0.5, 1):
        x, y = at(tick, tick)
        parts.append(f'<text x="{x}" y="{y0 + 16}" text-anchor="middle">{tick:g}</text>'
                     f'<text x="{x0 - 6}" y="{y + 4}" text-anchor="end">{tick:g}</text>')
    parts.append(f'<text x="{(x0 + x1) / 2}" y="{y0 + 34}" text-anchor="middle">expected chance</text>'
                 f'<text x="14" y="{(y0 + y1) / 2}" text-anchor="middle" '
                 f'transform="rotate(-90 14 {(y0 + y1) / 2})">share that was relevant</text>')
    for number, (name, found) in enumerate(groups.items()):
        colour = COLOURS[number % len(COLOURS)]
        for one in found:
            x, y = at(one.expected, one.observed)
            parts.append(f'<circle cx="{x}" cy="{y}" r="{2 + one.count ** 0.5 / 4:.1f}" fill="{colour}" '
                         f'fill-opacity=".6"><title>{name}: {one.count} pairs</title></circle>')
        parts.append(f'<text x="{x0 + 10}" y="{y1 + 16 + 16 * number}" fill="{colour}">● {name}</text>')
    return "\n".join([*parts, "</svg>", ""])
