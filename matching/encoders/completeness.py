"""What a generation of vectors still lacks, and whether those it has can be trusted: asked before it is put in use."""

import uuid
from dataclasses import dataclass

import numpy as np
from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from matching.postings import eligible
from models.encoders import EncoderGeneration
from models.index import PostingKind, PostingVector

SAMPLE = 200
"""Vectors looked at before a switch: the first by content hash, as good as at random, and always the same."""


@dataclass(frozen=True)
class Count:
    """How far one generation is."""

    done: int = 0
    total: int = 0
    stored: int = 0
    """Bytes of its vectors."""

    @property
    def share(self) -> int:
        """Percent, 100 only when all is done."""
        return min(99, 100 * self.done // self.total) if self.done < self.total else 100


def count(session: Session, generation: EncoderGeneration) -> Count:
    """Postings that have a vector, of all that should; the bytes of its vectors."""
    total = sum(session.scalar(select(func.count()).select_from(eligible(kind).subquery())) for kind in PostingKind)
    done, size = session.execute(
        select(func.count(), func.sum(func.length(PostingVector.vector)
                                      + func.coalesce(func.length(PostingVector.query_vector), 0)))
        .where(PostingVector.encoder == generation.name, PostingVector.live)).one()
    return Count(min(done, total), total, int(size or 0))


def missing(session: Session, kind: PostingKind, encoder: str, after: uuid.UUID | None = None,
            limit: int = 500) -> list[uuid.UUID]:
    """Ids behind `after`, in order, of postings that should be found and have no vector under `encoder`."""
    wanted = eligible(kind).subquery()
    column = wanted.c.id
    held = exists().where(PostingVector.kind == kind, PostingVector.encoder == encoder, PostingVector.live,
                          PostingVector.posting_id == column)
    query = select(column).where(~held).order_by(column).limit(limit)
    return list(session.scalars(query if after is None else query.where(column > after)))


def behind(session: Session, kind: PostingKind, old: str, new: str, limit: int = 500) -> list[uuid.UUID]:
    """Ids of postings whose vector under `old` was made from a text that has none under `new`, or that it has gone."""
    theirs, ours = aliased(PostingVector), aliased(PostingVector)
    differs = or_(and_(theirs.live, theirs.content_hash != "",
                       or_(ours.id.is_(None), ~ours.live, ours.content_hash != theirs.content_hash)),
                  and_(~theirs.live, ours.live))
    joined = and_(ours.kind == theirs.kind, ours.posting_id == theirs.posting_id, ours.encoder == new)
    return list(session.scalars(
        select(theirs.posting_id).outerjoin(ours, joined).where(theirs.kind == kind, theirs.encoder == old, differs)
        .order_by(theirs.posting_id).limit(limit)))


def faults(session: Session, generation: EncoderGeneration) -> str:
    """What is wrong with a sample of the vectors, in a sentence; empty where nothing is."""
    rows = session.execute(
        select(PostingVector.vector, PostingVector.query_vector, PostingVector.content_hash)
        .where(PostingVector.encoder == generation.name, PostingVector.live)
        .order_by(PostingVector.content_hash, PostingVector.id).limit(SAMPLE)).all()
    blobs = [blob for row in rows for blob in (row.vector, row.query_vector) if blob is not None]
    if any(len(blob) != 4 * generation.dimensions for blob in blobs):
        return f"抽查的向量不都是 {generation.dimensions} 维"
    vectors = np.frombuffer(b"".join(blobs), "<f4").reshape(len(blobs), generation.dimensions)
    if not np.isfinite(vectors).all():
        return "抽查的向量里有不是有限数的"
    lengths = np.linalg.norm(vectors, axis=1)
    if len(lengths) and (np.abs(lengths[lengths > 0] - 1) > 1e-3).any() or 2 * (lengths == 0).sum() > len(lengths):
        return "抽查的向量长度不是 1，或者一半以上是空的"
    different = len({row.content_hash for row in rows}) > 1
    return "抽查的向量彼此完全一样" if different and len({row.vector for row in rows}) == 1 else ""
