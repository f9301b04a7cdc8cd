"""Who fits whom on a matching day, by the same recommendation as on the demand's page, and who is ruled out."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engagements.meetings.participants import Guest
from matching.candidates import ExpertFilters
from matching.pairing import POOL
from matching.reasons.judging import explain
from matching.reasons.targets import Fit, TargetReason, Verdict, fit
from matching.reasons.written import passages_of
from matching.recommend import recommend_experts, targets_of
from matching.searcher import Searcher
from models.capabilities import Capability, CapabilityStatus
from models.database import Reader
from models.demands import Demand
from models.engagements import Engagement, Stage
from models.meetings import DayDemand, MatchingDay

Pair = tuple[uuid.UUID, uuid.UUID]
GOOD, PARTIAL = 2.0, 1.0
"""What the verdict word adds to a meeting's worth: a good fit outweighs any partial one."""
BY_RANK = 0.1
"""The most that the place among the recommendations adds: it only parts equals."""
POINTS = {Verdict.covered: 1.0, Verdict.partly: 0.5, Verdict.not_mentioned: 0.0}


@dataclass(frozen=True)
class Fitting:
    """A pair that fits. `excluded`: they may not meet (same organisation, dismissed, declined, talks that ended)."""

    demand_id: uuid.UUID
    expert_id: uuid.UUID
    good: bool
    value: float
    excluded: bool = False


def fitting_pairs(read: Reader, searcher: Searcher, day: MatchingDay, asked: Sequence[DayDemand],
                  coming: Sequence[Guest], held: Collection[Pair], declined: Collection[Pair]) -> list[Fitting]:
    """Every pair of the day that fits, by (demand, expert). Pairs in `held` stay whatever is thought of them now.

    One transaction a demand: on SQLite a reader that stays long keeps every writer from committing.
    """
    among = tuple(guest.expert.id for guest in coming)
    with read() as session:
        settled = _settled(session, [row.demand_id for row in asked])
    found: dict[Pair, Fitting] = {}
    for row in asked if among else ():
        with read() as session:
            fitting = _of_demand(session, searcher, session.get(Demand, row.demand_id), among)
        for one in fitting:
            key = (one.demand_id, one.expert_id)
            if one.good or day.partial or key in held:
                ruled_out = (one.excluded or key in declined or key in settled) and key not in held
                found[key] = Fitting(*key, one.good, one.value, ruled_out)
    for key in set(held) - set(found):
        found[key] = Fitting(*key, good=False, value=0.0)
    return [found[key] for key in sorted(found)]


def worth(word: Fit, reasons: Sequence[TargetReason], place: int) -> float:
    """The verdict word, the share of the required targets that is met, and a little for the place from the top."""
    required = [POINTS[reason.verdict] for reason in reasons if reason.target.required]
    share = sum(required) / len(required) if required else 1.0
    return (GOOD if word is Fit.good else PARTIAL) + share + BY_RANK * (1 - min(place, POOL) / POOL)


def _of_demand(session: Session, searcher: Searcher, demand: Demand, among: tuple[uuid.UUID, ...]) -> list[Fitting]:
    found = recommend_experts(session, searcher, demand, ExpertFilters(among=among), limit=POOL)
    fitting = [Fitting(demand.id, match.expert.id, match.fit is Fit.good, worth(match.fit, match.reasons, place))
               for place, match in enumerate(found.matches) if match.expert is not None]
    return fitting + _excluded(session, demand, {one.expert_id for one in found.excluded})


def _excluded(session: Session, demand: Demand, experts: set[uuid.UUID]) -> list[Fitting]:
    """Those of the ruled out who would have fitted: only then a conflict is the reason."""
    if not experts:
        return []
    passages: dict[uuid.UUID, list] = {}
    for capability in session.scalars(select(Capability).options(selectinload(Capability.claims)).where(
            Capability.expert_id.in_(experts), Capability.status == CapabilityStatus.published)
            .order_by(Capability.id)):
        passages.setdefault(capability.expert_id, []).extend(passages_of(capability))
    targets, found = targets_of(demand), []
    for expert_id, written in passages.items():
        reasons = explain(targets, written)
        word = fit(reasons)
        if word is not Fit.none:
            found.append(Fitting(demand.id, expert_id, word is Fit.good, worth(word, reasons, POOL), excluded=True))
    return found


def _settled(session: Session, demands: Sequence[uuid.UUID]) -> set[Pair]:
    """Pairs whose talks ended, or led to a contract. Those still talking may well meet."""
    rows = session.execute(select(Engagement.demand_id, Engagement.expert_id).where(
        Engagement.demand_id.in_(demands), Engagement.stage.in_((Stage.contract, Stage.ended))))
    return {(demand_id, expert_id) for demand_id, expert_id in rows}
