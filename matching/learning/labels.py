"""Outcomes read from the database: collaborations, contracts, stages, coded refusals, dismissals, lists looked at."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.learning.outcomes import DISMISSED, ENDED, REACHED, Kind, Outcome, Pair, outcome, strongest
from matching.learning.reactions import Reaction, Reading, Seen, corrected, read
from models.accounts import Expert
from models.capabilities import Dismissal
from models.contracts import Collaboration, CollaborationStatus, Contract, ContractStatus
from models.demands import Follow
from models.engagements import Engagement, EngagementEvent, Introduction, Opening, Side, Stage
from models.impressions import Impression

OPENED_BY = {Opening.interest: Side.expert, Opening.invitation: Side.enterprise}
STAGES = {Stage.visit: Kind.visit, Stage.trial: Kind.trial, Stage.contract: Kind.contract}


@dataclass(frozen=True)
class Labels:
    """One outcome a pair, corrected for its place, and beside it what looks at it say; and what the lists said."""

    outcomes: list[Outcome]
    reading: Reading

    def collaborated(self) -> dict[uuid.UUID, dt.datetime]:
        """Demand → when its first collaboration was confirmed."""
        first: dict[uuid.UUID, dt.datetime] = {}
        for one in self.outcomes:
            if one.kind is Kind.collaboration:
                first[one.pair[0]] = min(one.at, first.get(one.pair[0], one.at))
        return first


def read_labels(session: Session) -> Labels:
    """Everything known now, in order of demand and candidate."""
    reading = read(list(_seen(session)), list(_reactions(session)))
    known = strongest([*_engaged(session), *_refused(session), *_dismissed(session)])
    outcomes = [*corrected(known.values(), reading), *reading.looks]
    return Labels(sorted(outcomes, key=lambda one: (one.pair[0].hex, one.pair[1].hex, one.kind)), reading)


def _engaged(session: Session) -> Iterator[Outcome]:
    reached: dict[uuid.UUID, dict[Stage, dt.datetime]] = {}
    for engagement_id, stage, at in session.execute(
            select(EngagementEvent.engagement_id, EngagementEvent.stage, EngagementEvent.at)
            .order_by(EngagementEvent.at, EngagementEvent.id)):
        reached.setdefault(engagement_id, {}).setdefault(stage, at)
    rows = session.execute(
        select(Engagement, Contract, Collaboration).outerjoin(Contract, Contract.engagement_id == Engagement.id)
        .outerjoin(Collaboration, Collaboration.contract_id == Contract.id).order_by(Engagement.id))
    for engagement, contract, collaboration in rows:
        found = _of_engagement(engagement, contract, collaboration, reached.get(engagement.id, {}))
        if found is not None:
            yield found


def _of_engagement(engagement: Engagement, contract: Contract | None, collaboration: Collaboration | None,
                   reached: dict[Stage, dt.datetime]) -> Outcome | None:
    pair = engagement.demand_id, engagement.expert_id
    if collaboration is not None and collaboration.status is not CollaborationStatus.withdrawn:
        return outcome(pair, Kind.collaboration, REACHED[Kind.collaboration], collaboration.confirmed_at)
    if contract is not None and contract.status is not ContractStatus.cancelled:
        return outcome(pair, Kind.contract, REACHED[Kind.contract], contract.created_at)
    ended = engagement.stage is Stage.ended
    if ended and (worth := ENDED[engagement.end_code]):
        return outcome(pair, Kind.refused, worth, reached.get(Stage.ended, engagement.updated_at))
    for stage in (Stage.trial, Stage.visit):
        if stage in reached or engagement.stage is stage:
            return outcome(pair, STAGES[stage], REACHED[STAGES[stage]], reached.get(stage, engagement.updated_at))
    if ended:
        return None
    kind = Kind.talk if engagement.accepted_at else Kind.interest
    return outcome(pair, kind, REACHED[kind], engagement.accepted_at or engagement.created_at)


def _refused(session: Session) -> Iterator[Outcome]:
    """Introductions that one side turned down for a reason about the match."""
    for intro in session.scalars(select(Introduction).where(Introduction.refused_at.is_not(None))):
        worth = ENDED[intro.refusal_code] if intro.refusal_code else None
        if worth is not None:
            yield outcome((intro.demand_id, intro.expert_id), Kind.refused, worth, intro.refused_at)


def _dismissed(session: Session) -> Iterator[Outcome]:
    for one in session.scalars(select(Dismissal)):
        worth = DISMISSED[one.code]
        if worth is not None:
            yield outcome(_dismissed_pair(one), Kind.refused, worth, one.at)


def _dismissed_pair(one: Dismissal) -> Pair:
    return one.demand_id, one.expert_id or one.capability_id


def _seen(session: Session) -> Iterator[Seen]:
    rows = session.execute(select(
        Impression.viewer_id, Impression.side, Impression.demand_id, Impression.candidate_id, Impression.position,
        Impression.shown_at, Impression.shown_on, Impression.opened_at).order_by(Impression.shown_at, Impression.id))
    for viewer, side, demand_id, candidate_id, position, at, day, opened in rows:
        yield Seen(viewer, side.value, (demand_id, candidate_id), position, at, day, opened is not None)


def _reactions(session: Session) -> Iterator[Reaction]:
    """Every act about a pair by one of its sides, with whose it was."""
    for engaged in session.scalars(select(Engagement).where(Engagement.opening.in_(OPENED_BY))):
        side = OPENED_BY[engaged.opening].value
        yield Reaction((engaged.demand_id, engaged.expert_id), side, engaged.created_at, True)
    for intro in session.scalars(select(Introduction)):
        yield Reaction((intro.demand_id, intro.expert_id), Side.enterprise.value, intro.created_at, True)
    for one in session.scalars(select(Dismissal)):
        for either in Side:
            yield Reaction(_dismissed_pair(one), either.value, one.at, False, one.by_user_id)
    followed = session.execute(select(Follow.demand_id, Expert.id, Follow.created_at, Follow.user_id)
                               .join(Expert, Expert.user_id == Follow.user_id))
    for demand_id, expert_id, at, user_id in followed:
        yield Reaction((demand_id, expert_id), Side.expert.value, at, True, user_id)
