"""How strict each judge is, and what the entries are worth without it. Pure: marks in, estimates out.

The model is additive, as in an unbalanced two-way layout: mark = worth of the entry + severity of the judge + rest,
fitted by least squares (Searle 1971, "Linear models", ch. 7). It cannot tell how judges use the scale beyond a shift,
nor whether the judges of two groups of entries that share no judge are equally strict: such groups ("pieces", the
connected components of who marked what) are calibrated apart and may not be compared. A piece's severities add up
to 0.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Mark:
    """One judge's mark of one entry, at most one for each pair."""

    entry: Hashable
    judge: Hashable
    value: float


@dataclass(frozen=True)
class Piece:
    """Entries and judges that can be compared with each other.

    `severity`: judge → by how much the judge marks above (+) or below (−) the piece's average judge. `error`: judge →
    standard error of that; `spread`: standard deviation of what the model leaves unexplained. Both None where no mark
    is left over to tell.
    """

    worth: Mapping[Hashable, float]
    severity: Mapping[Hashable, float]
    error: Mapping[Hashable, float] | None
    spread: float | None


def calibrate(marks: Iterable[Mark]) -> list[Piece]:
    """Every piece, the largest first. The order in which marks come changes nothing."""
    ordered = sorted(marks, key=lambda mark: (str(mark.entry), str(mark.judge)))
    pieces = [_fit(piece) for piece in _pieces(ordered)]
    return sorted(pieces, key=lambda piece: (-len(piece.worth), min(map(str, piece.worth))))


def _pieces(marks: Sequence[Mark]) -> list[list[Mark]]:
    """The marks of each connected component."""
    leader: dict[tuple, tuple] = {}

    def root(node: tuple) -> tuple:
        while leader.setdefault(node, node) != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for mark in marks:
        leader[root(("judge", mark.judge))] = root(("entry", mark.entry))
    found = defaultdict(list)
    for mark in marks:
        found[root(("entry", mark.entry))].append(mark)
    return list(found.values())


def _fit(marks: Sequence[Mark]) -> Piece:
    """Least squares with the entries eliminated: what is left is one small system over the judges."""
    entries, judges = _numbered(mark.entry for mark in marks), _numbered(mark.judge for mark in marks)
    by = np.array([entries[mark.entry] for mark in marks]), np.array([judges[mark.judge] for mark in marks])
    value = np.array([mark.value for mark in marks])
    seen = np.zeros((len(entries), len(judges)))
    seen[by] = 1
    number = seen.sum(1)
    mean = np.bincount(by[0], value) / number
    system = np.diag(seen.sum(0)) - (seen / number[:, None]).T @ seen
    inverse = np.linalg.pinv(system, hermitian=True)
    severity = inverse @ np.bincount(by[1], value - mean[by[0]], len(judges))
    worth = mean - seen @ severity / number
    rest = value - worth[by[0]] - severity[by[1]]
    spread = _spread(rest, len(marks) - len(entries) - len(judges) + 1)
    error = None if spread is None else spread * np.sqrt(np.maximum(np.diag(inverse), 0))
    return Piece(_named(entries, worth), _named(judges, severity), None if error is None else _named(judges, error),
                 spread)


def _spread(rest: np.ndarray, degrees: int) -> float | None:
    return math.sqrt(float(rest @ rest) / degrees) if degrees > 0 else None


def _numbered(keys: Iterable[Hashable]) -> dict[Hashable, int]:
    return {key: at for at, key in enumerate(dict.fromkeys(keys))}


def _named(numbers: Mapping[Hashable, int], values: np.ndarray) -> dict[Hashable, float]:
    return {key: float(values[at]) for key, at in numbers.items()}
