"""Growing a tree and choosing the stored nodes of a proof."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.faults import Malformed
from ledger.merkle import leaf_hash, node_hash
from ledger.tree import Frontier, Node, complete_subtrees, consistency_ranges, inclusion_ranges, range_roots
from tests.support.memory_log import MemoryTree


def test_appending_returns_the_nodes_it_completed():
    a, b, c, d = (leaf_hash(bytes([i])) for i in range(4))
    frontier = Frontier()
    assert [frontier.append(one) for one in (a, b, c)] == [[], [(Node(1, 0), node_hash(a, b))], []]
    left, right = node_hash(a, b), node_hash(c, d)
    assert frontier.append(d) == [(Node(1, 1), right), (Node(2, 0), node_hash(left, right))]


@given(st.integers(0, 200))
def test_a_stored_frontier_goes_on_as_if_never_stored(size):
    grown = Frontier()
    for index in range(size):
        grown.append(leaf_hash(bytes([index])))
    stored = Frontier(grown.size, grown.packed())
    grown.append(leaf_hash(b"next"))
    stored.append(leaf_hash(b"next"))
    assert stored.root() == grown.root()


@pytest.mark.parametrize(("size", "packed"), [(1, b""), (0, b"h" * 32), (3, b"h" * 63), (-1, b"h" * 32)])
def test_a_frontier_of_the_wrong_length_is_refused(size, packed):
    with pytest.raises(ValueError, match="frontier"):
        Frontier(size, packed)


def test_a_leaf_hash_of_another_length_is_refused():
    with pytest.raises(Malformed, match="32 字节"):
        Frontier().append(b"short")


@given(st.integers(1, 10_000))
def test_complete_subtrees_cover_a_tree_without_gap(size):
    nodes = complete_subtrees(0, size)
    assert len(nodes) == size.bit_count()
    ends = [(node.idx + 1) << node.level for node in nodes]
    assert [node.idx << node.level for node in nodes] == [0, *ends[:-1]]
    assert ends[-1] == size


def test_a_proof_in_a_million_leaves_has_at_most_twenty_hashes():
    assert max(len(inclusion_ranges(index, 1_000_000)) for index in (0, 1, 524_287, 999_999)) == 20


@pytest.mark.parametrize("index", [-1, 5])
def test_a_leaf_outside_the_tree_has_no_proof(index):
    with pytest.raises(ValueError, match="outside"):
        inclusion_ranges(index, 5)


@pytest.mark.parametrize(("size1", "size2"), [(0, 5), (6, 5)])
def test_no_consistency_with_an_empty_or_larger_tree(size1, size2):
    with pytest.raises(ValueError, match="no consistency"):
        consistency_ranges(size1, size2)


def test_a_node_that_is_not_stored_is_named():
    tree = MemoryTree([b"a", b"b", b"c"])
    with pytest.raises(KeyError, match=r"level=1, idx=1"):
        range_roots([(2, 4)], lambda nodes: {node: tree.nodes[node] for node in nodes if node in tree.nodes})
