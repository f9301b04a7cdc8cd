"""Outcomes brought to arrays: each judged pair as the pages rank it, each judging demand with its whole pool.

The database is read once and let go: what follows takes seconds, and on SQLite a reader would hold up every writer.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from matching.candidates import ANY_EXPERT, expert_candidates
from matching.encoders.embedding import Encoder, embed_postings
from matching.index.state import State
from matching.learning.comparison import Case, Split
from matching.learning.fitting import MOST_PAIRS, Examples
from matching.learning.labels import Labels, read_labels
from matching.learning.outcomes import ORDER, Kind, Outcome
from matching.pairing import Ranked
from matching.postings import BATCH, posting_of
from matching.ranking import Posting
from matching.retrieval import retrieve
from matching.searcher import Searcher
from models.demands import Demand
from models.index import PostingKind


@dataclass(frozen=True)
class Material:
    """What training needs of the database, at one moment."""

    labels: Labels
    demands: dict[str, Posting]
    """The texts of every demand with an outcome, whatever became of it."""
    owner_of: Mapping[str, str]
    """Published capability → its expert, or itself."""
    state: State
    demand_state: State
    encoder: Encoder

    @cached_property
    def postings_of(self) -> dict[str, list[str]]:
        """Candidate → what he or she published."""
        found: dict[str, list[str]] = {}
        for posting, owner in self.owner_of.items():
            found.setdefault(owner, []).append(posting)
        return found

    def vector(self, demand: str) -> np.ndarray:
        """float32 (d,): what a demand is found by, stored or made now for one that is closed."""
        stored = self.demand_state.vector(demand)
        return self._made(demand) if stored is None else stored

    def asking(self, demand: str) -> np.ndarray:
        """float32 (d,): what it asks with."""
        return self.vector(demand) if self.encoder.symmetric else self._made(demand, query=True)

    def _made(self, demand: str, *, query: bool = False) -> np.ndarray:
        posting = self.demands[demand]
        return embed_postings(self.encoder, [posting.title], [posting.body], query=query)[0]


@dataclass(frozen=True)
class Lesson:
    """Pairs to learn from and the demands they belong to (hex); `counts`: outcomes by kind; `unplaced` could not be
    used, since the candidate is gone or the texts are not related at all."""

    examples: Examples
    demands: tuple[str, ...]
    counts: dict[str, int]
    unplaced: int


def read_material(session: Session, searcher: Searcher) -> Material:
    labels = read_labels(session)
    owner_of, _excluded = expert_candidates(session, ANY_EXPERT)
    demands = _postings(session, {one.pair[0] for one in labels.outcomes})
    state, demand_state = searcher.state(session, PostingKind.capability), searcher.state(session, PostingKind.demand)
    return Material(labels, demands, owner_of, state, demand_state, searcher.encoder)


def _postings(session: Session, ids: Collection[uuid.UUID]) -> dict[str, Posting]:
    wanted, found = sorted(ids), {}
    for at in range(0, len(wanted), BATCH):
        rows = session.scalars(select(Demand).options(selectinload(Demand.targets))
                               .where(Demand.id.in_(wanted[at:at + BATCH])))
        found |= {row.id.hex: posting_of(row) for row in rows}
    return found


def lesson(material: Material, split: Split) -> Lesson:
    """What may teach: known before the split, of demands that do not judge; the surest and newest `MOST_PAIRS`."""
    teaching = [one for one in material.labels.outcomes if _teaches(one, split)]
    teaching = sorted(teaching, key=lambda one: (one.relative, -one.at.timestamp(), one.pair[0].hex,
                                                 one.pair[1].hex))[:MOST_PAIRS]
    rows: list[tuple[str, Outcome, Ranked, np.ndarray]] = []
    for demand, outcomes in sorted(_by_demand(teaching).items()):
        vector = material.vector(demand)
        rows += [(demand, one, ranked, vector) for ranked in _judged(material, demand, outcomes)
                 for one in outcomes[ranked.key]]
    counts = {kind.value: sum(one.kind is kind for _, one, _, _ in rows) for kind in ORDER}
    return Lesson(_examples(material, rows), tuple(dict.fromkeys(demand for demand, *_ in rows)), counts,
                  len(teaching) - len(rows))


def _teaches(one: Outcome, split: Split) -> bool:
    return one.pair[0].hex not in split.judging and (split.since is None or one.at < split.since)


def _by_demand(outcomes: Iterable[Outcome]) -> dict[str, dict[str, list[Outcome]]]:
    """Demand → candidate → what became of the two and what looks say, in hex."""
    found: dict[str, dict[str, list[Outcome]]] = {}
    for one in outcomes:
        found.setdefault(one.pair[0].hex, {}).setdefault(one.pair[1].hex, []).append(one)
    return found


def _judged(material: Material, demand: str, outcomes: Collection[str]) -> list[Ranked]:
    """The judged candidates by their best posting with its fused score, where they are related at all."""
    among = {posting: owner for owner in outcomes for posting in material.postings_of.get(owner, ())}
    return [ranked for ranked in retrieve(material.state, among, material.demands[demand], material.asking(demand),
                                           material.encoder.fusion)
            if material.state.vector(ranked.posting) is not None]


def _examples(material: Material, rows: list[tuple[str, Outcome, Ranked, np.ndarray]]) -> Examples:
    width = material.encoder.dimensions
    return Examples(
        np.array([vector for *_, vector in rows], np.float32).reshape(-1, width),
        np.array([material.state.vector(ranked.posting) for _, _, ranked, _ in rows], np.float32).reshape(-1, width),
        np.array([ranked.score for _, _, ranked, _ in rows]), np.array([one.gain for _, one, _, _ in rows]),
        np.array([one.weight for _, one, _, _ in rows]), np.array([one.relative for _, one, _, _ in rows], bool))


def cases(material: Material, split: Split) -> list[Case]:
    """The judging demands one of whose partners can be retrieved today, each with its pool, in order of demand."""
    judging = _by_demand(one for one in material.labels.outcomes
                         if one.pair[0].hex in split.judging and not one.relative)
    found = [_case(material, demand, outcomes) for demand, outcomes in sorted(judging.items())]
    return [case for case in found if set(case.partners) & set(case.candidates)]


def _case(material: Material, demand: str, outcomes: Mapping[str, list[Outcome]]) -> Case:
    query = material.demands[demand]
    pool = [ranked for ranked in retrieve(material.state, material.owner_of, query, material.asking(demand),
                                           material.encoder.fusion)
            if material.state.vector(ranked.posting) is not None]
    partners = tuple(sorted(key for key, [one] in outcomes.items() if one.kind is Kind.collaboration))
    gains = {key: one.gain for key, [one] in outcomes.items()}
    vectors = np.array([material.state.vector(ranked.posting) for ranked in pool], np.float32)
    scores = np.array([ranked.score for ranked in pool])
    return Case(demand, material.vector(demand), tuple(ranked.key for ranked in pool), scores,
                vectors.reshape(-1, material.encoder.dimensions), gains, partners)


def known_before(labels: Labels, moment: dt.datetime | None) -> int:
    """How many outcomes, mere looks aside, were known before a moment (None: now)."""
    return sum(not one.relative and (moment is None or one.at < moment) for one in labels.outcomes)
