"""The log's key, and the memory that keeps it from ever signing a smaller or a different tree.

Both lie in a folder outside the database, readable by their owner only: restoring an old database, or editing one,
leaves them as they were. Signed notes come out only after the new state is on the disk.
"""

import base64
import fcntl
import json
import os
import pathlib
import secrets
import stat
import typing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ledger.checkpoint import Checkpoint
from ledger.merkle import leaf_hash
from ledger.note import VerifierKey, sign
from ledger.tree import Frontier

KEY_FILE, STATE_FILE, LOCK_FILE, PUBLIC_FILE = "ledger.key", "ledger.state", "ledger.lock", "ledger.pub"


class SigningRefused(RuntimeError):
    """The tree to be signed contradicts what was signed before, or the key is not safe. An operator must look."""


class Signed(typing.NamedTuple):
    """What the signer remembers of the last tree it signed."""

    origin: str
    frontier: Frontier


class Signer:
    """Signs checkpoints with the key of one folder. Open it with `Signer.open`."""

    def __init__(self, folder: pathlib.Path, key: Ed25519PrivateKey):
        self.folder, self._key = folder, key

    @classmethod
    def open(cls, folder: pathlib.Path) -> "Signer":
        """The signer of a keys folder; key made on first use. Raises SigningRefused when others could read the key."""
        path = folder / KEY_FILE
        if not path.exists():
            _create(path)
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise SigningRefused(f"签名密钥 {path} 的权限是 {mode:o}，别人也能读。请改成 600")
        key = _read_key(path)
        if not (folder / PUBLIC_FILE).exists():
            _publish_once(folder / PUBLIC_FILE, base64.b64encode(key.public_key().public_bytes_raw()))
        return cls(folder, key)

    def verifier(self, origin: str) -> VerifierKey:
        """The public key that checks this signer's notes for the log `origin`; `str()` of it is the vkey to publish."""
        return VerifierKey(origin, self._key.public_key().public_bytes_raw())

    def sign(self, read: Callable[[], tuple[Checkpoint, int]], leaves: Callable[[int, int], Iterable[bytes]]) -> str:
        """The signed note of the present tree, after growing the remembered tree to it by the bodies of its new leaves.

        `read()` gives the tree and the size of the newest checkpoint the database holds, 0 for none; it is asked once
        no other signer is at work: a tree read earlier may by now be smaller than one just signed. `leaves(start, end)`
        yields leaf bodies start … end − 1. Raises SigningRefused, signing nothing, when they do not give that tree.
        """
        with self._locked():
            tree, published = read()
            state = self._state(tree.origin)
            self._refuse_mismatch(state, tree, published)
            for body in leaves(state.frontier.size, tree.size):
                state.frontier.append(leaf_hash(body))
            if (state.frontier.size, state.frontier.root()) != (tree.size, tree.root):
                raise SigningRefused(f"由条目重算的树（{state.frontier.size} 条）和数据库里的树头（{tree.size} 条）不一致，不签名")
            self._remember(state)
            return sign(tree.text(), tree.origin, self._key)

    def _refuse_mismatch(self, state: Signed, tree: Checkpoint, published: int) -> None:
        if state.origin != tree.origin:
            raise SigningRefused(f"上次签的日志是 {state.origin}，现在是 {tree.origin}，不签名")
        if tree.size < state.frontier.size:
            raise SigningRefused(f"上次已签到 {state.frontier.size} 条，现在只有 {tree.size} 条，不签更小的树")
        if published > state.frontier.size:
            raise SigningRefused(f"数据库里已有 {published} 条的检查点，签名状态只到 {state.frontier.size} 条：状态文件丢失或过旧")

    def _state(self, origin: str) -> Signed:
        path = self.folder / STATE_FILE
        if not path.exists():
            return Signed(origin, Frontier())
        try:
            state = json.loads(path.read_text())
            return Signed(state["origin"], Frontier(state["size"], bytes.fromhex(state["frontier"])))
        except (ValueError, KeyError, TypeError) as error:
            raise SigningRefused(f"签名状态文件 {path} 已损坏：{error}") from error

    def _remember(self, state: Signed) -> None:
        frontier = state.frontier
        text = json.dumps({"origin": state.origin, "size": frontier.size, "frontier": frontier.packed().hex()})
        draft = self.folder / f"{STATE_FILE}.{secrets.token_hex(4)}"
        _write_synced(draft, text.encode())
        draft.replace(self.folder / STATE_FILE)
        _sync_folder(self.folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.folder / LOCK_FILE).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def published_verifier(folder: pathlib.Path, origin: str) -> VerifierKey | None:
    """The verifier key of a keys folder, for processes that must not read the private key; None before there is one."""
    path = folder / PUBLIC_FILE
    return VerifierKey(origin, base64.b64decode(path.read_text())) if path.exists() else None


def _create(path: pathlib.Path) -> None:
    """Make a key. Of several processes at once the first wins, and nobody sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _publish_once(path, Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _read_key(path: pathlib.Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise SigningRefused(f"签名密钥 {path} 已损坏：{error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningRefused(f"{path} 不是 Ed25519 密钥")
    return key


def _publish_once(path: pathlib.Path, data: bytes) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    _write_synced(draft, data)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # another process was first, and its file is as good
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def _write_synced(path: pathlib.Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: pathlib.Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
