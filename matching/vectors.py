"""The stored vectors: what the search index knows of each posting, in the order it changed, and its repair."""

import hashlib
import pathlib
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from matching.encoders.embedding import Encoder, NoEncoder, embed_postings
from matching.index.folders import IndexDamaged
from matching.index.milvus import MilvusStore
from matching.index.snapshots import digest, is_current, load_snapshot, save_snapshot
from matching.index.stored import Rows
from matching.lexical.bm25 import weigh, weighing
from matching.postings import BATCH, eligible, read_postings
from matching.ranking import Posting
from matching.thesaurus.table import read_thesaurus
from matching.thesaurus.thesaurus import Thesaurus
from models.base import now
from models.database import Database, Reader
from models.index import IndexClock, PostingKind, PostingVector, enqueue
from models.insertion import insert_once


@dataclass(frozen=True)
class Change:
    """One posting as the index should have it from `seq` on. Not `live`: it may no longer be found."""

    seq: int
    live: bool
    posting: Posting
    vector: np.ndarray


@dataclass(frozen=True)
class Repair:
    """What `reconcile` found: postings sent to the outbox, and whether the saved index was written anew."""

    missing: int
    extra: int
    rewritten: bool

    @property
    def clean(self) -> bool:
        return not (self.missing or self.extra or self.rewritten)


