"""RFC 9162 proofs against published vectors, reference roots and an independent implementation."""

import base64
import json
import pathlib

import pymerkle
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger.faults import Contradicted, Malformed
from ledger.merkle import EMPTY_ROOT, check_consistency, check_inclusion, inclusion_root, leaf_hash
from tests.support.memory_log import MemoryTree

VECTORS = pathlib.Path(__file__).parents[4] / "shared/data/merkle"
CT_LEAVES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
CT_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def vectors(name):
    path = VECTORS / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    return json.loads(path.read_text())


def decoded(hashes):
    return [base64.b64decode(text) for text in hashes or []]


def accepts(check, *arguments) -> bool:
    try:
        check(*arguments)
    except (Contradicted, Malformed):
        return False
    return True


def test_all_published_inclusion_vectors_are_judged_right():
    cases = vectors("inclusion")
    judged = {name: accepts(check_inclusion, case["leafIdx"], case["treeSize"], *decoded([case["leafHash"]]),
                            decoded(case["proof"]), *decoded([case["root"]])) for name, case in cases.items()}
    assert len(cases) == 98
    assert judged == {name: not case["wantErr"] for name, case in cases.items()}


def test_all_published_consistency_vectors_are_judged_right():
    cases = vectors("consistency")
    judged = {name: accepts(check_consistency, case["size1"], case["size2"], *decoded([case["root1"], case["root2"]]),
                            decoded(case["proof"])) for name, case in cases.items()}
    assert len(cases) == 98
    assert judged == {name: not case["wantErr"] for name, case in cases.items()}


@pytest.mark.parametrize(("size", "root"), CT_ROOTS.items())
def test_certificate_transparency_reference_roots(size, root):
    assert MemoryTree(CT_LEAVES[:size]).root(size).hex() == root


def test_root_over_canonical_json_leaves():
    leaves = [rfc8785.dumps({"who": "甲", "n": i}) for i in range(7)]
    assert MemoryTree(leaves).root(7).hex() == "6794d0f5bd39b4b6e5d60adf437f774cfb1962a3108089ed019009af8a083d07"


def test_the_empty_tree_is_the_hash_of_nothing():
    assert MemoryTree().frontier.root() == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 21])
def test_roots_and_paths_equal_those_of_pymerkle(size):
    theirs, ours = pymerkle.InmemoryTree(algorithm="sha256"), MemoryTree()
    for index in range(size):
        theirs.append_entry(bytes([index]))
        ours.append(leaf_hash(bytes([index])))
    assert ours.root(size) == theirs.get_root(size)
    for index in range(size):
        path = theirs.prove_inclusion(index + 1, size).path
        assert ours.inclusion(index, size) == list(path[1:])


@given(st.data(), st.integers(1, 70))
def test_every_leaf_of_every_tree_is_proved_and_no_other(data, size):
    tree = MemoryTree(bytes([index]) for index in range(size))
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion(index, size)
    check_inclusion(index, size, tree.nodes[0, index], path, tree.root(size))
    with pytest.raises(Contradicted):
        check_inclusion(index, size, leaf_hash(b"another"), path, tree.root(size))


@given(st.data(), st.integers(1, 70))
def test_every_tree_is_consistent_with_every_earlier_one(data, size):
    tree = MemoryTree(bytes([index]) for index in range(size))
    earlier = data.draw(st.integers(1, size))
    check_consistency(earlier, size, tree.root(earlier), tree.root(size), tree.consistency(earlier, size))


@given(st.data(), st.integers(2, 40))
def test_no_changed_hash_of_a_proof_is_accepted(data, size):
    tree = MemoryTree(bytes([index]) for index in range(size))
    earlier = data.draw(st.integers(1, size - 1))
    path = tree.consistency(earlier, size)
    spoilt = data.draw(st.integers(0, len(path) - 1))
    path[spoilt] = leaf_hash(path[spoilt])
    with pytest.raises(Contradicted):
        check_consistency(earlier, size, tree.root(earlier), tree.root(size), path)


HASH = b"h" * 32


@pytest.mark.parametrize(("index", "size", "leaf", "path", "told"), [
    (3, 3, HASH, [], "不在 3 条之内"),
    (-1, 3, HASH, [], "不在 3 条之内"),
    (0, 1, HASH, [HASH], "过长"),
    (0, 4, HASH, [HASH], "过短"),
    (0, 2, HASH[:31], [HASH], "31 字节"),
    (0, 2, HASH, [HASH + b"h"], "33 字节"),
])
def test_a_malformed_inclusion_proof_is_refused(index, size, leaf, path, told):
    with pytest.raises(Malformed, match=told):
        inclusion_root(index, size, leaf, path)


def test_a_root_of_another_length_is_refused():
    with pytest.raises(Malformed, match="31 字节"):
        check_inclusion(0, 1, HASH, [], HASH[:31])


@pytest.mark.parametrize(("size1", "size2", "path", "told"), [
    (0, 3, [], "无法比较"),
    (3, 2, [], "无法比较"),
    (2, 2, [HASH], "不需要证明"),
    (3, 4, [], "为空"),
    (1, 2, [HASH, HASH], "过长"),
    (1, 4, [HASH], "过短"),
    (1, 2, [HASH[:5]], "5 字节"),
])
def test_a_malformed_consistency_proof_is_refused(size1, size2, path, told):
    with pytest.raises(Malformed, match=told):
        check_consistency(size1, size2, HASH, HASH, path)
