"""What staff add to the thesaurus: groups of their own, words for shipped groups, and each state that these were in."""

import enum
import uuid

from sqlalchemy import Boolean, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.accounts import User
from models.base import Base, Document, Id, Line, Short, Versioned, When, choice, now, ref
from models.index import ROW_ID


class GroupKind(enum.StrEnum):
    """As `matching.thesaurus.thesaurus.GroupKind`, which says what each means and knows no database."""

    synonym = "synonym"
    abbreviation = "abbreviation"
    translation = "translation"
    wording = "wording"
    whole = "whole"


class ThesaurusGroup(Versioned, Base):
    """A group of staff's own; or, under the id of a shipped group, the words they add to it or that it is off."""

    __tablename__ = "thesaurus_group"

    id: Mapped[Id]
    shipped: Mapped[bool] = mapped_column(Boolean, default=False)
    name: Mapped[Short]
    """The first word: what people call the group by."""
    kind: Mapped[GroupKind] = mapped_column(choice(GroupKind))
    words: Mapped[list] = mapped_column(Document)
    """As typed. Of a shipped group only those added: a later release may bring it more."""
    note: Mapped[Line] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    changed_at: Mapped[When] = mapped_column(default=now, index=True)
    changed_by_id: Mapped[uuid.UUID] = ref("user_account.id")

    changed_by: Mapped[User] = relationship()


class ThesaurusRevision(Base):
    """One state of a group, never changed. The newest says how the thesaurus stands: searchers poll it."""

    __tablename__ = "thesaurus_revision"

    id: Mapped[int] = mapped_column(ROW_ID, primary_key=True, autoincrement=True)
    group_id: Mapped[uuid.UUID] = ref("thesaurus_group.id", index=False)
    number: Mapped[int] = mapped_column(Integer)
    """The group's version in this state."""
    kind: Mapped[GroupKind] = mapped_column(choice(GroupKind))
    words: Mapped[list] = mapped_column(Document)
    note: Mapped[Line] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(Boolean)
    at: Mapped[When] = mapped_column(default=now)
    by_id: Mapped[uuid.UUID] = ref("user_account.id")

    by: Mapped[User] = relationship()

    __table_args__ = (Index("ix_thesaurus_revision_group", "group_id", "id"), {"sqlite_autoincrement": True})
