"""Growing a Merkle tree one leaf at a time, and saying which stored nodes a proof is made of (RFC 9162 §2.1).

A node is (level, idx): the root over leaves [idx·2^level, (idx+1)·2^level). Only complete ones are ever stored.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ledger.merkle import EMPTY_ROOT, node_hash, require_hashes


class Node(NamedTuple):
    level: int
    idx: int


Lookup = Callable[[Iterable[Node]], Mapping[Node, bytes]]
"""Fetches the hashes of stored nodes; a missing one is absent from the answer."""


class Frontier:
    """The roots of the complete subtrees of a tree, largest first: all that an append needs to know."""

    def __init__(self, size: int = 0, packed: bytes = b""):
        """`packed`: the roots one after the other, 32 bytes each. Raises ValueError unless popcount(size) of them."""
        if size < 0 or len(packed) != 32 * size.bit_count():
            raise ValueError(f"a frontier of {size} leaves holds {size.bit_count()} hashes, not {len(packed) / 32:g}")
        self.size = size
        self.roots = [packed[i:i + 32] for i in range(0, len(packed), 32)]

    def append(self, leaf: bytes) -> list[tuple[Node, bytes]]:
        """Add one leaf hash. Returns the nodes of level ≥ 1 that it completed, lowest first."""
        require_hashes(leaf)
        completed: list[tuple[Node, bytes]] = []
        carry, level = leaf, 0
        while self.size >> level & 1:
            carry = node_hash(self.roots.pop(), carry)
            level += 1
            completed.append((Node(level, self.size >> level), carry))
        self.roots.append(carry)
        self.size += 1
        return completed

    def packed(self) -> bytes:
        return b"".join(self.roots)

    def root(self) -> bytes:
        """The tree's root; SHA-256 of nothing for the empty tree."""
        return fold(self.roots)


def fold(roots: list[bytes]) -> bytes:
    """The root over adjoining complete subtrees, given left to right, each smaller than the one before."""
    if not roots:
        return EMPTY_ROOT
    *rest, root = roots
    for left in reversed(rest):
        root = node_hash(left, root)
    return root


def complete_subtrees(start: int, end: int) -> list[Node]:
    """The fewest stored nodes that cover leaves [start, end), left to right, where start is aligned as in a proof."""
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append(Node(level, start >> level))
        start += 1 << level
    return nodes


def split(size: int) -> int:
    """The largest power of two smaller than `size` (≥ 2)."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """The leaf ranges whose roots prove the leaf at `index` of `size`, sibling first (PATH, RFC 9162 §2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is outside a tree of {size}")
    start, end, ranges = 0, size, []
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(size1: int, size2: int) -> list[tuple[int, int]]:
    """The leaf ranges whose roots prove that size2 leaves add to size1 (SUBPROOF of RFC 9162 §2.1.4.1)."""
    if not 0 < size1 <= size2:
        raise ValueError(f"no consistency between trees of {size1} and {size2}")
    start, end, ranges = 0, size2, []
    while end != size1:
        middle = start + split(end - start)
        if size1 <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:
        ranges.append((start, end))  # the verifier knows the old tree's root only when it starts at leaf 0
    return ranges[::-1]


def range_roots(ranges: list[tuple[int, int]], lookup: Lookup) -> list[bytes]:
    """The root over each range, from stored nodes, in one lookup. Raises KeyError(node) for one that is not stored."""
    covers = [complete_subtrees(*one) for one in ranges]
    found = lookup(node for cover in covers for node in cover)
    return [fold([found[node] for node in cover]) for cover in covers]
