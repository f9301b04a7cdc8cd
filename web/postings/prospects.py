"""现在能对上的人: how many people meet the targets as saved so far, so that an enterprise sees what a target costs it."""

from dataclasses import dataclass

from matching.pairing import POOL
from matching.reasons.targets import Verdict
from matching.recommend import recommend_experts
from models.demands import Demand
from web.identity import me
from web.search import searcher
from web.sessions import db


@dataclass(frozen=True)
class Prospects:
    """`some`: people who cover one target or more; `whole`: of them, those who cover every required one."""

    some: int
    whole: int


def of(demand: Demand | None) -> Prospects | None:
    """The count for a saved demand with targets; None before there are any, and for who turned recommendation off."""
    if demand is None or not demand.targets or not me().personalised:
        return None
    covered = [[reason.target.required for reason in match.reasons if reason.verdict is Verdict.covered]
               for match in recommend_experts(db(), searcher(), demand, limit=POOL).matches]
    required = sum(target.required for target in demand.targets)
    return Prospects(sum(map(bool, covered)), sum(bool(met) and sum(met) == required for met in covered))