def content_hash(posting: Posting) -> str:
    """SHA-256 of what is embedded."""
    return hashlib.sha256(f"{posting.title}\x00{posting.body}".encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Embedded:
    """The vectors of one text, as they are stored; `query` is None where it is the same."""

    document: bytes
    query: bytes | None


def stale_postings(session: Session, encoder: Encoder, kind: PostingKind, ids: Collection[uuid.UUID]) -> list[Posting]:
    """Those of `ids` that `index_postings` would embed now: so that `embed` can do it before any lock is taken."""
    rows = {row.posting_id.hex: row for row in _rows(session, encoder, kind, ids)}
    return [posting for posting in read_postings(session, kind, ids)
            if _stale(rows.get(posting.id), content_hash(posting))]


def _stale(row: PostingVector | None, hashed: str) -> bool:
    return row is None or not row.live or row.content_hash != hashed


def embed(encoder: Encoder, postings: Sequence[Posting]) -> dict[str, Embedded]:
    """Their vectors, by content hash."""
    titles, bodies = [p.title for p in postings], [p.body for p in postings]
    documents = [vector.astype("<f4").tobytes() for vector in embed_postings(encoder, titles, bodies)]
    queries: Sequence[bytes | None] = [None] * len(postings)
    if not encoder.symmetric:
        queries = [vector.astype("<f4").tobytes() for vector in embed_postings(encoder, titles, bodies, query=True)]
    return {content_hash(posting): Embedded(document, query)
            for posting, document, query in zip(postings, documents, queries, strict=True)}


def index_posting(session: Session, encoder: Encoder, kind: PostingKind, posting_id: uuid.UUID) -> bool:
    """Bring one posting's row up to date; True if it changed. See `index_postings`."""
    return index_postings(session, encoder, kind, [posting_id]) == 1


def index_postings(session: Session, encoder: Encoder, kind: PostingKind, ids: Collection[uuid.UUID],
                   ahead: Mapping[str, Embedded] | None = None) -> int:
    """Embed what changed, mark what may no longer be found; the number of rows that changed. Idempotent.

    The kind's clock is locked first, so that what is read is the last state committed and its `seq` is seen in order.
    `ahead`: what `embed` gave; a text that is not in it is embedded now.
    """
    clock, rows, stale, gone = _differing(session, encoder, kind, ids)
    absent = isinstance(encoder, NoEncoder) and encoder.dimensions > 0
    made = dict(ahead or {})
    made |= embed(encoder, [posting for posting in stale if content_hash(posting) not in made])
    given = [(posting, "" if absent else content_hash(posting), made[content_hash(posting)]) for posting in stale]
    return _put(session, encoder, kind, clock, rows, given, gone)


def index_words(session: Session, encoder: Encoder, kind: PostingKind, ids: Collection[uuid.UUID]) -> int:
    """Have what changed found by its words at once, and what may no longer be found not at all; the rows that changed.

    For those that wait behind others: a vector takes twenty times as long. A posting that has one keeps it, of the text
    before, and a new one has zeros; `content_hash` says so, and `index_postings` embeds them as it would have.
    """
    clock, rows, stale, gone = _differing(session, encoder, kind, ids)
    unseen = "", Embedded(np.zeros(encoder.dimensions, "<f4").tobytes(), None)
    live = {key: (row.content_hash, Embedded(row.vector, row.query_vector)) for key, row in rows.items() if row.live}
    given = [(posting, *live.get(posting.id, unseen)) for posting in stale]
    return _put(session, encoder, kind, clock, rows, given, gone)


def _differing(session: Session, encoder: Encoder, kind: PostingKind, ids: Collection[uuid.UUID]) -> tuple[
        IndexClock, dict[str, PostingVector], list[Posting], list[PostingVector]]:
    """The clock, locked; the rows there are; the postings whose text has no vector, the rows of those that are gone."""
    clock = lock_clock(session, kind)
    postings = {posting.id: posting for posting in read_postings(session, kind, ids)}
    rows = {row.posting_id.hex: row for row in _rows(session, encoder, kind, ids)}
    stale = [posting for key, posting in postings.items() if _stale(rows.get(key), content_hash(posting))]
    return clock, rows, stale, [row for key, row in sorted(rows.items()) if key not in postings and row.live]


def _put(session: Session, encoder: Encoder, kind: PostingKind, clock: IndexClock, rows: Mapping[str, PostingVector],
         given: Sequence[tuple[Posting, str, Embedded]], gone: Sequence[PostingVector]) -> int:
    """Write what each posting is `given`, (posting, content hash, vectors), and that some are gone; how many rows."""
    first: list[dict[str, Any]] = []
    for posting, hashed, made in given:
        values = _stamped(clock, hashed, made, live=True)
        if (row := rows.get(posting.id)) is None:
            first.append({"kind": kind, "posting_id": uuid.UUID(posting.id), "encoder": encoder.name} | values)
        else:
            _write(row, values)
    for row in gone:
        _write(row, _stamped(clock, "", Embedded(b"", None), live=False))
    if first:
        session.execute(insert(PostingVector), first)
    session.flush()
    return len(given) + len(gone)


def _stamped(clock: IndexClock, hashed: str, made: Embedded, *, live: bool) -> dict[str, Any]:
    """Column values of a row that changes now: the next `seq` is its."""
    clock.seq += 1
    return {"content_hash": hashed, "vector": made.document, "query_vector": made.query, "live": live,
            "seq": clock.seq, "updated_at": now()}


def _write(row: PostingVector, values: Mapping[str, Any]) -> None:
    for column, value in values.items():
        setattr(row, column, value)


def lock_clock(session: Session, kind: PostingKind) -> IndexClock:
    clock = session.get(IndexClock, kind, with_for_update=True, populate_existing=True)
    if clock is not None:
        return clock
    insert_once(session, IndexClock, kind=kind, seq=0)
    return session.get_one(IndexClock, kind, with_for_update=True, populate_existing=True)


def _rows(session: Session, encoder: Encoder, kind: PostingKind, ids: Collection[uuid.UUID]) -> list[PostingVector]:
    wanted, found = sorted(ids), []
    for at in range(0, len(wanted), BATCH):
        found += session.scalars(select(PostingVector).where(
            PostingVector.kind == kind, PostingVector.encoder == encoder.name,
            PostingVector.posting_id.in_(wanted[at:at + BATCH])).execution_options(populate_existing=True))
    return found


def query_vector(session: Session, encoder: str, kind: PostingKind, posting_id: uuid.UUID) -> np.ndarray | None:
    """The stored vector to ask with, under a model to which that is another one than to be found by."""
    found = session.scalar(select(PostingVector.query_vector).where(
        PostingVector.kind == kind, PostingVector.encoder == encoder, PostingVector.posting_id == posting_id,
        PostingVector.live))
    return np.frombuffer(found, "<f4") if found else None


def last_seq(session: Session, kind: PostingKind) -> int:
    """The newest `seq` that anybody may have seen; 0 before the first."""
    return session.scalar(select(IndexClock.seq).where(IndexClock.kind == kind)) or 0


def changes_since(session: Session, encoder: str, kind: PostingKind, seq: int) -> list[Change]:
    """What changed after `seq`, oldest first, with the texts as they are now."""
    rows = session.execute(
        select(PostingVector.posting_id, PostingVector.seq, PostingVector.live, PostingVector.vector)
        .where(PostingVector.kind == kind, PostingVector.encoder == encoder, PostingVector.seq > seq)
        .order_by(PostingVector.seq)).all()
    texts = {p.id: p for p in read_postings(session, kind, [row.posting_id for row in rows if row.live])}
    return [Change(row.seq, row.posting_id.hex in texts, texts.get(row.posting_id.hex, Posting(row.posting_id.hex, "")),
                   np.frombuffer(row.vector, "<f4")) for row in rows]


def write_snapshot(read: Reader, encoder: Encoder, kind: PostingKind, folder: pathlib.Path,
                   thesaurus: Thesaurus | None = None, store: MilvusStore | None = None) -> int:
    """Save the index of every live posting under folder/<kind>, weighed with the thesaurus; how many there are.

    `store`: where the vectors are kept, None for beside the rest. What changes between one look and the next has a
    higher `seq` than the one saved, and is read again by whoever starts from it."""
    with read() as session:
        thesaurus = thesaurus or read_thesaurus(session)
        seq = last_seq(session, kind)
        rows = _live(session, encoder, kind)
    vectors = np.array([np.frombuffer(row.vector, "<f4") for row in rows], np.float32).reshape(-1, encoder.dimensions)
    save_snapshot(folder / kind, encoder.name, seq, [row.posting_id.hex for row in rows], vectors,
                  weighed(read, kind, [row.posting_id for row in rows], thesaurus), weighing(thesaurus), store,
                  Rows(np.array([row.id for row in rows], np.int64), np.array([row.seq for row in rows], np.int64)))
    return len(rows)


def weighed(read: Reader, kind: PostingKind, ids: Sequence[uuid.UUID],
            thesaurus: Thesaurus) -> Iterator[dict[str, float]]:
    """Each posting's grams, in order; none for one that may not be found any more. Texts are read by batches."""
    for at in range(0, len(ids), BATCH):
        with read() as session:
            texts = {p.id: p for p in read_postings(session, kind, ids[at:at + BATCH])}
        for key in ids[at:at + BATCH]:
            posting = texts.get(key.hex)
            yield weigh(posting.title, posting.body, thesaurus) if posting else {}


def snapshot_current(session: Session, encoder: Encoder, kind: PostingKind, folder: pathlib.Path,
                     thesaurus: Thesaurus | None = None) -> bool:
    """Whether the saved index says it holds all that the database has now."""
    rules = weighing(thesaurus or read_thesaurus(session))
    return is_current(folder / kind, encoder.name, last_seq(session, kind), rules)


def live_vectors(session: Session, encoder: str, kind: PostingKind) -> tuple[list[uuid.UUID], np.ndarray, int]:
    """What may be found now: ids in order, vectors float32 (ids, d), zeros for none; and the newest `seq` seen."""
    rows = session.execute(select(PostingVector.posting_id, PostingVector.seq, PostingVector.vector).where(
        PostingVector.kind == kind, PostingVector.encoder == encoder, PostingVector.live,
        PostingVector.posting_id.in_(eligible(kind))).order_by(PostingVector.posting_id)).all()
    vectors = np.zeros((len(rows), max((len(row.vector) // 4 for row in rows), default=0)), np.float32)
    for place, row in enumerate(rows):
        if row.vector:
            vectors[place] = np.frombuffer(row.vector, "<f4")
    return [row.posting_id for row in rows], vectors, max((row.seq for row in rows), default=0)


def _live(session: Session, encoder: Encoder, kind: PostingKind) -> Sequence[Row]:
    return session.execute(select(
        PostingVector.id, PostingVector.posting_id, PostingVector.seq, PostingVector.vector).where(
        PostingVector.kind == kind, PostingVector.encoder == encoder.name, PostingVector.live)
        .order_by(PostingVector.posting_id)).all()


def reconcile(database: Database, encoder: Encoder, kind: PostingKind, folder: pathlib.Path,
              store: MilvusStore | None = None) -> Repair:
    """Compare database, vectors and saved index; send what differs to the outbox, write the index anew if needed.

    The write lock is held for the outbox rows alone: on SQLite nobody could log in while an index is built under it.
    """
    with database.read() as session:
        wanted = {key.hex for key in session.scalars(eligible(kind))}
        held = {row.posting_id.hex for row in _live(session, encoder, kind)}
        if not isinstance(encoder, NoEncoder):
            held -= _without_vector(session, encoder, kind)
        damaged = bool(encoder.dimensions) and not _snapshot_agrees(session, encoder, kind, folder, store)
    missing, extra = sorted(wanted - held), sorted(held - wanted)
    if missing or extra:
        with database.write() as session:
            for key in missing + extra:
                enqueue(session, kind, uuid.UUID(key))
    if damaged:
        write_snapshot(database.read, encoder, kind, folder, store=store)
    return Repair(len(missing), len(extra), damaged)


def _without_vector(session: Session, encoder: Encoder, kind: PostingKind) -> set[str]:
    """What was indexed while the model was not at hand."""
    return {key.hex for key in session.scalars(select(PostingVector.posting_id).where(
        PostingVector.kind == kind, PostingVector.encoder == encoder.name, PostingVector.live,
        PostingVector.content_hash == ""))}


def _snapshot_agrees(session: Session, encoder: Encoder, kind: PostingKind, folder: pathlib.Path,
                     store: MilvusStore | None) -> bool:
    """Whether the saved index can be read and holds what the rows say it should, later changes left out."""
    try:
        saved = load_snapshot(folder / kind, encoder.name, last_seq(session, kind), "", store)
    except IndexDamaged:
        return False
    changed = {key.hex for key in session.scalars(select(PostingVector.posting_id).where(
        PostingVector.kind == kind, PostingVector.encoder == encoder.name, PostingVector.seq > saved.seq))}
    expected = {row.posting_id.hex for row in _live(session, encoder, kind)} - changed
    return saved.whole and digest(expected) == digest(set(saved.ids) - changed)
