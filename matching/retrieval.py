"""From a query to the candidates worth reading: both legs asked once, the best postings kept, one a candidate."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

import numpy as np

from matching.fusion import Fusion
from matching.index.state import Found, State
from matching.pairing import POOL, RELATED_COSINE, RELATED_SHARE, Ranked
from matching.ranking import Posting
from matching.text import grams, normalise
from matching.thesaurus.thesaurus import NAMES, GroupKind

AS_SHIPPED = Fusion()
DEPTH = 5 * POOL
"""Postings looked at for a pool: several may be one expert's, and some are not about the matter at all."""
FIRST = 2 * POOL
"""Of these, the best of them, the owners are asked for first: most pools need no more."""


class Candidates(Protocol):
    """Who may be recommended, as the database has it at this moment: asked of some postings, or of all."""

    def owners(self, postings: Sequence[str]) -> dict[str, str]:
        """Posting id → candidate key, in hex, of those postings whose candidate may be recommended."""

    def all(self) -> dict[str, str]:
        """The same of every posting."""

    def count(self) -> int:
        """How many candidates there are."""


def named(state: State, text: str, kinds: Collection[GroupKind] = NAMES) -> list[list[str]]:
    """The grams of a text, and of the same text under each of its other names."""
    return [grams(one) for one in (text, *state.thesaurus.variants(normalise(text), kinds))]


def related(found: Found, share: float = RELATED_SHARE, cosine: float = RELATED_COSINE) -> Found:
    """Those that are about the same thing at all, by whichever of its names."""
    return found.only((found.shares >= share) | (found.cosines >= cosine))


def retrieve(state: State, owner_of: Mapping[str, str], query: Posting, vector: np.ndarray,
             fusion: Fusion = AS_SHIPPED) -> list[Ranked]:
    """The `POOL` candidates worth reading target by target, best first: related to the query, by fused score.

    `owner_of`: posting id → candidate key, of everybody.
    """
    return _among(state, owner_of, [(query, vector)], fusion)


def retrieve_any(state: State, candidates: Candidates, queries: Sequence[tuple[Posting, np.ndarray]],
                 fusion: Fusion = AS_SHIPPED) -> list[Ranked]:
    """The same for several queries at once: a candidate counts by the one that it answers best.

    Who may be recommended is asked of the best postings alone. Where few of those may be, it is asked of everybody, and
    the best are looked for among them.
    """
    for depth in (DEPTH, 4 * DEPTH):
        found = _about(state, queries, fusion, depth)
        about = postings(state, found)
        first = postings(state, [found[0].only(slice(FIRST))]) if len(found) == 1 else about
        owner_of = candidates.owners(first)
        ranked = rank(state, owner_of, found)[:POOL]
        if len(ranked) == POOL and len(about) > len(first) and ranked[-1].score > found[0].scores[FIRST]:
            return ranked  # the owners of the rest come after
        owner_of |= candidates.owners(sorted(set(about).difference(first)))
        ranked = rank(state, owner_of, found)[:POOL]
        if len(ranked) == POOL or len(about) < depth // 2:  # enough; or no more are about the matter
            return ranked
        if len(owner_of) < len(about) // 2:
            break
    return _among(state, candidates.all(), queries, fusion)


def _among(state: State, owner_of: Mapping[str, str], queries: Sequence[tuple[Posting, np.ndarray]],
           fusion: Fusion) -> list[Ranked]:
    allowed = mask(state, owner_of)
    for depth in (DEPTH, 4 * DEPTH):
        found = _about(state, queries, fusion, depth, allowed)
        ranked = rank(state, owner_of, found)[:POOL]
        if len(ranked) == POOL or len(postings(state, found)) < depth // 2:
            break
    return ranked


def _about(state: State, queries: Sequence[tuple[Posting, np.ndarray]], fusion: Fusion, depth: int,
           allowed: np.ndarray | None = None) -> list[Found]:
    return [related(state.search(state.weigh(query.title, query.body), vector, fusion.dense, depth, allowed,
                                 named(state, query.title))) for query, vector in queries]


def postings(state: State, found: Sequence[Found]) -> list[str]:
    """Ids of everything found, in order of id."""
    return sorted({state.ids[place] for one in found for place in one.places.tolist()})


def mask(state: State, owner_of: Mapping[str, str]) -> np.ndarray:
    """bool (places,): the postings that are some candidate's."""
    places = state.places(owner_of)
    allowed = np.zeros(len(state.ids), bool)
    allowed[places] = True
    return allowed


def rank(state: State, owner_of: Mapping[str, str], found: Sequence[Found]) -> list[Ranked]:
    """Candidates by their best posting, highest first, ties by key. `owner_of`: posting id → candidate key."""
    scored = [(state.ids[place], *legs) for one in found for place, *legs in
              zip(one.places.tolist(), one.scores.tolist(), one.cosines.tolist(), one.shares.tolist(), strict=True)]
    best: dict[str, Ranked] = {}
    for posting, *legs in sorted(scored, key=lambda found: (-found[1], found[0])):
        owner = owner_of.get(posting)
        if owner is not None and owner not in best:
            best[owner] = Ranked(owner, posting, *legs)
    return sorted(best.values(), key=lambda ranked: (-ranked.score, ranked.key))
