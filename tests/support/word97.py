"""Word 97 files made byte by byte from [MS-DOC] and [MS-CFB]: what no program at hand writes, and what none should."""

import struct

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512
TEXT_AT = 1024
LEAST = 4096
"""Shorter streams would go into the mini stream: these are filled up."""


def doc_file(text: str | list[tuple[str, str]], version: int = 0x00C1, flags: int = 0, storages=()) -> bytes:
    """A DOC of paragraphs that end in \\r. `text`: whole, or as pieces of (characters, encoding)."""
    pieces = [(text, "utf-16-le")] if isinstance(text, str) else text
    body, places, descriptors, at = b"", [0], b"", 0
    for characters, encoding in pieces:
        raw = characters.encode(encoding)
        start = TEXT_AT + len(body)
        descriptors += struct.pack("<HIH", 0, start * 2 | 1 << 30 if encoding == "cp1252" else start, 0)
        at += len(raw) if encoding == "cp1252" else len(raw) // 2
        places.append(at)
        body += raw
    table = struct.pack(f"<{len(places)}I", *places) + descriptors
    clx = b"\x02" + struct.pack("<I", len(table)) + table
    word = fib(version, flags | 0x0200, at, len(clx)).ljust(TEXT_AT, b"\0") + body
    return compound({"WordDocument": word, "1Table": clx}, storages)


def fib(version: int, flags: int, characters: int, clx: int) -> bytes:
    base = struct.pack("<HHHHHH", 0xA5EC if version > 0x80 else 0xA5DC, version, 0, 0x0804, 0, flags).ljust(32, b"\0")
    longs = struct.pack("<22i", 0, 0, 0, characters, *[0] * 18)
    places = struct.pack("<186I", *[0] * 66, 0, clx, *[0] * 118)
    return base + struct.pack("<H28xH", 14, 22) + longs + struct.pack("<H", 93) + places


def compound(streams: dict[str, bytes], storages=()) -> bytes:
    """A compound file. The table of sectors stands in sector 0, the directory behind it, the streams one by one."""
    directory = -(-(1 + len(streams) + len(storages)) // 4)
    table, at, content, entries = [FAT, *_chain(1, directory)], 1 + directory, b"", []
    for name, data in streams.items():
        data = data.ljust(LEAST, b"\0")
        count = -(-len(data) // SECTOR)
        entries.append((name, 2, at, len(data)))
        table += _chain(at, count)
        at, content = at + count, content + data.ljust(count * SECTOR, b"\0")
    entries += [(name, 1, 0, 0) for name in storages]
    packed = _entry("Root Entry", 5, END, 0, child=1)
    for number, one in enumerate(entries, 1):
        packed += _entry(*one, right=number + 1 if number < len(entries) else FREE)
    packed += _entry("", 0, 0, 0) * (4 * directory - 1 - len(entries))
    header = struct.pack("<8s16sHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    sectors = struct.pack("<128I", *table, *[FREE] * (128 - len(table)))
    return header.ljust(SECTOR, b"\xff") + sectors + packed + content


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), END]


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII16sIQQIQ", raw, len(raw) + 2 if raw else 0, kind, 1, FREE, right, child, b"", 0, 0, 0,
                       start, size)
