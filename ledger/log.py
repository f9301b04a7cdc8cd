"""The log in the database: appending in the caller's transaction, proofs from stored nodes, signed checkpoints.

The only file of this package that touches the database. Nothing here commits.
"""

import dataclasses
import datetime as dt
import functools
import typing
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, Row, Table, and_, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

import settings
from ledger import leaf as leaves
from ledger import tree
from ledger.audit import Chunk, Finding, LeafRow, Stored, audit
from ledger.checkpoint import Checkpoint, check_name, parse_note
from ledger.dossier import Material
from ledger.entry import AMENDMENTS, Reference, parse_leaf
from ledger.leaf import Entry
from ledger.note import VerifierKey
from ledger.proof import ConsistencyProof, InclusionProof
from ledger.signer import Signer
from models.base import now
from models.errors import Conflict, NotFound
from models.insertion import insert_once
from models.ledger import LedgerCheckpoint, LedgerHead, LedgerLeaf, LedgerNode, LedgerOpening, LedgerReference

SHANGHAI = ZoneInfo("Asia/Shanghai")
INSERTS = [insert(typing.cast(Table, table.__table__))
           for table in (LedgerLeaf, LedgerNode, LedgerReference, LedgerOpening)]
ADVANCE = update(typing.cast(Table, LedgerHead.__table__))
UNSIGNED = "ledger_appended_in"
CHUNK = 2048


@dataclasses.dataclass(frozen=True, slots=True)
class Appended:
    """Receipt of an append. `at` is UTC to the second, as the leaf says."""

    index: int
    event_id: uuid.UUID
    hash: bytes
    at: dt.datetime


def append(session: Session, event_type: str, fields: Mapping[str, object], refs: Iterable[int] = (),
           event_id: uuid.UUID | None = None) -> Appended:
    """Record an event as the next leaf, in the caller's transaction, as its last act: it locks the head until commit.

    `fields`: name → value (str, int, bool, None, Decimal 元, aware datetime, date, UUID, lists and dicts of these);
    every value is committed, never written clear. `refs`: indexes of earlier leaves it cites. With an `event_id` used
    before, nothing is written and the original receipt returned; Conflict if that event said something else. NotFound
    for a cited leaf that is not there, ValueError for a type, name or value a leaf cannot hold.
    """
    session.flush()
    head = _lock_head(session)
    cited = _cited(session, refs)
    if event_id is not None and (known := _row(session, LedgerLeaf.event_id == event_id)) is not None:
        return _original(session, known, event_type, fields, cited)
    at = now().replace(microsecond=0)
    leaf = leaves.build(head.origin, event_type, event_id or uuid.uuid4(), at, cited, fields)
    written = Appended(head.size, parse_leaf(leaf.body).event_id, leaf.hash, at)
    _write(session, head, written, leaf, cited)
    session.info[UNSIGNED] = session.get_transaction()
    return written


def _lock_head(session: Session) -> Row:
    """Lock the head until commit, opening the log on its first append."""
    query = select(LedgerHead.origin, LedgerHead.size, LedgerHead.frontier).with_for_update()
    head = session.execute(query).first()
    if head is not None:
        return head
    origin = check_name(f"{settings.load().public_host}/jiebang/{now().astimezone(SHANGHAI).year}")
    insert_once(session, LedgerHead, id=1, origin=origin, size=0, frontier=b"")
    return session.execute(query).one()


def _write(session: Session, head: Row, new: Appended, leaf: leaves.Leaf, cited: Sequence[Reference]) -> None:
    frontier = tree.Frontier(head.size, head.frontier)
    nodes = frontier.append(leaf.hash)
    rows: list[list[dict[str, object]]] = [
        [{"idx": new.index, "event_id": new.event_id, "body": leaf.body.decode(), "hash": leaf.hash}],
        [{"level": node.level, "idx": node.idx, "hash": digest} for node, digest in nodes],
        [{"idx": new.index, "cited": ref.index} for ref in cited],
        [{"idx": new.index, "field": one.field, "salt": one.salt, "value": one.value.decode()}
         for one in leaf.openings],
    ]
    connection = session.connection()
    for statement, values in zip(INSERTS, rows, strict=True):
        if values:
            connection.execute(statement, values)
    connection.execute(ADVANCE, {"size": frontier.size, "frontier": frontier.packed()})


