"""Who stands on which side of an engagement, who may read it, and whom to tell."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.accounts import Admission, Organisation, Role, RoleGrant, User
from models.demands import Demand
from models.engagements import Engagement, Introduction, Side
from models.errors import Forbidden, NotFound

OTHER = {Side.enterprise: Side.expert, Side.expert: Side.enterprise}
SIDE_NAMES = {Side.enterprise: "企业", Side.expert: "专家"}


def acts_for(user: User, organisation_id: uuid.UUID | None) -> bool:
    """Whether the person holds an approved enterprise role at that organisation."""
    return organisation_id is not None and any(
        grant.role is Role.enterprise and grant.status is Admission.approved
        and grant.organisation_id == organisation_id for grant in user.grants)


def belongs_to(user: User, organisation_id: uuid.UUID | None) -> bool:
    """Whether the person holds any approved role under that organisation."""
    return organisation_id is not None and any(
        grant.status is Admission.approved and grant.organisation_id == organisation_id for grant in user.grants)


def side_of(user: User, engagement: Engagement) -> Side | None:
    """The side the person acts for; None for anybody else."""
    if engagement.expert.user_id == user.id:
        return Side.expert
    return Side.enterprise if acts_for(user, engagement.demand.organisation_id) else None


def require_side(user: User, engagement: Engagement) -> Side:
    """The person's side. NotFound for anybody else: that the engagement exists is nobody else's business."""
    side = side_of(user, engagement)
    if side is None:
        raise NotFound("没有找到这次对接，或者您不是其中一方")
    return side


def require_owner(user: User, demand: Demand) -> None:
    if not acts_for(user, demand.organisation_id):
        raise Forbidden("只有发布这条需求的企业可以这样做")


def brokers_of(engagement: Engagement) -> list[Introduction]:
    """The introductions behind an engagement that both sides agreed to."""
    return [intro for intro in engagement.introductions
            if intro.broker is not None and intro.enterprise_consented_at and intro.expert_consented_at]


def may_read(user: User, engagement: Engagement) -> bool:
    """The two sides, and the brokers who brought them together."""
    if side_of(user, engagement) is not None:
        return True
    return any(intro.broker is not None and intro.broker.user_id == user.id for intro in brokers_of(engagement))


def find_engagement(session: Session, user: User, engagement_id: uuid.UUID) -> Engagement:
    """The engagement, for those who may read it. NotFound for everybody else."""
    found = session.get(Engagement, engagement_id)
    if found is None or not may_read(user, found):
        raise NotFound("没有找到这次对接，或者您不是其中一方")
    return found


def members(session: Session, organisation: Organisation | None) -> list[User]:
    """The people who may act for an enterprise."""
    if organisation is None:
        return []
    return list(session.scalars(
        select(User).join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.organisation_id == organisation.id, RoleGrant.role == Role.enterprise,
               RoleGrant.status == Admission.approved, User.active).distinct().order_by(User.created_at, User.id)))


def people(session: Session, engagement: Engagement, side: Side) -> list[uuid.UUID]:
    """Ids of the people to tell on one side."""
    if side is Side.expert:
        return [engagement.expert.user_id]
    return [member.id for member in members(session, engagement.demand.organisation)]

