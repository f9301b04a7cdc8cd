"""Postings that may be the same thing told twice: found by the search, held against each other as texts."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matching.likeness import SAME_CAPABILITY, SAME_PROBLEM, likeness, likenesses
from matching.search import like_each, search_demands
from models.capabilities import Capability
from models.demands import Confidentiality, Demand
from web.search import searcher
from web.sessions import db

CANDIDATES = 12
SHOWN = 3
LEAST = 6
"""Characters from which on a title says enough to look for its like."""


@dataclass(frozen=True)
class Near:
    """A demand that may ask for the same. `likeness` as in matching/likeness.py."""

    demand: Demand
    likeness: float


def near_demands(title: str, problem: str, besides: uuid.UUID | None = None, limit: int = SHOWN) -> list[Near]:
    """Open demands that may be the same problem, the likest first; confidential ones by their public words only."""
    if len(title.strip()) < LEAST:
        return []
    found = search_demands(db(), searcher(), f"{title} {problem}", limit=CANDIDATES)
    rows = db().scalars(select(Demand).where(Demand.id.in_(found.ids), Demand.id != besides)
                        .options(joinedload(Demand.organisation))).all()
    scores = likeness(searcher().encoder, (title, problem), [public_text(row) for row in rows])
    near = [Near(row, float(score)) for row, score in zip(rows, scores, strict=True) if score >= SAME_PROBLEM]
    return _likest(near, limit)


def near_each(demands: Sequence[Demand]) -> list[list[Near]]:
    """The same for each of some open demands, which are all looked at together."""
    asked = [one for one in demands if len(one.title.strip()) >= LEAST]
    found = like_each(db(), searcher(), [(one.id, " ".join(public_text(one))) for one in asked], CANDIDATES)
    rows = db().scalars(select(Demand).where(Demand.id.in_({key for keys in found for key in keys}))
                        .options(joinedload(Demand.organisation))).all()
    known = {one.id: one for one in [*rows, *asked]}
    at = {key: place for place, key in enumerate(known)}
    pairs = [(one, known[key]) for one, keys in zip(asked, found, strict=True) for key in keys if key in known]
    scores = likenesses(searcher().encoder, [public_text(one) for one in known.values()],
                        [(at[one.id], at[other.id]) for one, other in pairs])
    near: dict[uuid.UUID, list[Near]] = {one.id: [] for one in demands}
    for (one, other), score in zip(pairs, scores.tolist(), strict=True):
        if score >= SAME_PROBLEM:
            near[one.id].append(Near(other, score))
    return [_likest(near[one.id], SHOWN) for one in demands]


def _likest(near: Sequence[Near], limit: int) -> list[Near]:
    return sorted(near, key=lambda one: (-one.likeness, one.demand.id))[:limit]


def public_text(demand: Demand) -> tuple[str, str]:
    """Title and body as everybody may read them."""
    return demand.title, demand.problem if demand.confidentiality is Confidentiality.public else demand.abstract


def near_capabilities(title: str, summary: str, own: Sequence[Capability]) -> list[Capability]:
    """Those of an expert's own capabilities that may be the one being written, the likest first."""
    if len(title.strip()) < LEAST:
        return []
    scores = likeness(searcher().encoder, (title, summary), [(one.title, one.summary) for one in own])
    ranked = sorted(zip(scores, own, strict=True), key=lambda pair: (-pair[0], pair[1].id))
    return [one for score, one in ranked if score >= SAME_CAPABILITY][:SHOWN]
