"""A person's evidence as a ZIP that proves itself offline: the named entries, what they disclose, and nobody else's."""

import hashlib
import pathlib
import typing
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping

import rfc8785

from ledger.archive import MANIFEST, MAX_BYTES
from ledger.bundle import verifier_source
from ledger.canonical import loads
from ledger.leaf import Entry
from ledger.proof import ConsistencyProof, InclusionProof
from models.errors import Conflict, Refused

README = pathlib.Path(__file__).with_name("dossier_readme.txt")
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the same evidence makes the same bytes."""
ROOM = 4 * 1024 * 1024
"""Kept for the manifest and the ZIP's own records, which count towards the limit the verifier sets."""


class Material(typing.NamedTuple):
    """What a dossier is made of; `log.material` reads it from the database."""

    checkpoint: str
    """The signed note every proof is under."""
    entries: list[Entry]
    proofs: list[InclusionProof]
    """One for each of `entries`."""
    citations: dict[tuple[int, int], ConsistencyProof]
    """(smaller size, larger size) → proof that a cited checkpoint and the dossier's own are of one history."""


class Attachment(typing.NamedTuple):
    """A file whose SHA-256 one of the disclosed fields states."""

    sha256: str
    extension: str
    """Without the dot, lower case letters and digits."""
    path: pathlib.Path


def build(material: Material, out: typing.BinaryIO, *, disclose: Mapping[int, Collection[str]] | None = None,
          attachments: Iterable[Attachment] = ()) -> None:
    """Write the dossier to `out`.

    `disclose`: index → fields to open, other fields and indexes staying hidden; None opens every field. Raises Refused
    when it would exceed 200 MB, Conflict for an attachment whose bytes are not those of its hash.
    """
    members = dict(_members(material, disclose))
    files = {f"files/{one.sha256}.{one.extension}": one for one in attachments}
    if sum(map(len, members.values())) + sum(one.path.stat().st_size for one in files.values()) > MAX_BYTES - ROOM:
        raise Refused("附件合计超过 200 MB，请少选几个文件")
    listed = {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
    listed |= {name: one.sha256 for name, one in files.items()}
    members[MANIFEST] = rfc8785.dumps({"v": 1, "files": listed})
    _write(out, members, files)


def _members(material: Material, disclose: Mapping[int, Collection[str]] | None) -> Iterator[tuple[str, bytes]]:
    yield "README.txt", README.read_bytes()
    yield "verify.py", verifier_source()
    yield "checkpoint.txt", material.checkpoint.encode()
    for entry, proof in zip(material.entries, material.proofs, strict=True):
        yield f"entries/{entry.index}.json", entry.body
        yield f"entries/{entry.index}.tlog-proof", proof.text().encode()
        opened = entry.openings.keys() if disclose is None else disclose.get(entry.index, ())
        if opened:
            yield f"open/{entry.index}.json", _openings(entry, opened)
    for (older, newer), proof_of_both in material.citations.items():
        yield f"consistency/{older}-{newer}.txt", proof_of_both.text().encode()


def _openings(entry: Entry, fields: Collection[str]) -> bytes:
    opened = {field: entry.openings[field] for field in fields}
    return rfc8785.dumps({field: {"salt": one.salt.hex(), "value": loads(one.value)} for field, one in opened.items()})


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
