"""A person's evidence as a ZIP that proves itself offline: the named entries, what they disclose, and nobody else's."""

import hashlib
import pathlib
import typing
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping

import rfc8785
from sqlalchemy.orm import Session

from ledger import log
from ledger.archive import MANIFEST, MAX_BYTES
from ledger.bundle import verifier_source
from ledger.canonical import loads
from ledger.proof import ConsistencyProof, InclusionProof
from models.errors import Conflict, Refused
from models.ledger import LedgerCheckpoint

README = pathlib.Path(__file__).with_name("dossier_readme.txt")
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the same evidence makes the same bytes."""


class Attachment(typing.NamedTuple):
    """A file whose SHA-256 one of the disclosed fields states."""

    sha256: str
    extension: str
    """Without the dot, lower case letters and digits."""
    path: pathlib.Path


def build(session: Session, indexes: Iterable[int], out: typing.BinaryIO, *,
          disclose: Mapping[int, Collection[str]] | None = None, attachments: Iterable[Attachment] = (),
          cited: Iterable[int] = ()) -> list[int]:
    """Write the dossier of one or more entries, and of all that amends them, to `out`; returns the indexes included.

    `disclose`: index → fields to open, other fields and indexes staying hidden; None opens every field. `cited`: sizes of
    the checkpoints printed in a 公示, each tied to the dossier's own. Raises NotFound for an entry or a cited checkpoint
    that is not there, Conflict while an entry waits to be signed, Refused when the files exceed 200 MB.
    """
    named = set(indexes)
    numbers = sorted(named.union(log.amendments(session, named)))
    checkpoint = log.checkpoint_over(session, max(numbers))
    members = dict(_members(session, numbers, checkpoint, disclose, cited))
    files = {f"files/{one.sha256}.{one.extension}": one for one in attachments}
    if sum(map(len, members.values())) + sum(one.path.stat().st_size for one in files.values()) > MAX_BYTES:
        raise Refused("附件合计超过 200 MB，请少选几个文件")
    listed = {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
    listed |= {name: one.sha256 for name, one in files.items()}
    members[MANIFEST] = rfc8785.dumps({"v": 1, "files": listed})
    _write(out, members, files)
    return numbers


def _members(session: Session, numbers: list[int], checkpoint: LedgerCheckpoint,
             disclose: Mapping[int, Collection[str]] | None, cited: Iterable[int]) -> Iterator[tuple[str, bytes]]:
    yield "README.txt", README.read_bytes()
    yield "verify.py", verifier_source()
    yield "checkpoint.txt", checkpoint.note.encode()
    for index in numbers:
        entry = log.entry(session, index)
        proof = InclusionProof(index, log.inclusion(session, index, checkpoint.size), checkpoint.note)
        yield f"entries/{index}.json", entry.body
        yield f"entries/{index}.tlog-proof", proof.text().encode()
        opened = entry.openings.keys() if disclose is None else disclose.get(index, ())
        if opened:
            yield f"open/{index}.json", _openings(entry, opened)
    for size in set(cited) - {checkpoint.size}:
        yield _citation(session, log.checkpoint_at(session, size), checkpoint)


def _openings(entry: log.Entry, fields: Collection[str]) -> bytes:
    opened = {field: entry.openings[field] for field in fields}
    return rfc8785.dumps({field: {"salt": one.salt.hex(), "value": loads(one.value)} for field, one in opened.items()})


def _citation(session: Session, cited: LedgerCheckpoint, own: LedgerCheckpoint) -> tuple[str, bytes]:
    older, newer = sorted((cited.size, own.size))
    proof = ConsistencyProof(log.consistency(session, older, newer), cited.note)
    return f"consistency/{older}-{newer}.txt", proof.text().encode()


def _write(out: typing.BinaryIO, members: Mapping[str, bytes], files: Mapping[str, Attachment]) -> None:
    """Members in order of name, stored as they are: compressors differ from one zlib to the next."""
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted([*members, *files]):
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            if name in members:
                archive.writestr(info, members[name])
            else:
                with archive.open(info, "w") as target:
                    _copy(files[name], target)


def _copy(file: Attachment, target: typing.IO[bytes]) -> None:
    digest = hashlib.sha256()
    with file.path.open("rb") as source:
        while block := source.read(1 << 20):
            digest.update(block)
            target.write(block)
    if digest.hexdigest() != file.sha256:
        raise Conflict(f"附件 {file.path.name[:12]} 的内容和登记的哈希不符，请联系管理员")
