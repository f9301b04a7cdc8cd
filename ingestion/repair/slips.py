"""A byte lost from GBK: what followed was read half a character off (省（自治区 → ?。ㄗ灾螀^). The bytes bring it back.

One byte became “?”, so the next ones paired up wrongly until an ASCII byte or an impossible pair set them right.
Written out as bytes again and paired one byte later, the stretch must read as common Chinese where it read as rare
characters; then all of it is certain but the characters that lost a byte. Of those the other byte is still known.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.repair.draft import Edit, Found
from ingestion.repair.glosses import LETTERS, readings
from ingestion.repair.repaired import LOST, Kind, Span
from ingestion.repair.script import converter, in_gb2312, traditional

SLIP = re.compile(rf"\?(?P<gloss>{LETTERS}\))?(?P<run>[!,:;?]?(?:[^\x00-\x7f]){{2,40}}(?P<end>[@-~]|\?)?)")
WIDE = {ord(char): chr(ord(char) + 0xFEE0) for char in "!,:;?"}
"""Half-width marks that a later clean-up made of full-width ones."""
FIRST, LAST = b"\xb0\xa1", b"\xd7\xf9"
"""The 3,755 common characters of GB/T 2312, level 1."""
MARKS = frozenset("，。、；：？！（）《》“”‘’—…·〔〕")
LEADS = range(0x81, 0xFF)
SURE = 0.97
WHY = "汉字的一个字节丢了，后面错位成乱码：按 GBK 字节重新对齐"


@dataclass(frozen=True)
class Shift:
    """A stretch set right: `middle` is certain; `first` and `last` are what the lost characters may have been.

    `length`: of the stretch after its “?”, in characters; `last` is empty where no character was lost at its end.
    """

    length: int
    middle: str
    first: tuple[str, ...]
    last: tuple[str, ...]


def mend(text: str) -> Found:
    found, at = Found(), 0
    if "?" not in text:
        return found
    han = re.sub(r"[^\u4e00-\u9fff]", "", text)
    evidence = {han[place:place + 3] for place in range(len(han) - 2)}
    while match := SLIP.search(text, at):
        shift = _realigned(match, text)
        at = match.start() + 1
        if shift:
            _report(found, match, shift, text, evidence)
            at = match.start("run") + shift.length
    return found


@functools.lru_cache(maxsize=65536)
def common(char: str) -> bool:
    """Whether a character, simplified, is one of GB/T 2312's common ones, or a mark of Chinese punctuation."""
    if char in MARKS:
        return True
    simple = converter().convert(char)
    return in_gb2312(simple) and FIRST <= simple.encode("gb2312") <= LAST


def _realigned(match: re.Match, text: str) -> Shift | None:
    run = match["run"].removesuffix("?").translate(WIDE)
    for length in range(len(run), 1, -1):
        ended = match["end"] == "?" and length == len(run)
        if not (ended or run[length - 1].isascii()):
            continue
        shift = _shifted(match, run[:length], ended, text)
        if shift:
            return shift
    return None


def _shifted(match: re.Match, run: str, ended: bool, text: str) -> Shift | None:
    try:
        stream = run.encode("gb18030")
        middle = stream[1:len(stream) - ended].decode("gb18030")
    except UnicodeError:
        return None
    if len(stream) > 2 * len(run) or sum(map(common, run)) * 2 > len(run) or not all(map(common, middle)):
        return None
    first = _partners(None, stream[0])
    if match["gloss"]:
        first = tuple(char for char in first if _glossed(char, match, text))
    follows = text[match.start("run") + len(run) + ended:][:1].translate(WIDE)
    last = tuple(char for char in _partners(stream[-1], None) if _breaks(char, follows)) if ended else ()
    return Shift(len(run) + ended, middle, first, last) if first and (last or not ended) else None


@functools.cache
def _partners(lead: int | None, trail: int | None) -> tuple[str, ...]:
    """The common characters of GBK with one byte known."""
    pairs = [bytes([lead, one]) for one in range(0x40, 0xFF)] if trail is None else [
        bytes([one, trail]) for one in LEADS]
    return tuple(char for pair in pairs if len(char := pair.decode("gbk", "ignore")) == 1 and char.isalpha()
                 and (common(char) and (in_gb2312(char) or char in traditional())))


def _glossed(char: str, match: re.Match, text: str) -> bool:
    """The converter took the end of one character and the lost byte for a character, and wrote its reading between."""
    before = re.sub(rf"\({LETTERS}\)$", "", text[max(0, match.start() - 12):match.start()])[-1:]
    try:
        seen = (before.encode("gbk")[-1:] + char.encode("gbk")[:1]).decode("gbk")
    except UnicodeError:
        return False
    return len(seen) == 1 and match["gloss"].removesuffix(")") in readings(seen) and seen in traditional()


def _breaks(char: str, follows: str) -> bool:
    """Whether the lost second byte, before what follows, is no character: else it would not have become “?”."""
    try:
        pair = char.encode("gbk")[1:] + follows.encode("gbk")[:1]
        return not pair.decode("gbk").strip()
    except UnicodeError:
        return True


def _report(found: Found, match: re.Match, shift: Shift, text: str, evidence: set[str]) -> None:
    head, run = match.start(), match.start("run")
    ended, stop = bool(shift.last), run + shift.length
    left = re.sub(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùü]+\)", "", text[max(0, head - 20):head])
    _one(found, head, run, shift.first, _neighbours(left, shift.middle), evidence, bool(match["gloss"]))
    found.edits.append(Edit(run, stop - ended, shift.middle, Kind.encoding, SURE, WHY))
    if ended:
        _one(found, stop - 1, stop, shift.last, _neighbours(shift.middle, text[stop:stop + 8]), evidence, False)


def _neighbours(left: str, right: str) -> tuple[str, str]:
    """The two Han characters before and after, whatever marks stand between."""
    return (re.sub(r"[^\u4e00-\u9fff]", "", left)[-2:], re.sub(r"[^\u4e00-\u9fff]", "", right)[:2])


def _one(found: Found, start: int, end: int, candidates: tuple[str, ...], around: tuple[str, str], evidence: set[str],
         glossed: bool) -> None:
    """A character that lost a byte: written where bytes and document leave one, else marked as lost."""
    proven = list(candidates) if glossed else list(_seen(candidates, around, evidence))
    if len(proven) == 1:
        why = ("剩下的字节和误加的拼音只容得下这一个字" if glossed else
               f"剩下的字节容得下 {len(candidates)} 个常用字，本文别处写着同样的话的只有这一个")
        found.edits.append(Edit(start, end, proven[0], Kind.encoding, SURE if glossed else 0.9, f"{WHY}；{why}"))
        return
    found.edits.append(Edit(start, end, LOST, Kind.encoding, 1.0, f"{WHY}；这个字丢了一个字节，认不准"))
    simple = tuple(dict.fromkeys(sorted(map(converter().convert, candidates), key=lambda one: one.encode("gbk"))))
    found.lost.append(Span(start, end, f"一个字丢了一个字节，剩下的字节容得下 {len(simple)} 个常用字", simple))


def _seen(candidates: tuple[str, ...], around: tuple[str, str], evidence: set[str]) -> Iterator[str]:
    before, after = around
    for char in candidates:
        if len(before) == 2 and before + char in evidence or len(after) == 2 and char + after in evidence:
            yield char
