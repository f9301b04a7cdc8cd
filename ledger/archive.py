"""Opening a dossier ZIP that may have been made to hurt: names, sizes and listing are checked before it is read."""

import hashlib
import re
import typing
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from ledger.canonical import loads
from ledger.checkpoint import decimal
from ledger.faults import Contradicted, Malformed

MAX_BYTES = 200 * 1024 * 1024
MAX_MEMBERS = 10_000
MANIFEST = "manifest.json"
MEMBER = re.compile(
    r"manifest\.json|checkpoint\.txt|verify\.py|README\.txt"
    r"|entries/[0-9]+\.(?:json|tlog-proof)|open/[0-9]+\.json|files/[0-9a-f]{64}\.[a-z0-9]{1,10}"
    r"|consistency/[0-9]+-[0-9]+\.txt")
SHA256 = re.compile(r"[0-9a-f]{64}")


class Archive:
    """The members of a dossier, every one of them listed in the manifest under its SHA-256."""

    def __init__(self, members: zipfile.ZipFile):
        self._zip = members
        self.names = _member_names(members)

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises Malformed when it is absent or damaged."""
        if name not in self.names:
            raise Malformed(f"包里缺少 {name}")
        return b"".join(self._blocks(name))

    def text(self, name: str) -> str:
        try:
            return self.read(name).decode()
        except UnicodeDecodeError as error:
            raise Malformed(f"{name} 不是 UTF-8 文本") from error

    def sha256(self, name: str) -> str:
        digest = hashlib.sha256()
        for block in self._blocks(name):
            digest.update(block)
        return digest.hexdigest()

    def numbers(self, folder: str, suffix: str) -> list[int]:
        """The indexes of the members folder/<index>suffix, in order."""
        prefix = folder + "/"
        return sorted(decimal(name.removeprefix(prefix).removesuffix(suffix))
                      for name in self.names if name.startswith(prefix) and name.endswith(suffix))

    def check_manifest(self) -> None:
        """Raise Malformed for a member not listed or a listed one missing, Contradicted for one that was changed."""
        manifest = loads(self.read(MANIFEST))
        if not isinstance(manifest, dict) or manifest.keys() != {"v", "files"} or manifest["v"] != 1:
            raise Malformed("manifest.json 的内容有误")
        listed = manifest["files"]
        if not isinstance(listed, dict) or listed.keys() != set(self.names) - {MANIFEST}:
            raise Malformed("包里的文件和 manifest.json 列的不一样")
        for name, digest in listed.items():
            if not isinstance(digest, str) or not SHA256.fullmatch(digest):
                raise Malformed("manifest.json 里的哈希有误")
            if self.sha256(name) != digest:
                raise Contradicted(f"{name} 被改过：和 manifest.json 里的哈希不符")

    def _blocks(self, name: str) -> Iterator[bytes]:
        """A member piece by piece, never more than its declared size, which has been counted."""
        try:
            with self._zip.open(name) as member:
                while block := member.read(1 << 20):
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise Malformed(f"{name} 已损坏") from error


@contextmanager
def open_archive(file: typing.BinaryIO) -> Iterator[Archive]:
    """Open a dossier. Raises Malformed for what is no ZIP, or one with names or sizes that no dossier has."""
    size = file.seek(0, 2)
    if size > MAX_BYTES:
        raise Malformed("文件超过 200 MB")
    try:
        members = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise Malformed("不是完好的 ZIP 文件") from error
    with members:
        yield Archive(members)


def _member_names(members: zipfile.ZipFile) -> list[str]:
    infos = members.infolist()
    if len(infos) > MAX_MEMBERS:
        raise Malformed(f"包里的文件超过 {MAX_MEMBERS} 个")
    if sum(info.file_size for info in infos) > MAX_BYTES:
        raise Malformed("解开后超过 200 MB")
    names = [info.orig_filename for info in infos]
    if len(set(names)) != len(names):
        raise Malformed("包里有同名文件")
    for info in infos:
        if not MEMBER.fullmatch(info.orig_filename):
            raise Malformed(f"包里有不该有的文件：{info.orig_filename[:80]!r}")
        if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Malformed(f"{info.orig_filename} 加了密或用了不支持的压缩")
    return names