def _cited(session: Session, refs: Iterable[int]) -> list[Reference]:
    """The references of a leaf, by index."""
    wanted = sorted(set(refs))
    if not wanted:
        return []
    query = select(LedgerLeaf.idx, LedgerLeaf.hash).where(LedgerLeaf.idx.in_(wanted)).order_by(LedgerLeaf.idx)
    found = [Reference(idx, digest) for idx, digest in session.execute(query)]
    if len(found) != len(wanted):
        raise NotFound("要引用的佐证条目不存在")
    return found


def _original(session: Session, row: Row, event_type: str, fields: Mapping[str, object],
              cited: Sequence[Reference]) -> Appended:
    known = _entry(session, row)
    hidden = {name: opening.value for name, opening in known.openings.items()}
    same = {name: leaves.canonical_value(value) for name, value in fields.items()} == hidden
    if not same or known.leaf.type != event_type or list(known.leaf.references) != list(cited):
        raise Conflict("这个事件编号已经登记过另一件事")
    return Appended(known.index, known.leaf.event_id, known.hash, known.leaf.at)


def _row(session: Session, condition) -> Row | None:
    return session.execute(select(LedgerLeaf.idx, LedgerLeaf.body, LedgerLeaf.hash).where(condition)).first()


def _entry(session: Session, row: Row) -> Entry:
    query = select(LedgerOpening.field, LedgerOpening.salt, LedgerOpening.value).where(LedgerOpening.idx == row.idx)
    openings = {field: leaves.Opening(field, salt, value.encode()) for field, salt, value in session.execute(query)}
    body = row.body.encode()
    return Entry(row.idx, body, row.hash, parse_leaf(body), openings)


def entry(session: Session, index: int) -> Entry:
    """One leaf and its openings. Raises NotFound."""
    row = _row(session, LedgerLeaf.idx == index)
    if row is None:
        raise NotFound("没有这条佐证")
    return _entry(session, row)


def find(session: Session, event_id: uuid.UUID) -> Entry | None:
    """The leaf of an event, if it was recorded."""
    row = _row(session, LedgerLeaf.event_id == event_id)
    return None if row is None else _entry(session, row)


def head(session: Session) -> Checkpoint | None:
    """The present tree, unsigned; None before the first append."""
    row = session.execute(select(LedgerHead.origin, LedgerHead.size, LedgerHead.frontier)).first()
    return None if row is None else Checkpoint(row.origin, row.size, tree.Frontier(row.size, row.frontier).root())


def _lookup(session: Session, nodes: Iterable[tree.Node]) -> dict[tree.Node, bytes]:
    """The hashes of stored nodes. Levels × indexes finds some more than asked for, but by key: SQLite would scan the
    whole table for a list of pairs."""
    wanted = set(nodes)
    at_leaf = select(LedgerLeaf.idx, LedgerLeaf.hash).where(
        LedgerLeaf.idx.in_({node.idx for node in wanted if not node.level}))
    at_node = select(LedgerNode.level, LedgerNode.idx, LedgerNode.hash).where(
        LedgerNode.level.in_({node.level for node in wanted}), LedgerNode.idx.in_({node.idx for node in wanted}))
    found = {tree.Node(0, idx): digest for idx, digest in session.execute(at_leaf)}
    found.update((tree.Node(level, idx), digest) for level, idx, digest in session.execute(at_node))
    return found


def root(session: Session, size: int) -> bytes:
    """The root of the first `size` ≥ 1 leaves, from stored nodes. Raises KeyError for a node that is not there."""
    return tree.range_roots([(0, size)], functools.partial(_lookup, session))[0]


