"""What one person has going: engagements, contracts and introductions in which they act or read."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models.accounts import Admission, Broker, Expert, Role, User
from models.contracts import Contract
from models.demands import Demand
from models.engagements import Engagement, Introduction


def organisations_of(user: User) -> list:
    """Ids of the enterprises the person acts for."""
    return [grant.organisation_id for grant in user.grants
            if grant.role is Role.enterprise and grant.status is Admission.approved and grant.organisation_id]


def engagements_of(session: Session, user: User) -> list[Engagement]:
    """Those of the person's enterprises, of their own as an expert, and those they brokered; the latest first."""
    return list(session.scalars(
        select(Engagement).join(Demand, Engagement.demand_id == Demand.id)
        .join(Expert, Engagement.expert_id == Expert.id).where(_mine(user))
        .order_by(Engagement.updated_at.desc(), Engagement.id)))


def contracts_of(session: Session, user: User) -> list[Contract]:
    """The contracts of those engagements, the latest first."""
    return list(session.scalars(
        select(Contract).join(Engagement, Contract.engagement_id == Engagement.id)
        .join(Demand, Engagement.demand_id == Demand.id).join(Expert, Engagement.expert_id == Expert.id)
        .where(_mine(user)).order_by(Contract.created_at.desc(), Contract.id)))


def introductions_by(session: Session, broker: Broker) -> list[Introduction]:
    """Everything the broker introduced, the latest first."""
    return list(session.scalars(select(Introduction).where(Introduction.broker_id == broker.id)
                                .order_by(Introduction.created_at.desc(), Introduction.id)))


def waiting_requests(session: Session) -> list[Introduction]:
    """Requests that no broker took up yet, the oldest first."""
    return list(session.scalars(
        select(Introduction).where(Introduction.broker_id.is_(None), Introduction.refused_at.is_(None))
        .order_by(Introduction.created_at, Introduction.id)))


def introductions_for(session: Session, user: User) -> list[Introduction]:
    """Introductions that wait for this person's answer, as enterprise or as expert, the oldest first."""
    asked_firm = Demand.organisation_id.in_(organisations_of(user)) & Introduction.enterprise_consented_at.is_(None)
    asked_expert = (Expert.user_id == user.id) & Introduction.expert_consented_at.is_(None)
    return list(session.scalars(
        select(Introduction).join(Demand, Introduction.demand_id == Demand.id)
        .join(Expert, Introduction.expert_id == Expert.id)
        .where(Introduction.broker_id.is_not(None), Introduction.refused_at.is_(None), or_(asked_firm, asked_expert))
        .order_by(Introduction.created_at, Introduction.id)))


def _mine(user: User) -> ColumnElement[bool]:
    brokered = select(Introduction.engagement_id).join(Broker, Introduction.broker_id == Broker.id).where(
        Broker.user_id == user.id, Introduction.engagement_id.is_not(None))
    return or_(Demand.organisation_id.in_(organisations_of(user)), Expert.user_id == user.id,
               Engagement.id.in_(brokered))
