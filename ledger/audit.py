"""Rebuilding the log from its leaves and naming everything stored that disagrees. Pure: rows in, findings out."""

import dataclasses
import typing
import uuid
from collections.abc import Iterable, Iterator, Mapping

from ledger.canonical import loads
from ledger.checkpoint import Checkpoint, parse_note
from ledger.entry import LeafBody, check_opening, parse_leaf
from ledger.merkle import leaf_hash
from ledger.note import VerifierKey, verify
from ledger.tree import Frontier, Node


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """Something in the database that is not as it was recorded. `index`: the leaf it concerns, where it is one."""

    index: int | None
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class LeafRow:
    """One leaf with its side rows: openings field → (salt, JSON value); references cited index → hash of that leaf."""

    index: int
    event_id: uuid.UUID
    body: bytes
    hash: bytes
    openings: dict[str, tuple[bytes, bytes]]
    references: dict[int, bytes]


class Chunk(typing.NamedTuple):
    """Consecutive leaves, and the stored nodes that they complete."""

    leaves: list[LeafRow]
    nodes: dict[Node, bytes]


class Stored(typing.NamedTuple):
    """What the database claims of the whole log."""

    origin: str
    size: int
    frontier: bytes
    nodes: int
    """How many nodes are stored."""
    checkpoints: Mapping[int, tuple[bytes, str]]
    """Size → (root, signed note)."""


def audit(stored: Stored, chunks: Iterable[Chunk], key: VerifierKey | None) -> Iterator[Finding]:
    """Every finding, in order of the log. No finding: leaves, nodes, head, openings and checkpoints are one.

    `key` checks the checkpoints' signatures; without it only their text is compared.
    """
    frontier = Frontier()
    for chunk in chunks:
        nodes = dict(chunk.nodes)
        for row in chunk.leaves:
            if row.index != frontier.size:
                yield Finding(frontier.size, f"缺少第 {frontier.size} 号条目，后面的树无法重建")
                return
            yield from _leaf(row, stored.origin)
            yield from _nodes(row.index, frontier.append(row.hash), nodes)
            if frontier.size in stored.checkpoints:
                yield from _checkpoint(stored, frontier, key)
        yield from (Finding(None, f"多出节点（{node.level} 层 {node.idx} 号）") for node in nodes)
    yield from _whole(stored, frontier)


def _leaf(row: LeafRow, origin: str) -> Iterator[Finding]:
    if leaf_hash(row.body) != row.hash:
        yield Finding(row.index, f"第 {row.index} 号条目的内容和它的哈希不符")
    try:
        leaf = parse_leaf(row.body)
    except ValueError as error:
        yield Finding(row.index, f"第 {row.index} 号条目读不出：{error}")
        return
    if (leaf.origin, leaf.event_id) != (origin, row.event_id):
        yield Finding(row.index, f"第 {row.index} 号条目的日志名或事件编号和登记的不符")
    if {ref.index: ref.hash for ref in leaf.references} != row.references:
        yield Finding(row.index, f"第 {row.index} 号条目的引用和登记的不符")
    yield from _openings(row, leaf)


def _openings(row: LeafRow, leaf: LeafBody) -> Iterator[Finding]:
    for field in sorted(leaf.commitments.keys() ^ row.openings.keys()):
        yield Finding(row.index, f"第 {row.index} 号条目的字段 {field} 只有承诺或只有原值")
    for field in sorted(leaf.commitments.keys() & row.openings.keys()):
        salt, value = row.openings[field]
        try:
            check_opening(leaf, field, salt, loads(value))
        except ValueError as error:
            yield Finding(row.index, f"第 {row.index} 号条目：{error}")


def _nodes(index: int, completed: list[tuple[Node, bytes]], stored: dict[Node, bytes]) -> Iterator[Finding]:
    for node, digest in completed:
        if stored.pop(node, None) != digest:
            first = node.idx << node.level
            yield Finding(index, f"第 {first}–{index} 号条目之上的节点（{node.level} 层 {node.idx} 号）缺失或被改")


def _checkpoint(stored: Stored, frontier: Frontier, key: VerifierKey | None) -> Iterator[Finding]:
    root, note = stored.checkpoints[frontier.size]
    rebuilt = Checkpoint(stored.origin, frontier.size, frontier.root())
    try:
        if key is not None:
            verify(note, [key])
        agrees = parse_note(note) == rebuilt and root == rebuilt.root
    except ValueError as error:
        yield Finding(None, f"{frontier.size} 条的检查点：{error}")
        return
    if not agrees:
        yield Finding(None, f"{frontier.size} 条的检查点和由条目重算的根不一致")


def _whole(stored: Stored, frontier: Frontier) -> Iterator[Finding]:
    if frontier.size != stored.size:
        yield Finding(None, f"树头记着 {stored.size} 条，实有 {frontier.size} 条")
    elif frontier.packed() != stored.frontier:
        yield Finding(None, "树头的哈希和由条目重算的不一致")
    expected = sum(frontier.size >> level for level in range(1, frontier.size.bit_length()))
    if stored.nodes != expected:
        yield Finding(None, f"应有 {expected} 个节点，实有 {stored.nodes} 个")
    for size in sorted(stored.checkpoints):
        if size > frontier.size:
            yield Finding(None, f"已签过 {size} 条的检查点，现在只剩 {frontier.size} 条")
