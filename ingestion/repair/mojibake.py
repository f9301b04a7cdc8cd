"""Whole runs read in the wrong encoding: UTF-8 read as GBK (鎶€鏈) or as Latin-1 (å…¬å‘Š), GBK read as Latin-1 (¼¼Êõ).

Written out as the bytes they were and read in their true encoding, they are common Chinese, where they were rare
characters or none: only then is anything changed. A character of which a byte is gone is lost, and 锟斤拷 stands for
characters of which nothing is left.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ingestion.decoding import USUAL
from ingestion.repair.draft import Edit, Found
from ingestion.repair.repaired import LOST, Kind, Span
from ingestion.repair.slips import common

GONE = re.compile("(?:锟斤拷)+(?:锟(?:斤|[?\ufffd])?)?|(?:ï¿½)+")
RUN = re.compile(r"[^\x00-\x7f\ud800-\udfff]{3,}(?:[?\ufffd][^\x00-\x7f\ud800-\udfff]*)*")
CLAUSE = re.compile(r"[^\x00-\x7f\ud800-\udfff，。；：、！？（）“”《》\u3000]{3,}")
HOLE = re.compile("[?\ufffd]")
CP1252 = {chr(0x80 + place): 0x80 + place for place in range(128)} | {
    bytes([place]).decode("cp1252"): place for place in range(0x80, 0xA0)
    if place not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""Characters that Latin-1 or Windows-1252 makes of one byte."""
LETTERS = frozenset(map(chr, range(0xC0, 0x100))) - {"×", "÷"}
HAN = re.compile("[\u4e00-\u9fff]")
CHINESE = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2027\ufeff]*")
LEAST_HAN, AT_LEAST_COMMON, LEAST_DIFFERENT, AT_LEAST_USUAL = 2, 0.75, 4, 0.2
SURE = 0.97
UTF8_AS_GBK, UTF8_AS_LATIN, GBK_AS_LATIN = (
    f"{true} 的字节被当成 {false} 读了：按 {true} 重新读出"
    for true, false in (("UTF-8", "GBK"), ("UTF-8", "Latin-1"), ("GBK", "Latin-1")))
ALL_GONE = "转码时原来的字节已经丢了，只剩替换符号，认不出是什么字"


def mend(text: str) -> Found:
    found = Found()
    for match in GONE.finditer(text):
        found.edits.append(Edit(*match.span(), LOST, Kind.encoding, 1.0, ALL_GONE))
        found.lost.append(Span(*match.span(), ALL_GONE))
    rest = GONE.sub(lambda match: " " * len(match[0]), text)
    for match in RUN.finditer(rest):
        _run(found, rest, *match.span())
    found.edits.sort()
    found.lost.sort(key=lambda one: one.start)
    return found


@dataclass
class Reading:
    """What a run truly says; `lost`: places in the run of characters that lost a byte, with what each may have been."""

    text: str = ""
    lost: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)


def _run(found: Found, text: str, start: int, end: int) -> None:
    """Mend one run, whole or by its clauses."""
    if _mended(found, text, start, end):
        return
    for match in CLAUSE.finditer(text, start, end):
        _mended(found, text, *match.span())


def _mended(found: Found, text: str, start: int, end: int) -> bool:
    run = text[start:end]
    for write, decode, why, fits in WAYS:
        reading = decode(run, write) if len(run) >= LEAST_DIFFERENT - 1 and fits(run) else None
        if reading is None or not _chinese(reading.text.replace(LOST, "").replace("?", "")) or (
                len(reading.lost) > len(HAN.findall(reading.text))):
            continue
        said = f"{why}；少了字节的字认不准" if reading.lost else why
        found.edits.append(Edit(start, end, reading.text.lstrip("\ufeff"), Kind.encoding, SURE, said))
        found.lost += [Span(start + first, start + last, _gap(candidates), candidates)
                       for first, last, candidates in reading.lost]
        return True
    return False


