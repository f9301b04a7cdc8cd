"""Merkle tree hashes and the checking of proofs, after RFC 9162 §2.1."""

import hashlib

from ledger.faults import Contradicted, Malformed

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(body: bytes) -> bytes:
    """SHA-256(00 ‖ body)."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def require_hashes(*hashes: bytes) -> None:
    """Refuse anything that is not 32 bytes: a longer one could smuggle a node in as a leaf."""
    for digest in hashes:
        if len(digest) != 32:
            raise Malformed(f"哈希值应为 32 字节，现在是 {len(digest)} 字节")


def inclusion_root(index: int, size: int, leaf: bytes, path: list[bytes]) -> bytes:
    """The root that `path` (leaf's sibling first) leads to from the leaf hash at `index` in a tree of `size` leaves.

    RFC 9162 §2.1.3.2. Raises Malformed for an index outside the tree or a path of the wrong length.
    """
    if not 0 <= index < size:
        raise Malformed(f"序号 {index} 不在 {size} 条之内")
    require_hashes(leaf, *path)
    position, last, root = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise Malformed("包含证明过长")
        if position & 1 or position == last:
            root = node_hash(sibling, root)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        position, last = position >> 1, last >> 1
    if last:
        raise Malformed("包含证明过短")
    return root


def check_inclusion(index: int, size: int, leaf: bytes, path: list[bytes], root: bytes) -> None:
    """Raise Contradicted unless `path` shows the leaf hash at `index` of the tree of `size` leaves under `root`."""
    require_hashes(root)
    if inclusion_root(index, size, leaf, path) != root:
        raise Contradicted(f"第 {index} 号不在这个检查点里")


def check_consistency(size1: int, size2: int, root1: bytes, root2: bytes, path: list[bytes]) -> None:
    """Raise Contradicted unless `path` shows that the tree (size2, root2) only adds to (size1, root1).

    RFC 9162 §2.1.4.2. Raises Malformed for a path of the wrong length and for size 0, which proves nothing.
    """
    if not 0 < size1 <= size2:
        raise Malformed(f"无法比较 {size1} 条和 {size2} 条的检查点")
    if size1 == size2:
        if path:
            raise Malformed("同样大小的检查点不需要证明")
        old = new = root1
    else:
        require_hashes(root1, root2, *path)
        old, new = _consistency_roots(size1, size2, root1, path)
    if old != root1 or new != root2:
        raise Contradicted(f"{size1} 条的检查点和 {size2} 条的检查点互相矛盾")


def _consistency_roots(size1: int, size2: int, root1: bytes, path: list[bytes]) -> tuple[bytes, bytes]:
    """The old and the new root that the path leads to, for size1 < size2."""
    if size1 & (size1 - 1) == 0:
        path = [root1, *path]  # a complete old tree is its own first node, which the path leaves out
    if not path:
        raise Malformed("一致性证明为空")
    position, last = size1 - 1, size2 - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for node in path[1:]:
        if last == 0:
            raise Malformed("一致性证明过长")
        if position & 1 or position == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, node)
        position, last = position >> 1, last >> 1
    if last:
        raise Malformed("一致性证明过短")
    return old, new
