"""What an old sheet says of two sides: each says whether it was so; both confirming opens an engagement, one denies it.

Nothing counts a claim before that. Its contract, where the sheet has one, fills the form in which a side records it.
"""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagements.listing import organisations_of
from engagements.openings import check_interests
from engagements.parties import OTHER, SIDE_NAMES, acts_for, people
from engagements.stages import write_event
from models.accounts import Expert, User
from models.audit import notify, record
from models.base import now
from models.claims import ClaimedContract, ClaimedEngagement
from models.contracts import Contract
from models.demands import Demand
from models.engagements import Engagement, Side, Stage
from models.errors import Conflict, Forbidden, NotFound
from models.locking import lock

UNRECORDED = ~select(Contract.id).join(Contract.engagement).where(
    Engagement.demand_id == ClaimedContract.demand_id, Engagement.expert_id == ClaimedContract.expert_id).exists()


def claims_of(session: Session, user: User) -> list[ClaimedEngagement]:
    """Claims about the person's enterprises and about them as an expert that nothing came of yet, the oldest first."""
    return list(session.scalars(
        select(ClaimedEngagement).join(Demand, ClaimedEngagement.demand_id == Demand.id)
        .join(Expert, ClaimedEngagement.expert_id == Expert.id)
        .where(ClaimedEngagement.engagement_id.is_(None), ClaimedEngagement.denied_at.is_(None),
               Demand.organisation_id.in_(organisations_of(user)) | (Expert.user_id == user.id))
        .order_by(ClaimedEngagement.created_at, ClaimedEngagement.id)))


def claimed_contracts_of(session: Session, user: User) -> list[tuple[ClaimedContract, Engagement]]:
    """Contracts that an old sheet tells of the person's sides and nobody has recorded, with their engagements.

    Not before both sides agreed to talk: a row that names the wrong expert must not tell them an enterprise's name.
    """
    rows = session.execute(
        select(ClaimedContract, Engagement).join(Demand, ClaimedContract.demand_id == Demand.id)
        .join(Expert, ClaimedContract.expert_id == Expert.id)
        .join(Engagement, (Engagement.demand_id == ClaimedContract.demand_id)
              & (Engagement.expert_id == ClaimedContract.expert_id))
        .where(Demand.organisation_id.in_(organisations_of(user)) | (Expert.user_id == user.id), UNRECORDED,
               Engagement.accepted_at.is_not(None), Engagement.stage != Stage.ended)
        .order_by(ClaimedContract.created_at, ClaimedContract.id))
    return [(claim, engagement) for claim, engagement in rows]


def claimed_contract(session: Session, engagement: Engagement) -> ClaimedContract | None:
    """What an old sheet says of the contract of an engagement."""
    return session.scalar(select(ClaimedContract).where(
        ClaimedContract.demand_id == engagement.demand_id, ClaimedContract.expert_id == engagement.expert_id))


def side_in(user: User, claim: ClaimedEngagement) -> Side | None:
    """The side for which the person may answer; None for anybody else."""
    if claim.expert.user_id == user.id:
        return Side.expert
    return Side.enterprise if acts_for(user, claim.demand.organisation_id) else None


def confirm_claim(session: Session, actor: User, claim: ClaimedEngagement) -> Engagement | None:
    """One side stands behind the sheet's word. The engagement, once the other does too. Flushes."""
    side = _answering(session, actor, claim)
    if claim.demand.organisation_id == claim.expert.organisation_id:
        raise Forbidden("专家和企业是同一个单位，不能在平台上对接")
    check_interests(session, claim.demand, claim.expert)
    if side is Side.enterprise:
        claim.enterprise_confirmed_at, claim.enterprise_confirmed_by_id = now(), actor.id
    else:
        claim.expert_confirmed_at, claim.expert_confirmed_by_id = now(), actor.id
    session.flush()
    record(session, actor, "engagement.claim_confirmed", claim, side=side.value)
    if claim.confirmed_at(OTHER[side]) is None:
        return None
    claim.engagement = _opened(session, actor, claim)
    session.flush()
    paper = "，旧表里还有合同，请核对后登记" if claimed_contract(session, claim.engagement) is not None else ""
    for user_id in people(session, claim.engagement, OTHER[side]):
        notify(session, user_id, f"双方都确认了旧表里的对接{paper}：{claim.demand.title}", claim.engagement)
    return claim.engagement


def deny_claim(session: Session, actor: User, claim: ClaimedEngagement) -> None:
    """One side says that it was not so: nothing comes of it. Staff see it, and who had confirmed is told. Flushes."""
    side = _answering(session, actor, claim)
    claim.denied_by, claim.denied_at = side, now()
    session.flush()
    record(session, actor, "engagement.claim_denied", claim, side=side.value)
    confirmed_by = claim.expert_confirmed_by_id if side is Side.enterprise else claim.enterprise_confirmed_by_id
    if confirmed_by is not None:
        notify(session, confirmed_by, f"{SIDE_NAMES[side]}说没有这回事，旧表里的对接作罢：{claim.demand.title}", claim)


def find_claim(session: Session, user: User, claim_id: uuid.UUID) -> ClaimedEngagement:
    """The claim, for its two sides. NotFound for everybody else."""
    found = session.get(ClaimedEngagement, claim_id)
    if found is None or side_in(user, found) is None:
        raise NotFound("没有找到这条旧账，或者您不是其中一方")
    return found


def _answering(session: Session, actor: User, claim: ClaimedEngagement) -> Side:
    """The side that may answer now. Conflict where it has, or the claim is over."""
    lock(session, claim)
    side = side_in(actor, claim)
    if side is None:
        raise NotFound("没有找到这条旧账，或者您不是其中一方")
    if claim.denied_by is not None:
        raise Conflict(f"{SIDE_NAMES[claim.denied_by]}说过没有这回事。真有其事，请找工会工作人员")
    if claim.confirmed_at(side) is not None:
        raise Conflict("您这一方已经确认过了，不用再点")
    return side


def _opened(session: Session, actor: User, claim: ClaimedEngagement) -> Engagement:
    """The engagement of the two, which may have begun here meanwhile. Its steps are still taken by people."""
    there = session.scalar(select(Engagement).where(Engagement.demand_id == claim.demand_id,
                                                    Engagement.expert_id == claim.expert_id))
    if there is not None:
        return there
    ended = claim.stage is Stage.ended
    engagement = Engagement(demand=claim.demand, expert=claim.expert, opening=claim.opening, accepted_at=now(),
                            stage=Stage.ended if ended else Stage.interest, end_code=claim.end_code,
                            created_at=now(), updated_at=now())
    session.add(engagement)
    write_event(engagement, actor, f"双方确认了旧表里的对接，旧表写从 {claim.began_on:%Y-%m-%d} 起")
    session.flush()
    record(session, actor, "engagement.from_claim", engagement, claim=str(claim.id))
    return engagement
