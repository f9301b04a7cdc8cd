"""From a query to the candidates worth reading: both legs asked once, the best postings kept, one a candidate."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from matching.pairing import POOL, RELATED_COSINE, RELATED_SHARE, Ranked
from matching.ranking import DENSE_WEIGHT, Posting
from matching.state import Found, State
from matching.text import grams, normalise
from matching.thesaurus import NAMES, GroupKind

DEPTH = 5 * POOL
"""Postings looked at for a pool: several may be one expert's, and some are not about the matter at all."""


def named(state: State, text: str, kinds: Collection[GroupKind] = NAMES) -> list[list[str]]:
    """The grams of a text, and of the same text under each of its other names."""
    return [grams(one) for one in (text, *state.thesaurus.variants(normalise(text), kinds))]


def related(found: Found, share: float = RELATED_SHARE, cosine: float = RELATED_COSINE) -> Found:
    """Those that are about the same thing at all, by whichever of its names."""
    return found.only((found.shares >= share) | (found.cosines >= cosine))


def retrieve(state: State, owner_of: Mapping[str, str], query: Posting, vector: np.ndarray) -> list[Ranked]:
    """The `POOL` candidates worth reading target by target, best first: related to the query, by fused score."""
    return retrieve_any(state, owner_of, [(query, vector)])


def retrieve_any(state: State, owner_of: Mapping[str, str],
                 queries: Sequence[tuple[Posting, np.ndarray]]) -> list[Ranked]:
    """The same for several queries at once: a candidate counts by the one that it answers best."""
    allowed = mask(state, owner_of)
    return rank(state, owner_of, [related(state.search(
        state.weigh(query.title, query.body), vector, DENSE_WEIGHT, DEPTH, allowed, named(state, query.title)))
        for query, vector in queries])[:POOL]


def mask(state: State, owner_of: Mapping[str, str]) -> np.ndarray:
    """bool (places,): the postings that are some candidate's."""
    return np.fromiter((key in owner_of for key in state.ids), bool, len(state.ids))


def rank(state: State, owner_of: Mapping[str, str], found: Sequence[Found]) -> list[Ranked]:
    """Candidates by their best posting, highest first, ties by key. `owner_of`: posting id → candidate key."""
    postings = [(state.ids[place], score) for one in found
                for place, score in zip(one.places.tolist(), one.scores.tolist(), strict=True)]
    best: dict[str, Ranked] = {}
    for posting, score in sorted(postings, key=lambda pair: (-pair[1], pair[0])):
        owner = owner_of.get(posting)
        if owner is not None and owner not in best:
            best[owner] = Ranked(owner, posting, score)
    return sorted(best.values(), key=lambda ranked: (-ranked.score, ranked.key))
