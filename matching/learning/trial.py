"""Train a candidate and compare it with the ranker in use, from material read before. No database."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from matching.learning.comparison import (
    CONFIDENCE,
    CUT,
    MIN_TAUGHT,
    MIN_UNSEEN,
    Case,
    Look,
    Split,
    Verdict,
    compare,
    split,
)
from matching.learning.fitting import RIDGE, SLOPE, fit
from matching.learning.kernel import KernelRanker
from matching.learning.material import Lesson, Material, cases, known_before, lesson
from matching.learning.rankers import Trained

MIN_NEW = 20
"""Outcomes that must have come since the last training. Each comparison is a chance to win by luck: few are made."""
MOVED = 6
"""People shown per demand in the comparison: those who moved furthest among the first ten."""


@dataclass(frozen=True)
class Against:
    """What a candidate is compared with. Number 0 is the plain ranking."""

    number: int = 0
    ranker: KernelRanker | None = None
    trained_on: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Waiting:
    """Why nothing was trained: a code and the counts that say how far it is."""

    code: str
    counts: Mapping[str, int]


def attempt(material: Material, against: Against, known_then: int, *, eager: bool = False) -> Trained | Waiting:
    """A candidate with its comparison, or why not yet. `known_then`: outcomes at the last training; `eager`: a person
    asked, so new ones need not have come."""
    parted = split(_collaborated(material), {key for key in material.demands if key in against.trained_on})
    known = known_before(material.labels, None)
    counts = {"known": known, "new": known - known_then, "collaborated": len(_collaborated(material)),
              "unseen": len(parted.judging), "min_new": MIN_NEW, "min_unseen": MIN_UNSEEN, "min_taught": MIN_TAUGHT}
    if not eager and counts["new"] < MIN_NEW:
        return Waiting("nothing_new", counts)
    if len(parted.judging) < MIN_UNSEEN:
        return Waiting("few_unseen", counts)
    taught = lesson(material, parted)
    counts["taught"] = len(taught.demands)
    if len(taught.demands) < MIN_TAUGHT:
        return Waiting("few_taught", counts)
    judging = cases(material, parted)
    counts["unseen"] = len(judging)
    if len(judging) < MIN_UNSEEN:
        return Waiting("few_unseen", counts)
    return _trained(material, against, parted, taught, judging, counts)


def _collaborated(material: Material) -> dict:
    return {demand.hex: at for demand, at in material.labels.collaborated().items()}


def _trained(material: Material, against: Against, parted: Split, taught: Lesson, judging: list[Case],
             counts: dict[str, int]) -> Trained:
    ranker = fit(taught.examples)
    verdict = compare(judging, against.ranker, ranker)
    blob = ranker.to_bytes()
    data = {"counts": counts, "kinds": taught.counts, "pairs": len(taught.examples), "demands": len(taught.demands),
            "unplaced": taught.unplaced, "until": parted.since.isoformat(), "ridge": RIDGE, "slope": SLOPE,
            "power": ranker.power, "places": [round(float(one), 3) for one in material.labels.reading.chances],
            "lists": material.labels.reading.lists, "answered": material.labels.reading.answered}
    report = _report(verdict, against.number, len(parted.judging) - len(judging))
    digest = hashlib.sha256(blob + json.dumps(report, sort_keys=True).encode()).hexdigest()
    return Trained(material.encoder.name, digest, blob, data, list(taught.demands), report, verdict.better)


def _report(verdict: Verdict, against: int, left_out: int) -> dict:
    """The comparison as it is kept: ids and figures, no texts."""
    return {"against": against, "demands": len(verdict.looks), "left_out": left_out, "confidence": CONFIDENCE,
            "collaborations": sum(len(look.case.partners) for look in verdict.looks),
            "before": round(verdict.before, 4), "after": round(verdict.after, 4),
            "gain": round(verdict.after - verdict.before, 4), "low": round(verdict.low, 4),
            "high": round(verdict.high, 4), "looks": [_told(look) for look in verdict.looks]}


def _told(look: Look) -> dict:
    then, now = look.places_before, look.places_after
    partners = [[key, then[key], now[key]] for key in look.case.partners if key in then]
    near = [key for key in look.case.candidates if min(then[key], now[key]) <= CUT and then[key] != now[key]]
    moved = sorted(near, key=lambda key: (-abs(then[key] - now[key]), key))[:MOVED]
    return {"demand": look.case.demand, "before": round(look.before, 4), "after": round(look.after, 4),
            "partners": partners, "moved": [[key, then[key], now[key]] for key in moved]}
