"""From scores to a page: who is related at all, what they wrote to each target, the verdict word, and where it ends."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matching import chance
from matching.chance import Evidence, Model
from matching.index.state import State
from matching.reasons.targets import Fit, Target, TargetReason, Verdict
from matching.text import grams

POOL = 60
"""How many of the best-ranked are read target by target."""
RELATED_COSINE, RELATED_SHARE = 0.4, 0.15
"""Either makes two texts related, so that a lone common word (成本, 误差) is no answer. Of the demo city's pairs that fit
by hand they keep .99, of those that share a word with a target and do not fit .28 (docs/matching.md)."""

FOUND_COSINE, FOUND_SHARE = 0.4, 0.45
"""The same for words typed into a search box, where most of the words should be found."""
WRITTEN_SHARE = 0.5

Reasons = tuple[TargetReason, ...]


@dataclass(frozen=True)
class Ranked:
    """A related candidate (expert, demand, or capability without expert), its best posting and that one's score."""

    key: str
    posting: str
    score: float
    cosine: float = 0.0
    share: float = 0.0
    """Of the query's grams in the posting, by rarity."""


@dataclass(frozen=True)
class Pairing:
    """A candidate and what was found; not worth showing where `fit` is none."""

    key: str
    posting: str
    fit: Fit
    reasons: Reasons
    score: float


@dataclass(frozen=True)
class NoMore:
    """What stands behind the last one shown (后面没有合适的了)."""

    considered: int
    """Candidates the filters let through."""
    examined: int
    """Of these, how many were read target by target."""
    most_covered: int
    """The most required targets that any examined candidate who is not shown covers."""
    binding: Target | None
    """The required target that the fewest examined candidates cover; None if nobody was or nothing is asked."""
    written_by: int
    """How many candidates, filters aside, wrote about the binding target at all."""
    nearest: tuple["Nearest", ...] = ()
    """Who comes nearest to the binding target without covering it."""


@dataclass(frozen=True)
class Nearest:
    """What a candidate wrote about a target that it does not cover. `short`: a figure was given, and falls short."""

    key: str
    said: str
    short: bool


NEAREST = 2


def nearest(binding: Target | None, examined: Sequence[Pairing]) -> tuple[Nearest, ...]:
    """Who partly answers the binding target: a figure that falls short first, then by how much was met."""
    found = [(p.key, reason) for p in examined for reason in p.reasons
             if reason.target == binding and reason.verdict is Verdict.partly and reason.passage]
    found.sort(key=lambda one: (one[1].figure_met is None, -one[1].topic, one[0]))
    return tuple(Nearest(key, reason.passage.text, reason.figure_met is False)
                 for key, reason in found[:NEAREST] if reason.passage)


def pair(pool: Sequence[Ranked], read: Callable[[Ranked], tuple[Reasons, bool]],
         model: Model) -> tuple[list[Pairing], list[Pairing]]:
    """The pairings worth showing, good before partial and then by score, and the others, by score.

    `read` gives a candidate's reasons, and whether he or she wrote more than titles.
    """
    shown, rest = [], []
    for ranked in pool:
        reasons, written = read(ranked)
        word = chance.word(reasons, model.chance(Evidence.of(ranked.cosine, ranked.share, reasons, written)))
        pairing = Pairing(ranked.key, ranked.posting, word, reasons, ranked.score)
        (rest if word is Fit.none else shown).append(pairing)
    return sorted(shown, key=lambda p: (p.fit is not Fit.good, -p.score, p.key)), rest


def covered(reasons: Iterable[TargetReason]) -> int:
    """How many required targets are covered."""
    return sum(r.verdict is Verdict.covered and r.target.required for r in reasons)


def binding_target(targets: Sequence[Target], examined: Sequence[Reasons]) -> Target | None:
    """The required target that the fewest examined candidates cover; ties: fewer mention it, then its place."""
    required = [i for i, target in enumerate(targets) if target.required]
    if not examined or not required:
        return None

    def reach(i: int) -> tuple[int, int, int]:
        verdicts = [reasons[i].verdict for reasons in examined]
        return verdicts.count(Verdict.covered), len(verdicts) - verdicts.count(Verdict.not_mentioned), i

    return targets[min(required, key=reach)]


def writers(state: State, target: Target | None) -> list[str]:
    """The postings that have at least half of the target's grams, weighed by rarity: who wrote about it at all."""
    if target is None:
        return []
    return [state.ids[place] for place in np.flatnonzero(state.share(grams(target.what)) >= WRITTEN_SHARE).tolist()]
