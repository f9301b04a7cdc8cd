"""The same thing twice: records that were merged, and demands of several enterprises that ask for the same.

A merge rewrites no evidence: the merged record stays as an alias, and this row says what was moved, by whom and why.
"""

import enum
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.accounts import Organisation, User
from models.base import Base, Body, Document, Id, Line, When, choice, now, ref
from models.demands import Demand


class Merged(enum.StrEnum):
    organisation = "organisation"
    demand = "demand"


class RecordMerge(Base):
    """One record was found to be another one and lives on in it."""

    __tablename__ = "record_merge"

    id: Mapped[Id]
    kind: Mapped[Merged] = mapped_column(choice(Merged))
    merged_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    """A record is merged once; its row stays."""
    kept_id: Mapped[uuid.UUID]
    by_id: Mapped[uuid.UUID] = ref("user_account.id")
    at: Mapped[When] = mapped_column(default=now)
    reason: Mapped[Body]
    moved: Mapped[dict] = mapped_column(Document, default=dict)
    """Table → ids of the rows that now point to the kept record."""

    by: Mapped[User] = relationship()

    __table_args__ = (CheckConstraint("merged_id <> kept_id", name="two_records"),
                      Index("ix_record_merge_kept", "kind", "kept_id"))


class DemandCluster(Base):
    """The same problem of several enterprises, put together by staff for a joint 揭榜."""

    __tablename__ = "demand_cluster"

    id: Mapped[Id]
    title: Mapped[Line]
    made_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    made_at: Mapped[When] = mapped_column(default=now)

    members: Mapped[list["DemandClusterMember"]] = relationship(back_populates="cluster", cascade="all, delete-orphan")


class DemandClusterMember(Base):
    """A demand stands in one cluster at most."""

    __tablename__ = "demand_cluster_member"

    demand_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("demand.id", ondelete="CASCADE"), primary_key=True)
    cluster_id: Mapped[uuid.UUID] = ref("demand_cluster.id", ondelete="CASCADE")

    cluster: Mapped[DemandCluster] = relationship(back_populates="members")
    demand: Mapped[Demand] = relationship()


def standing(session: Session, organisation: Organisation) -> Organisation:
    """The organisation that this one lives on in; itself where it was never merged."""
    while (merge := session.scalar(select(RecordMerge).where(RecordMerge.merged_id == organisation.id))) is not None:
        organisation = session.get(Organisation, merge.kept_id)
    return organisation
