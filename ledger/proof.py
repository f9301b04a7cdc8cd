"""Proofs as text: C2SP tlog-proof v1 (https://c2sp.org/tlog-proof) for inclusion, and its likeness for consistency."""

import base64
import dataclasses
import typing

from ledger.checkpoint import decimal
from ledger.faults import Malformed
from ledger.merkle import require_hashes
from ledger.note import unbase64

HEADER = "c2sp.org/tlog-proof@v1"
MAX_PATH = 63


@dataclasses.dataclass(frozen=True, slots=True)
class InclusionProof:
    index: int
    path: list[bytes]
    """Leaf's sibling first."""
    note: str
    """The signed checkpoint, verbatim."""
    extra: bytes | None = None

    def text(self) -> str:
        extra = [] if self.extra is None else [f"extra {base64.b64encode(self.extra).decode()}"]
        return "\n".join([HEADER, *extra, f"index {self.index}", *_lines(self.path), "", self.note])


class ConsistencyProof(typing.NamedTuple):
    path: list[bytes]
    """In the order of RFC 9162 §2.1.4."""
    note: str
    """The signed checkpoint that is cited, verbatim; the other one is the dossier's own."""

    def text(self) -> str:
        return "\n".join([*_lines(self.path), "", self.note])


def _lines(path: list[bytes]) -> list[str]:
    return [base64.b64encode(digest).decode() for digest in path]


def _path(lines: list[str]) -> list[bytes]:
    if len(lines) > MAX_PATH:
        raise Malformed("证明过长")
    path = [unbase64(line) for line in lines]
    require_hashes(*path)
    return path


def parse_inclusion(text: str) -> InclusionProof:
    """Read a tlog-proof. Raises Malformed. `extra` is not authenticated: nothing may rest on it."""
    head, gap, note = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines.pop(0) != HEADER:
        raise Malformed(f"证明的第一行应为 {HEADER}")
    extra = unbase64(lines.pop(0).removeprefix("extra ")) if lines and lines[0].startswith("extra ") else None
    if not lines or not lines[0].startswith("index "):
        raise Malformed("证明缺少序号")
    index = decimal(lines.pop(0).removeprefix("index "))
    return InclusionProof(index, _path(lines), note, extra)


def parse_consistency(text: str) -> ConsistencyProof:
    """Read a consistency proof with the checkpoint it cites. Raises Malformed."""
    head, gap, note = text.partition("\n\n") if not text.startswith("\n") else ("", "\n", text[1:])
    if not gap:
        raise Malformed("一致性证明缺少检查点")
    return ConsistencyProof(_path(head.split("\n") if head else []), note)