def _gap(candidates: tuple[str, ...]) -> str:
    return f"一个字丢了字节，剩下的容得下 {len(candidates)} 个常用字" if candidates else "这里的字丢了字节，认不准"


def _gbk(run: str) -> bytes | None:
    """The bytes of a run as GBK; Windows reads the byte 80, which GBK has not, as €."""
    parts = []
    for char in run:
        try:
            parts.append(b"\x80" if char == "€" else char.encode("gb18030"))
        except UnicodeEncodeError:
            return None
        if len(parts[-1]) > 2:
            return None
    return b"".join(parts)


def _latin(run: str) -> bytes | None:
    return bytes(CP1252[char] for char in run) if all(char in CP1252 for char in run) else None


def _utf8(run: str, write: Callable[[str], bytes | None]) -> Reading | None:
    """The run as UTF-8. Where a byte became “?”, the characters on both sides of it may be cut."""
    reading, at, cut = Reading(), 0, b""
    for number, piece in enumerate(HOLE.split(run)):
        data = write(piece)
        if data is None:
            return None
        orphans = next((place for place, byte in enumerate(data[:3]) if not 0x80 <= byte < 0xC0), min(len(data), 3))
        if orphans > (2 if number else 0):
            return None
        if number:
            _close(reading, cut, at - 1, at, orphans)
        found = _cut(data[orphans:])
        if found is None:
            return None
        reading.text, cut, at = reading.text + found[0], found[1], at + len(piece) + 1
    if cut:
        _close(reading, cut, len(run) - 1, len(run), 0)
    return reading


def _cut(data: bytes) -> tuple[str, bytes] | None:
    """The text, and what is left at its end of a character cut off; None where the bytes are no UTF-8."""
    try:
        return data.decode(), b""
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return None
        return data[:error.start].decode(), data[error.start:]


def _close(reading: Reading, cut: bytes, start: int, end: int, orphans: int) -> None:
    """What stands where a byte is missing: nothing lost means that the question mark is one."""
    if cut:
        reading.text += LOST
        reading.lost.append((start, end, () if orphans else _completed(cut)))
    if orphans:
        reading.text += LOST
        reading.lost.append((start, end, ()))
    if not cut and not orphans:
        reading.text += "?"


def _gbk_again(run: str, write: Callable[[str], bytes | None]) -> Reading | None:
    """The run as GBK; Latin letters are so common that the result must read as usual Chinese."""
    data = write(run)
    try:
        text = data.decode("gbk") if data else ""
    except UnicodeDecodeError:
        return None
    usual = sum(char in USUAL for char in text)
    return Reading(text) if len(text) > LEAST_HAN and usual >= AT_LEAST_USUAL * len(text) else None


def _rare(run: str) -> bool:
    return sum(map(common, run)) * 2 < len(run)


def _lettered(run: str) -> bool:
    """Not a row of dots, crosses or degree signs: half of it letters, and several different ones."""
    return sum(char in LETTERS for char in run) * 2 >= len(run) and len(set(run)) >= LEAST_DIFFERENT


def _chinese(read: str) -> bool:
    han = HAN.findall(read)
    return bool(CHINESE.fullmatch(read)) and len(han) >= LEAST_HAN and sum(
        map(common, han)) >= AT_LEAST_COMMON * len(han)


def _completed(rest: bytes) -> tuple[str, ...]:
    """The common characters whose UTF-8 begins so, where one byte is missing; two leave too many to name."""
    said = [(rest + bytes([last])).decode("utf-8", "ignore") for last in range(0x80, 0xC0)] if len(rest) == 2 else []
    return tuple(char for char in said if HAN.fullmatch(char) and common(char))


WAYS = ((_gbk, _utf8, UTF8_AS_GBK, _rare), (_latin, _utf8, UTF8_AS_LATIN, lambda _: True),
        (_latin, _gbk_again, GBK_AS_LATIN, _lettered))
