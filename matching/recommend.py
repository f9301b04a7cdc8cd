"""Recommendations, in both directions, with their reasons: answered from the searcher and the database."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from matching.arranging import Note, arrange
from matching.candidates import (
    ANY_DEMAND,
    ANY_EXPERT,
    DemandCandidates,
    DemandFilters,
    Excluded,
    ExpertCandidates,
    ExpertFilters,
    count_owners,
)
from matching.chance import fitted
from matching.index.state import State
from matching.learning.reranking import for_demand, for_expert
from matching.pairing import (
    NoMore,
    Ranked,
    binding_target,
    covered,
    nearest,
    pair,
    writers,
)
from matching.postings import posting_of, read_postings
from matching.ranking import Posting
from matching.reasons.explained import Asked
from matching.reasons.reading import read_targets
from matching.reasons.targets import Fit, Target, TargetReason
from matching.reasons.written import NOTHING, Said, Written, read_written
from matching.retrieval import Candidates, retrieve_any
from matching.searcher import Searcher
from matching.standing import experts_of, standings
from models.accounts import Expert
from models.capabilities import Capability, CapabilityStatus
from models.demands import Confidentiality, Demand
from models.index import PostingKind


@dataclass(frozen=True)
class Match:
    """One recommended pairing. `expert` is None for a capability that was imported without its author."""

    fit: Fit
    reasons: tuple[TargetReason, ...]
    score: float
    """The fused score, for ordering and logs only: it is no percentage and is never shown."""
    demand: Demand
    expert: Expert | None
    capability: Capability | None
    """The capability that ranked best, in recommendations of experts."""
    notes: tuple[Note, ...] = ()
    """Why it stands where it stands, where that is not the score alone."""
    behind: int = 0
    """Colleagues of the same organisation further down the list."""


@dataclass(frozen=True)
class Recommendations:
    """Matches, best first; `no_more` is None while further good ones wait behind the limit."""

    matches: tuple[Match, ...]
    no_more: NoMore | None
    excluded: tuple[Excluded, ...] = ()
    targets: tuple[Target, ...] = ()


def targets_of(demand: Demand) -> list[Target]:
    """The demand's targets; read out of its text, and flagged so, where it has none."""
    if demand.targets:
        return [Target(t.what, t.figure, t.measure, t.required, t.derived) for t in demand.targets]
    return read_targets(demand.title, "\n".join(filter(None, (demand.problem, demand.constraints))))


def public_targets_of(demand: Demand) -> list[Target]:
    """The targets that everybody may read: of a confidential demand none is read out of what it seals."""
    if demand.targets or demand.confidentiality is Confidentiality.public:
        return targets_of(demand)
    return read_targets(demand.title, demand.abstract)


def recommend_experts(session: Session, searcher: Searcher, demand: Demand, filters: ExpertFilters = ANY_EXPERT,
                      limit: int = 10, targets: Sequence[Target] | None = None) -> Recommendations:
    """Who could take this demand, target by target. Matched on the full text, whatever its confidentiality.

    `targets` replaces the demand's own for one look: a required one made nice to have, say.
    """
    state = searcher.state(session, PostingKind.capability)
    candidates = ExpertCandidates(session, filters, demand)
    query, targets = posting_of(demand), targets if targets is not None else targets_of(demand)
    pool = _pool(session, searcher, state, candidates, query)
    written = _written(session, pool)
    asked = Asked(targets, state.thesaurus)
    shown, rest = pair(pool, lambda ranked: _read(searcher, asked, written.get(ranked.key, NOTHING)),
                       fitted(searcher.encoder.name))
    experts = experts_of(session, [p.key for p in shown])
    placed = arrange(shown, standings(session, experts.values()))[:limit]
    capabilities = _capabilities(session, [p.pairing.posting for p in placed])
    matches = tuple(Match(p.pairing.fit, p.pairing.reasons, p.pairing.score, demand, experts.get(p.pairing.key),
                          capabilities[p.pairing.posting], p.notes, p.behind) for p in placed)
    no_more = None
    if len(shown) <= limit:
        binding = binding_target(targets, [p.reasons for p in shown + rest])
        no_more = NoMore(candidates.count(), len(pool), max((covered(p.reasons) for p in rest), default=0), binding,
                         count_owners(session, writers(state, binding)), nearest(binding, shown + rest))
    return Recommendations(matches, no_more, tuple(candidates.excluded()), tuple(targets))


