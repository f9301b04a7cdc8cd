"""Probable slips of the pen and what lost characters may have been: suggestions for a person, nothing is changed.

Each rests on what the text itself shows: a set phrase with one character off, an office named otherwise a line before,
a province misspelt in an address, another city's name where the whole text speaks of one.
"""

import functools
import pathlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from pypinyin import Style, lazy_pinyin

from ingestion.repair.draft import Edit, Found
from ingestion.repair.repaired import LOST, Kind, Note, Span
from models.codes import divisions

PHRASES = pathlib.Path(__file__).parent / "phrases.txt"
HAN = re.compile(rf"[\u4e00-\u9fff{LOST}]+")
DOMAIN = re.compile(r"(?<=[@.])([a-z]{5,14})(?=\.(?:gov\.)?cn\b)")
STOP = re.compile(r"(?<=\.cn|com|org|net)\.(?=[\u4e00-\u9fff])")
TELEPHONE = re.compile(r"^[ \u3000]*话(?=[：:] ?\d{3,4}-?\d{7})", re.MULTILINE)
LONGEST_INSERTION, SHORTEST_OFFICE, OFFICES = 2, 6, "局厅部会门"
AT_LEAST = 5
"""How often the text names its own city before another city's name stands out."""


@functools.cache
def phrases() -> tuple[str, ...]:
    lines = PHRASES.read_text(encoding="utf-8").split("\n")
    return tuple(line for line in lines if line and not line.startswith("#"))


@functools.cache
def _by_bigram() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Phrases by their first and by their last two characters: with one character off, one of the two still stands."""
    heads, tails = defaultdict(list), defaultdict(list)
    for phrase in phrases():
        heads[phrase[:2]].append(phrase)
        tails[phrase[-2:]].append(phrase)
    return dict(heads), dict(tails)


@functools.cache
def _provinces() -> dict[str, str]:
    """Pinyin → name of every province."""
    names = {name.removesuffix("省").removesuffix("市") for code, name in divisions().items() if code.endswith("0000")}
    return {"".join(lazy_pinyin(name, style=Style.NORMAL)): name for name in names if len(name) <= 3}


@functools.cache
def _cities() -> dict[str, str]:
    """Short name of every prefecture-level city → the code of its province."""
    return {name.removesuffix("市"): code[:2] for code, name in divisions().items()
            if code.endswith("00") and not code.endswith("0000") and name.endswith("市") and len(name) >= 3}


def suggest(text: str) -> Found:
    found = Found(suggestions=sorted({*_phrases(text), *_domains(text)}))
    found.notes = list(_other_city(text))
    for match in TELEPHONE.finditer(text):
        place = match.end() - 1
        found.suggestions.append(Edit(place, place, "电", Kind.encoding, 0.9, "电话号码前面的“话”，丢的字像是“电”"))
        found.lost.append(Span(place, place + 1, "“话”前面丢了一个字", ("电",)))
    found.suggestions.sort()
    return found


def _phrases(text: str) -> Iterator[Edit]:
    heads, tails = _by_bigram()
    for run in _runs(text):
        plain = "".join(text[place] for place in run)
        for at in range(len(plain) - 1):
            pair = plain[at:at + 2]
            for phrase in heads.get(pair, ()):
                yield from _one_off(run, plain, at, phrase, range(2, len(phrase)))
                yield from _one_too_many(run, plain, at, phrase)
            for phrase in tails.get(pair, ()):
                yield from _one_off(run, plain, at + 2 - len(phrase), phrase, range(2))


def _runs(text: str) -> Iterator[list[int]]:
    """The places of Han characters, clause by clause; quotation marks and brackets do not part a phrase."""
    for match in re.finditer(r"[^，。；：！？\n]+", text):
        places = [at for part in HAN.finditer(match[0]) for at in range(match.start() + part.start(),
                                                                       match.start() + part.end())]
        if places:
            yield places


def _one_off(run: list[int], plain: str, at: int, phrase: str, places: range) -> Iterator[Edit]:
    """The phrase with one character wrong, at one of `places` of it."""
    seen = plain[at:at + len(phrase)] if at >= 0 else ""
    if len(seen) == len(phrase) and seen != phrase:
        off = next(place for place, (one, other) in enumerate(zip(seen, phrase, strict=True)) if one != other)
        if off in places and seen[off + 1:] == phrase[off + 1:] and _slip(seen, off, phrase):
            yield _suggestion(run[at + off], phrase, off, seen)


def _slip(seen: str, off: int, phrase: str) -> bool:
    """A lost character; or one repeated from its neighbour, or with the reading of the right one."""
    if seen[off] == LOST:
        return True
    if LOST in seen:
        return False
    same = lazy_pinyin(seen[off]) == lazy_pinyin(phrase[off])
    return same or seen[off] in (seen[off - 1:off], seen[off + 1:off + 2])


def _suggestion(place: int, phrase: str, off: int, seen: str) -> Edit:
    lost = seen[off] == LOST
    why = (f"“{phrase}”是固定说法，丢的字像是“{phrase[off]}”" if lost else f"“{seen}”像是“{phrase}”写错了一个字")
    return Edit(place, place + 1, phrase[off], Kind.encoding if lost else Kind.spelling, 0.9 if lost else 0.8, why)


def _one_too_many(run: list[int], plain: str, at: int, phrase: str) -> Iterator[Edit]:
    """An office's name with a character or two too many inside."""
    if len(phrase) < SHORTEST_OFFICE or phrase[-1] not in OFFICES or plain.startswith(phrase, at):
        return
    for extra in range(1, LONGEST_INSERTION + 1):
        seen = plain[at:at + len(phrase) + extra]
        cut = next((place for place, (one, other) in enumerate(zip(seen, phrase, strict=False)) if one != other), 0)
        if cut >= 3 and len(phrase) - cut >= 2 and seen[cut + extra:] == phrase[cut:]:
            yield Edit(run[at + cut], run[at + cut + extra - 1] + 1, "", Kind.spelling, 0.8,
                       f"“{seen}”像是“{phrase}”多写了“{seen[cut:cut + extra]}”")
            return


