"""The streams of an OLE compound file ([MS-CFB]), opened with olefile and held to what the file can hold."""

import io
import struct

import olefile

from ingestion.documents.pieces import Unreadable

CUT = "这份文件打不开，可能没有传完整。请用 Word 或 WPS 重新保存再传"
MACROS = frozenset({"macros", "_vba_project_cur", "_vba_project"})
SHIFTS = ((9, 6), (12, 6))
"""The only sizes that sectors and mini sectors have, as powers of two: [MS-CFB] 2.2."""
SHIFTS_AT = 0x1E
BROKEN = (OSError, ValueError, TypeError, IndexError, OverflowError, RecursionError, struct.error)
"""What olefile raises on a damaged file: errors of its own are OSErrors, the others fall out of its unpacking."""


class Container:
    """An open compound file. Unreadable where it is damaged."""

    def __init__(self, data: bytes):
        self.size = len(data)
        try:
            if struct.unpack_from("<HH", data, SHIFTS_AT) not in SHIFTS:
                raise Unreadable(CUT)
            self.ole = _Ole(io.BytesIO(data))
            self.names = {"/".join(path).lower() for path in self.ole.listdir(streams=True, storages=True)}
        except BROKEN:
            raise Unreadable(CUT) from None

    @property
    def has_macros(self) -> bool:
        """Whether a VBA project lies anywhere inside, in an embedded object too."""
        return any(MACROS.intersection(name.split("/")) for name in self.names)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.names

    def stream(self, name: str) -> bytes:
        """The bytes of a stream of the root, empty where there is none. Unreadable where they are not all there.

        olefile follows a chain for as many sectors as the directory says, round a loop too: so a stream, and what the
        small ones stand in, is first held against the size of the file, and its chain against itself.
        """
        entry = self.ole.root.kids_dict.get(name.lower())
        if entry is None:
            return b""
        try:
            small = self.ole.num_mini_fat_sectors * self.ole.sector_size
            sound = entry.is_minifat or self._runs(entry)
            if not sound or max(entry.size, small, self.ole.root.size) > self.size:
                raise Unreadable(CUT)
            content = self.ole.openstream(name).read()
        except BROKEN:
            raise Unreadable(CUT) from None
        if len(content) < entry.size:
            raise Unreadable(CUT)
        return content

    def _runs(self, entry: olefile.olefile.OleDirectoryEntry) -> bool:
        """Whether the chain of a stream is as long as the stream without coming by a sector twice."""
        sector, passed = entry.isectStart, set()
        for _number in range(-(-entry.size // self.ole.sector_size)):
            if sector in passed or sector >= len(self.ole.fat):
                return False
            passed.add(sector)
            sector = self.ole.fat[sector]
        return True


class _Ole(olefile.OleFileIO):
    def _check_duplicate_stream(self, first_sect: int, minifat: bool = False) -> None:
        """Left out: it compares every stream with every other, and tells only of what a repair would want to know."""
