"""Who sees which upload: staff those that become postings, a member their own, nobody else's."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ingestion.sheets import batches
from models.accounts import Expert, Organisation, Role, User
from models.errors import NotFound
from models.sheets import SheetBatch, SheetKind

Owners = dict[SheetKind, Organisation | Expert]
SHARED = (SheetBatch.organisation_id.is_(None), SheetBatch.expert_id.is_(None))


def owners_of(session: Session, actor: User) -> Owners:
    """What a member may bring in, and whose drafts it becomes: demands of the firm, work of the expert."""
    found: Owners = {}
    firm = actor.organisation_for(Role.enterprise)
    if firm is not None:
        found[SheetKind.demand] = firm
    expert = session.scalar(select(Expert).where(Expert.user_id == actor.id)) if Role.expert in actor.roles else None
    if expert is not None:
        found[SheetKind.capability] = expert
    return found


def shared_batch(session: Session, batch_id: uuid.UUID) -> SheetBatch:
    """One of those that staff see. NotFound for a member's own."""
    batch = batches.find_batch(session, batch_id)
    if batch.owner_id is not None:
        raise NotFound("没有找到这次导入")
    return batch


def own_batch(session: Session, actor: User, batch_id: uuid.UUID) -> SheetBatch:
    """One that the actor uploaded for an owner that they still stand for. NotFound for everything else."""
    batch = batches.find_batch(session, batch_id)
    owner = owners_of(session, actor).get(batch.kind)
    if batch.user_id != actor.id or owner is None or batch.owner_id != owner.id:
        raise NotFound("没有找到这次上传")
    return batch


def recent_shared(session: Session, most: int) -> list[SheetBatch]:
    """The newest first."""
    return list(session.scalars(select(SheetBatch).where(*SHARED).options(joinedload(SheetBatch.user))
                                .order_by(SheetBatch.created_at.desc(), SheetBatch.id).limit(most)))


def recent_own(session: Session, actor: User, most: int) -> list[SheetBatch]:
    """The actor's own, the newest first."""
    owners = [owner.id for owner in owners_of(session, actor).values()]
    return list(session.scalars(select(SheetBatch).where(
        SheetBatch.user_id == actor.id, SheetBatch.organisation_id.in_(owners) | SheetBatch.expert_id.in_(owners))
        .options(joinedload(SheetBatch.user)).order_by(SheetBatch.created_at.desc(), SheetBatch.id).limit(most)))