def recommend_demands(session: Session, searcher: Searcher, expert: Expert, filters: DemandFilters = ANY_DEMAND,
                      limit: int = 10) -> Recommendations:
    """Which open demands this expert could take, by everything he or she has posted."""
    capabilities = session.scalars(select(Capability).options(selectinload(Capability.claims)).where(
        Capability.expert_id == expert.id, Capability.status == CapabilityStatus.published)
        .order_by(Capability.id)).all()
    state = searcher.state(session, PostingKind.demand)
    candidates = DemandCandidates(session, filters, expert)
    own = read_postings(session, PostingKind.capability, [c.id for c in capabilities])
    pool = _pool_for_expert(session, searcher, state, candidates, own)
    demands = _demands(session, [ranked.posting for ranked in pool])
    written = Written(tuple(map(Said.of, capabilities)))
    shown, rest = pair(pool, lambda ranked: _read(searcher, Asked(public_targets_of(demands[ranked.posting]),
                                                                  state.thesaurus), written),
                       fitted(searcher.encoder.name))
    matches = tuple(Match(p.fit, p.reasons, p.score, demands[p.posting], expert, None) for p in shown[:limit])
    no_more = None
    if len(shown) <= limit:
        no_more = NoMore(candidates.count(), len(pool), max((covered(p.reasons) for p in rest), default=0), None, 0)
    return Recommendations(matches, no_more)


def _pool(session: Session, searcher: Searcher, state: State, candidates: Candidates,
          query: Posting) -> list[Ranked]:
    """The candidates worth reading target by target, best first, in the order that past outcomes teach."""
    pool = retrieve_any(state, candidates, [(query, searcher.asking(session, PostingKind.demand, query))],
                        searcher.encoder.fusion)
    ranker = searcher.learned(session)
    if ranker is None:
        return pool
    return for_demand(ranker, pool, searcher.found_by(session, PostingKind.demand, query), state.vector)


def _pool_for_expert(session: Session, searcher: Searcher, state: State, candidates: Candidates,
                     own: Sequence[Posting]) -> list[Ranked]:
    """Demands by the best of the expert's capabilities; each is a query of its own."""
    pool = retrieve_any(state, candidates, [
        (posting, searcher.asking(session, PostingKind.capability, posting)) for posting in own],
        searcher.encoder.fusion)
    ranker = searcher.learned(session)
    if ranker is None:
        return pool
    mine = [searcher.found_by(session, PostingKind.capability, posting) for posting in own]
    return for_expert(ranker, pool, np.array(mine, np.float32), state.vector)


def _read(searcher: Searcher, asked: Asked, written: Written) -> tuple[tuple[TargetReason, ...], bool]:
    """The reasons, and whether there was more to read than titles."""
    return (searcher.explained.reasons(asked, written),
            any(passage.source != "title" for passage in written.passages))


def _written(session: Session, pool: Sequence[Ranked]) -> dict[str, Written]:
    """Everything the pool's candidates have published, not only what ranked: a target may be answered elsewhere."""
    experts = [uuid.UUID(ranked.key) for ranked in pool if ranked.key != ranked.posting]
    return read_written(session, experts, [uuid.UUID(ranked.key) for ranked in pool if ranked.key == ranked.posting])


def _capabilities(session: Session, ids: Iterable[str]) -> dict[str, Capability]:
    rows = session.scalars(select(Capability).where(Capability.id.in_([uuid.UUID(key) for key in ids])))
    return {row.id.hex: row for row in rows}


def _demands(session: Session, ids: Iterable[str]) -> dict[str, Demand]:
    parts = selectinload(Demand.targets), selectinload(Demand.organisation)
    rows = session.scalars(select(Demand).options(*parts).where(
        Demand.id.in_([uuid.UUID(key) for key in ids])))
    return {row.id.hex: row for row in rows}
