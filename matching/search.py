"""Search by words, in the demand hall and among experts."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.candidates import (
    ANY_DEMAND,
    ANY_EXPERT,
    DemandCandidates,
    DemandFilters,
    ExpertCandidates,
    ExpertFilters,
)
from matching.encoders.embedding import Encoder, embed_postings
from matching.fusion import Fusion
from matching.index.state import Found, State
from matching.pairing import FOUND_COSINE, FOUND_SHARE
from matching.retrieval import Candidates, mask, named, postings, rank, related
from matching.searcher import Searcher
from matching.text import normalise
from matching.thesaurus.thesaurus import READING
from models.demands import Demand
from models.index import PostingKind

LONGEST_QUERY = 200
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LISTED = 1000
"""A search counts and lists the best so many postings; nobody pages further."""


@dataclass(frozen=True)
class Hits:
    """One page of a search: ids in order, and how many there are in all."""

    total: int
    ids: tuple[uuid.UUID, ...]


def search_demands(session: Session, searcher: Searcher, query: str, filters: DemandFilters = ANY_DEMAND,
                   limit: int = 20, offset: int = 0) -> Hits:
    """Open demands about `query` (words, or a demand's number), best first; confidential ones by their public words."""
    query = _storable(query)
    candidates = DemandCandidates(session, filters)
    numbered = session.scalar(select(Demand.id).where(Demand.number == query.strip().upper()))
    if numbered and candidates.owners([numbered.hex]):
        return Hits(1, (numbered,)[offset:offset + limit])
    return _search(searcher, searcher.public_demands(session), candidates, query, limit, offset)


def search_experts(session: Session, searcher: Searcher, query: str, filters: ExpertFilters = ANY_EXPERT,
                   limit: int = 20, offset: int = 0) -> Hits:
    """Experts about `query`; where a capability has no expert, the id is the capability's."""
    query = _storable(query)
    candidates = ExpertCandidates(session, filters)
    return _search(searcher, searcher.state(session, PostingKind.capability), candidates, query, limit, offset)


def like_each(session: Session, searcher: Searcher, asked: Sequence[tuple[uuid.UUID, str]],
              limit: int) -> list[list[uuid.UUID]]:
    """For each of some open demands, given with its public words: the `limit` next to it by both legs, and by words.

    Each asks with the vector that it has and by no other names: a tenth of what as many searches take. By words alone
    too, since those that seal their text have no other way to be found here.
    """
    state = searcher.public_demands(session)
    allowed, fusion = mask(state, DemandCandidates(session).all()), searcher.encoder.fusion
    found = []
    for key, words in asked:
        grams = state.weigh(_storable(words))
        best = [state.ids[place] for vector in (state.vector(key.hex), None) for place in
                state.search(grams, vector, fusion.weight(words), limit + 1, allowed).places.tolist()]
        found.append([uuid.UUID(one) for one in dict.fromkeys(best) if one != key.hex])
    return found


def _storable(query: str) -> str:
    """The words without what no database takes: PostgreSQL refuses a NUL, and neither knows half a surrogate pair."""
    return UNSTORABLE.sub("", query[:LONGEST_QUERY])


def _search(searcher: Searcher, state: State, candidates: Candidates, query: str, limit: int,
            offset: int) -> Hits:
    said = _said(searcher.encoder, state, query)
    found = _about(state, said, searcher.encoder.fusion)
    owner_of = candidates.owners(postings(state, found))
    if len(owner_of) < LISTED // 2 <= max(map(len, found)):  # a filter that lets few through: look among those alone
        owner_of = candidates.all()
        found = _about(state, said, searcher.encoder.fusion, mask(state, owner_of))
    ranked = rank(state, owner_of, found)
    return Hits(len(ranked), tuple(uuid.UUID(r.key) for r in ranked[offset:offset + limit]))


def _said(encoder: Encoder, state: State, query: str) -> list[tuple[str, np.ndarray]]:
    """The query, and the query in other words, each with its vector: made together, for little more than one."""
    texts = [query, *state.thesaurus.variants(normalise(query))]
    vectors = embed_postings(encoder, texts, [""] * len(texts), query=True)
    return list(zip(texts, vectors, strict=True))


def _about(state: State, said: Sequence[tuple[str, np.ndarray]], fusion: Fusion,
           allowed: np.ndarray | None = None) -> list[Found]:
    """What is about the query, and about it put in other words; of each, the best LISTED."""
    wanted = named(state, said[0][0], READING)
    return [related(state.search(state.weigh(text), vector, fusion.weight(text), LISTED, allowed, wanted),
                    FOUND_SHARE, FOUND_COSINE) for text, vector in said]
