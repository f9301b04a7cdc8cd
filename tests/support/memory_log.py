"""A log in memory: what ledger/log.py does with a database, in a few lines, for tests of proofs and dossiers."""

import datetime as dt
import io
import uuid

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger import dossier, leaf, tree
from ledger.checkpoint import Checkpoint
from ledger.entry import Reference, parse_leaf
from ledger.merkle import leaf_hash
from ledger.note import VerifierKey, sign
from ledger.proof import ConsistencyProof, InclusionProof

ORIGIN = "jiebang.test/jiebang/2026"
NOON = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)


class MemoryTree:
    """Leaf hashes with every complete subtree kept."""

    def __init__(self, bodies=()):
        self.frontier = tree.Frontier()
        self.nodes = {}
        for body in bodies:
            self.append(leaf_hash(body))

    def append(self, digest: bytes) -> None:
        self.nodes[tree.Node(0, self.frontier.size)] = digest
        self.nodes.update(self.frontier.append(digest))

    def lookup(self, nodes):
        return {node: self.nodes[node] for node in nodes}

    def root(self, size: int) -> bytes:
        return tree.range_roots([(0, size)], self.lookup)[0]

    def inclusion(self, index: int, size: int) -> list[bytes]:
        return tree.range_roots(tree.inclusion_ranges(index, size), self.lookup)

    def consistency(self, size1: int, size2: int) -> list[bytes]:
        return tree.range_roots(tree.consistency_ranges(size1, size2), self.lookup)


class MemoryLog:
    """Entries, signed checkpoints and dossiers of one origin."""

    def __init__(self, origin: str = ORIGIN, seed: int = 1):
        self.origin, self.key = origin, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.tree, self.entries = MemoryTree(), []

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.origin, self.key.public_key().public_bytes_raw())

    def add(self, event_type: str = "contract.confirmed", fields=None, refs=()) -> leaf.Entry:
        cited = [Reference(index, self.entries[index].hash) for index in refs]
        fields = {"amount": 1250, "person": "甲"} if fields is None else fields
        made = leaf.build(self.origin, event_type, uuid.uuid4(), NOON, cited, fields)
        entry = leaf.Entry(len(self.entries), made.body, made.hash, parse_leaf(made.body),
                           {one.field: one for one in made.openings})
        self.tree.append(made.hash)
        self.entries.append(entry)
        return entry

    def note(self, size: int | None = None) -> str:
        size = size or len(self.entries)
        return sign(Checkpoint(self.origin, size, self.tree.root(size)).text(), self.origin, self.key)

    def material(self, indexes, cited=(), size: int | None = None) -> dossier.Material:
        own = size or len(self.entries)
        note = self.note(own)
        citations = {tuple(sorted((other, own))): ConsistencyProof(self.tree.consistency(*sorted((other, own))),
                                                                   self.note(other)) for other in cited}
        proofs = [InclusionProof(index, self.tree.inclusion(index, own), note) for index in indexes]
        return dossier.Material(note, [self.entries[index] for index in indexes], proofs, citations)

    def dossier(self, indexes, cited=(), size: int | None = None, **options) -> bytes:
        out = io.BytesIO()
        dossier.build(self.material(indexes, cited, size), out, **options)
        return out.getvalue()
