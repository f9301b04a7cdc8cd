"""Search by words, in the demand hall and among experts."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.candidates import (
    ANY_DEMAND,
    ANY_EXPERT,
    DemandFilters,
    ExpertFilters,
    demand_candidates,
    expert_candidates,
)
from matching.embedding import embed_postings
from matching.pairing import FOUND_COSINE, FOUND_SHARE
from matching.ranking import dense_weight
from matching.retrieval import mask, named, rank, related
from matching.searcher import Searcher
from matching.state import State
from matching.text import normalise
from matching.thesaurus import READING
from models.demands import Demand
from models.index import PostingKind

LONGEST_QUERY = 200
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
    query = query[:LONGEST_QUERY]
    candidates = demand_candidates(session, filters)
    numbered = session.scalar(select(Demand.id).where(Demand.number == query.strip().upper()))
    if numbered and numbered.hex in candidates:
        return Hits(1, (numbered,)[offset:offset + limit])
    return _search(searcher, searcher.public_demands(session), candidates, query, limit, offset)


def search_experts(session: Session, searcher: Searcher, query: str, filters: ExpertFilters = ANY_EXPERT,
                   limit: int = 20, offset: int = 0) -> Hits:
    """Experts about `query`; where a capability has no expert, the id is the capability's."""
    query = query[:LONGEST_QUERY]
    candidates, _ = expert_candidates(session, filters)
    return _search(searcher, searcher.state(session, PostingKind.capability), candidates, query, limit, offset)


def _search(searcher: Searcher, state: State, candidates: Mapping[str, str], query: str, limit: int,
            offset: int) -> Hits:
    vector = embed_postings(searcher.encoder, [query], [""], query=True)[0]
    allowed, wanted = mask(state, candidates), named(state, query, READING)
    found = [state.search(state.weigh(text), vector, dense_weight(text), LISTED, allowed, wanted)
             for text in (query, *state.thesaurus.variants(normalise(query)))]
    ranked = rank(state, candidates, [related(one, FOUND_SHARE, FOUND_COSINE) for one in found])
    return Hits(len(ranked), tuple(uuid.UUID(r.key) for r in ranked[offset:offset + limit]))