def _domains(text: str) -> Iterator[Edit]:
    for match in DOMAIN.finditer(text):
        near = [name for name in _provinces() if name != match[1] and _one_letter_apart(match[1], name)]
        if match[1] not in _provinces() and len(near) == 1:
            yield Edit(*match.span(), near[0], Kind.spelling, 0.85,
                       f"网址里的“{match[1]}”像是“{_provinces()[near[0]]}”的拼音写错了一个字母")
    for match in STOP.finditer(text):
        yield Edit(*match.span(), "。", Kind.spelling, 0.8, "邮箱、网址后面像是句号")


def _one_letter_apart(word: str, other: str) -> bool:
    """Whether one inserted, lost or changed letter makes the one of the other."""
    if abs(len(word) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    return (word[start:] == other[start + 1:] or word[start + 1:] == other[start:]
            or word[start + 1:] == other[start + 1:])


def _other_city(text: str) -> Iterator[Note]:
    counts = _count(text, _cities())
    own = max(counts, key=lambda name: (counts[name], name), default="")
    if counts[own] < AT_LEAST:
        return
    for name, count in counts.items():
        if name != own and count == 1 and _cities()[name] == _cities()[own]:
            place = text.index(name)
            yield Note(Kind.spelling, place, place + len(name),
                       f"全文说的是{own}（{counts[own]} 处），只有这里写{name}，像是从别处抄来的")


def _count(text: str, names: Iterable[str]) -> Counter:
    pairs = Counter(text[at:at + 2] for at in range(len(text) - 1))
    return Counter({name: pairs[name] if len(name) == 2 else text.count(name) for name in names
                    if pairs[name[:2]] and name in text})
