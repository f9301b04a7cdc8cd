"""Which experts are listed, how busy they are, what of theirs was verified."""

import uuid
from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.accounts import Admission, Expert, ExpertKind, Organisation, Role, RoleGrant
from models.capabilities import Capability, CapabilityStatus
from models.contracts import Collaboration, CollaborationStatus, Contract
from models.engagements import Engagement, Stage


def is_admitted() -> ColumnElement[bool]:
    """Holds an approved expert role at present."""
    return exists().where(RoleGrant.user_id == Expert.user_id, RoleGrant.role == Role.expert,
                          RoleGrant.status == Admission.approved)


def find(session: Session, expert_id: uuid.UUID) -> Expert | None:
    """The expert, if admitted at present."""
    return session.scalar(select(Expert).where(Expert.id == expert_id, is_admitted()))


def admitted(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Expert).where(is_admitted()))


def where(words: str, kind: str, district: str) -> list[ColumnElement[bool]]:
    """Conditions of the hall's form; every word must stand in the name, field, employer or a capability's title."""
    conditions = [is_admitted()]
    if kind in set(ExpertKind):
        conditions.append(Expert.kind == ExpertKind(kind))
    if district:
        conditions.append(Expert.district_code == district)
    for word in words.split()[:5]:
        like = f"%{word.replace('%', '').replace('_', '')}%"
        conditions.append(or_(
            Expert.name.ilike(like), Expert.field.ilike(like), Expert.organisation.has(Organisation.name.ilike(like)),
            exists().where(and_(Capability.expert_id == Expert.id, Capability.status == CapabilityStatus.published,
                                Capability.title.ilike(like)))))
    return conditions


def count(session: Session, conditions: list[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(Expert).where(*conditions))


def rows(session: Session, conditions: list[ColumnElement[bool]], offset: int, size: int) -> list[Expert]:
    """One page, those who joined last first."""
    return list(session.scalars(select(Expert).where(*conditions).options(joinedload(Expert.organisation))
                                .order_by(Expert.joined_on.desc(), Expert.id).offset(offset).limit(size)))


def busy(session: Session, experts: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many engagements each holds that both sides agreed to and that go on."""
    finished = exists().where(Contract.engagement_id == Engagement.id, Collaboration.contract_id == Contract.id,
                              Collaboration.status == CollaborationStatus.verified)
    query = (select(Engagement.expert_id, func.count())
             .where(Engagement.expert_id.in_(experts), Engagement.accepted_at.is_not(None),
                    Engagement.stage != Stage.ended, ~finished)
             .group_by(Engagement.expert_id))
    return dict(session.execute(query).all())


def kept(session: Session, experts: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many of each one's contracts staff have verified (履约)."""
    query = (select(Engagement.expert_id, func.count()).join(Contract, Contract.engagement_id == Engagement.id)
             .join(Collaboration, Collaboration.contract_id == Contract.id)
             .where(Engagement.expert_id.in_(experts), Collaboration.status == CollaborationStatus.verified)
             .group_by(Engagement.expert_id))
    return dict(session.execute(query).all())


def capabilities(session: Session, experts: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Capability]]:
    """The published capabilities of each, newest first."""
    found: dict[uuid.UUID, list[Capability]] = {}
    for row in session.scalars(select(Capability).where(Capability.expert_id.in_(experts),
                                                        Capability.status == CapabilityStatus.published)
                               .order_by(Capability.updated_at.desc(), Capability.id)):
        found.setdefault(row.expert_id, []).append(row)
    return found
