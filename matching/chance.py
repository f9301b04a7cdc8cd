"""The chance that a pairing is relevant, from what was found about it. It decides the verdict word and is never shown.

Logistic models of a few parameters, fitted by `python -m benchmarks.calibration` on pairs that people judged; the file
beside this one says on which. Their reliability is reported out of fold (docs/matching.md). Cosines mean something else
to every encoder: the model that reads them is used with the one it was fitted with, else one that does without.
"""

import functools
import json
import math
import pathlib
from collections.abc import Sequence
from dataclasses import dataclass

from matching.reasons.targets import Fit, TargetReason, Verdict, fit

FITTED = pathlib.Path(__file__).with_suffix(".json")
FEATURES = ("cosine", "share", "named", "answered", "figures", "partly", "written")
GOOD, SHOWN = 0.5, 0.05
"""Chances from which a pairing may be called 很对口, and be shown at all. Out of fold, of the demo city's 154 pairs that
meet a quarter of their targets the second drops 34, of which people had judged 2 to fit (docs/matching.md)."""


@dataclass(frozen=True)
class Evidence:
    """What a chance is read off, each 0 … 1 (the cosine −1 … 1).

    `cosine` and `share` (lexical, weighed by rarity) are those of the two texts. The others are shares of the required
    targets: `figures` whose figures are met, `answered` and `named` covered ones that ask for no figure, by what was
    written below a title and by a title alone, `partly` those covered in part. `written`: whether there was more to
    read than titles.
    """

    cosine: float
    share: float
    named: float
    answered: float
    figures: float
    partly: float
    written: float

    @classmethod
    def of(cls, cosine: float, share: float, reasons: Sequence[TargetReason], written: bool) -> "Evidence":
        """Where nothing is required, every target counts as required."""
        required = [r for r in reasons if r.target.required] or list(reasons)
        plain = [r.passage.source for r in required
                 if r.passage and r.verdict is Verdict.covered and r.figure_met is None]
        found = (plain.count("title"), len(plain) - plain.count("title"),
                 sum(bool(r.figure_met) for r in required), sum(r.verdict is Verdict.partly for r in required))
        return cls(float(cosine), float(share), *(n / max(1, len(required)) for n in found), float(written))

    def values(self) -> tuple[float, ...]:
        """In the order of `FEATURES`."""
        return self.cosine, self.share, self.named, self.answered, self.figures, self.partly, self.written


@dataclass(frozen=True)
class Model:
    """`weights` in the order of `FEATURES`."""

    intercept: float
    weights: tuple[float, ...]

    def chance(self, evidence: Evidence) -> float:
        """0 … 1."""
        log_odds = self.intercept + sum(w * x for w, x in zip(self.weights, evidence.values(), strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


@functools.cache
def _read() -> dict:
    return json.loads(FITTED.read_text("utf-8"))


@functools.cache
def fitted(encoder: str = "") -> Model:
    """The shipped model for vectors of this encoder (its name)."""
    read = _read()["with cosine" if encoder == _read()["fitted"]["encoder"] else "without cosine"]
    return Model(read["intercept"], tuple(read["weights"].get(name, 0.0) for name in FEATURES))


def word(reasons: Sequence[TargetReason], chance: float) -> Fit:
    """The verdict word: what the targets say, as far as the chance bears it out."""
    said = fit(reasons)
    if said is Fit.none or chance < SHOWN:
        return Fit.none
    return Fit.good if said is Fit.good and chance >= GOOD else Fit.partial
