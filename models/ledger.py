"""The evidence ledger's tables: a Merkle log kept beside the business rows, append-only (models/guards.py holds it so).

ledger/log.py is the only code that reads or writes them. Indexes and sizes count leaves from 0.
"""

import datetime as dt
import uuid

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime

INDEX = BigInteger().with_variant(Integer, "sqlite")
"""SQLite makes only an INTEGER primary key its row id, which spares a second index."""


class LedgerHead(Base):
    """The one row every append locks. `frontier`: roots of the complete subtrees left to right, 32 bytes each."""

    __tablename__ = "ledger_head"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    origin: Mapped[str] = mapped_column(String(300))
    size: Mapped[int] = mapped_column(INDEX)
    frontier: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("size >= 0", name="size_range"),
    )


class LedgerLeaf(Base):
    """One event. `body` is the leaf's exact bytes in UTF-8 (RFC 8785 JSON); `hash` = SHA-256(00 ‖ body)."""

    __tablename__ = "ledger_leaf"

    idx: Mapped[int] = mapped_column(INDEX, primary_key=True, autoincrement=False)
    event_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True)
    body: Mapped[str] = mapped_column(Text)
    hash: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (CheckConstraint("length(hash) = 32", name="hash_length"),)


class LedgerNode(Base):
    """The root of the complete subtree over leaves [idx·2^level, (idx+1)·2^level); level 0 is the leaf's own hash."""

    __tablename__ = "ledger_node"

    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    idx: Mapped[int] = mapped_column(INDEX, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        CheckConstraint("level >= 1", name="level_range"),
        CheckConstraint("length(hash) = 32", name="hash_length"),
        {"sqlite_with_rowid": False},
    )


class LedgerReference(Base):
    """Which earlier leaf a leaf cites: `ref` of its body again, so that what amends an entry is found by index."""

    __tablename__ = "ledger_reference"

    idx: Mapped[int] = mapped_column(INDEX, ForeignKey("ledger_leaf.idx"), primary_key=True, autoincrement=False)
    cited: Mapped[int] = mapped_column(INDEX, ForeignKey("ledger_leaf.idx"), primary_key=True, autoincrement=False,
                                       index=True)

    __table_args__ = (CheckConstraint("cited < idx", name="cites_earlier"),)


class LedgerOpening(Base):
    """What a commitment hides: 32 random bytes and the value as RFC 8785 JSON. Shown by field to who may see it."""

    __tablename__ = "ledger_opening"

    idx: Mapped[int] = mapped_column(INDEX, ForeignKey("ledger_leaf.idx"), primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(60), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    value: Mapped[str] = mapped_column(Text)

    __table_args__ = (CheckConstraint("length(salt) = 32", name="salt_length"),)


class LedgerCheckpoint(Base):
    """A tree head the platform signed. `note` is the signed note exactly as published."""

    __tablename__ = "ledger_checkpoint"

    size: Mapped[int] = mapped_column(INDEX, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str] = mapped_column(Text)
    signed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("size >= 1", name="size_range"),
        CheckConstraint("length(root) = 32", name="root_length"),
    )