def inclusion(session: Session, index: int, size: int) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves, its sibling first (RFC 9162 §2.1.3)."""
    return tree.range_roots(tree.inclusion_ranges(index, size), functools.partial(_lookup, session))


def consistency(session: Session, size1: int, size2: int) -> list[bytes]:
    """The proof that the tree of `size2` leaves adds to that of `size1`, 0 < size1 ≤ size2 (RFC 9162 §2.1.4)."""
    return tree.range_roots(tree.consistency_ranges(size1, size2), functools.partial(_lookup, session))


def sign_checkpoint(session: Session, signer: Signer) -> LedgerCheckpoint | None:
    """Sign the committed tree and keep the note; the newest checkpoint when nothing was added, None for an empty log.

    Raises SigningRefused when the tree contradicts what was signed before, and RuntimeError in a transaction that
    appended: were it rolled back, the signer would have sworn to leaves that never were.
    """
    if session.info.get(UNSIGNED) is session.get_transaction() is not None:
        raise RuntimeError("commit before signing a checkpoint: this transaction has appended to the log")
    present, newest = head(session), latest_checkpoint(session)
    if present is None or (newest is not None and newest.size == present.size):
        return newest
    note = signer.sign(functools.partial(_signable, session), functools.partial(_bodies, session))
    signed = parse_note(note)
    insert_once(session, LedgerCheckpoint, size=signed.size, root=signed.root, note=note, signed_at=now())
    return session.get(LedgerCheckpoint, signed.size)


def _signable(session: Session) -> tuple[Checkpoint, int]:
    newest = latest_checkpoint(session)
    return head(session), newest.size if newest else 0


def _bodies(session: Session, start: int, end: int) -> Iterator[bytes]:
    query = select(LedgerLeaf.body).where(LedgerLeaf.idx >= start, LedgerLeaf.idx < end).order_by(LedgerLeaf.idx)
    for body in session.scalars(query, execution_options={"yield_per": CHUNK}):
        yield body.encode()


def latest_checkpoint(session: Session) -> LedgerCheckpoint | None:
    """The newest signed checkpoint."""
    return session.scalars(select(LedgerCheckpoint).order_by(LedgerCheckpoint.size.desc()).limit(1)).first()


def checkpoint_at(session: Session, size: int) -> LedgerCheckpoint:
    """The signed checkpoint of the tree of `size` leaves. Raises NotFound."""
    found = session.get(LedgerCheckpoint, size)
    if found is None:
        raise NotFound(f"没有 {size} 条的检查点")
    return found


def checkpoint_over(session: Session, index: int) -> LedgerCheckpoint:
    """The newest checkpoint, which must cover leaf `index`. Raises Conflict while it waits to be signed."""
    newest = latest_checkpoint(session)
    if newest is None or newest.size <= index:
        raise Conflict("这条佐证还没有签进检查点，请 1 分钟后再来")
    return newest


def receipt(session: Session, index: int) -> str:
    """The tlog-proof of one leaf under the newest checkpoint. Raises NotFound, or Conflict until it is signed."""
    entry(session, index)
    return _proof(session, index, checkpoint_over(session, index)).text()


def _proof(session: Session, index: int, under: LedgerCheckpoint) -> InclusionProof:
    return InclusionProof(index, inclusion(session, index, under.size), under.note)


def amendments(session: Session, indexes: Iterable[int]) -> list[int]:
    """Indexes of the leaves that amend the given ones, and what amends those, in turn (entry.AMENDMENTS)."""
    seen = set(indexes)
    fresh, found = set(seen), set()
    while fresh:
        query = select(LedgerReference.idx, LedgerLeaf.body).join(
            LedgerLeaf, LedgerLeaf.idx == LedgerReference.idx).where(LedgerReference.cited.in_(fresh))
        fresh = {idx for idx, body in session.execute(query)
                 if idx not in seen and parse_leaf(body.encode()).type in AMENDMENTS}
        seen |= fresh
        found |= fresh
    return sorted(found)


def material(session: Session, indexes: Iterable[int], cited: Iterable[int] = ()) -> Material:
    """What a dossier is made of: the entries at `indexes` (one or more), all that amends them, and their proofs.

    `cited`: sizes of the checkpoints printed in a 公示, each tied to the dossier's own. Raises NotFound for an entry or
    a cited checkpoint that is not there, Conflict while an entry waits to be signed.
    """
    named = set(indexes)
    entries = [entry(session, index) for index in sorted(named.union(amendments(session, named)))]
    own = checkpoint_over(session, entries[-1].index)
    others = [checkpoint_at(session, size) for size in sorted(set(cited) - {own.size})]
    citations = {}
    for other in others:
        older, newer = sorted((other.size, own.size))
        citations[older, newer] = ConsistencyProof(consistency(session, older, newer), other.note)
    return Material(own.note, entries, [_proof(session, one.index, own) for one in entries], citations)


def verify_database(session: Session, key: VerifierKey | None = None) -> list[Finding]:
    """Rebuild the whole log from its leaves and say what disagrees, naming the leaf; empty when all is well.

    Call it first in a transaction: it then sees one snapshot, whatever is appended meanwhile. `key` also checks the
    checkpoints' signatures.
    """
    bind = session.get_bind()
    if bind.dialect.name == "postgresql" and isinstance(bind, Engine) and not session.in_transaction():
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    row = session.execute(select(LedgerHead.origin, LedgerHead.size, LedgerHead.frontier)).first()
    origin, size, frontier = row or ("", 0, b"")
    checkpoints = session.execute(select(LedgerCheckpoint.size, LedgerCheckpoint.root, LedgerCheckpoint.note))
    nodes = session.scalar(select(func.count()).select_from(LedgerNode))
    stored = Stored(origin, size, frontier, nodes, {size: (root, note) for size, root, note in checkpoints})
    return list(audit(stored, _chunks(session), key))


def _chunks(session: Session) -> Iterator[Chunk]:
    last = session.scalar(select(func.max(LedgerLeaf.idx)))
    for start in range(0, -1 if last is None else last + 1, CHUNK):
        yield Chunk(_leaf_rows(session, start, start + CHUNK), _completed_nodes(session, start, start + CHUNK))


def _leaf_rows(session: Session, start: int, end: int) -> list[LeafRow]:
    """Leaves start … end − 1 with their side rows, which the foreign keys tie to a leaf."""
    rows = {}
    query = select(LedgerLeaf.idx, LedgerLeaf.event_id, LedgerLeaf.body, LedgerLeaf.hash).where(
        LedgerLeaf.idx >= start, LedgerLeaf.idx < end).order_by(LedgerLeaf.idx)
    for idx, event_id, body, digest in session.execute(query):
        rows[idx] = LeafRow(idx, event_id, body.encode(), digest, {}, {})
    opening, reference, cited = LedgerOpening, LedgerReference, aliased(LedgerLeaf)
    for idx, field, salt, value in session.execute(select(
            opening.idx, opening.field, opening.salt, opening.value).where(opening.idx >= start, opening.idx < end)):
        rows[idx].openings[field] = (salt, value.encode())
    for idx, index, digest in session.execute(select(reference.idx, cited.idx, cited.hash).join(
            cited, cited.idx == reference.cited).where(reference.idx >= start, reference.idx < end)):
        rows[idx].references[index] = digest
    return list(rows.values())


def _completed_nodes(session: Session, start: int, end: int) -> dict[tree.Node, bytes]:
    """The stored nodes whose last leaf is one of start … end − 1."""
    spans = [and_(LedgerNode.level == level, LedgerNode.idx >= start >> level, LedgerNode.idx < end >> level)
             for level in range(1, end.bit_length())]
    query = select(LedgerNode.level, LedgerNode.idx, LedgerNode.hash).where(or_(*spans))
    return {tree.Node(level, idx): digest for level, idx, digest in session.execute(query)}
