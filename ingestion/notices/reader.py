"""From the text of a notice to what it says."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterator

from ingestion.notices.annexes import annexes
from ingestion.notices.awards import awards
from ingestion.notices.contacts import contacts
from ingestion.notices.contradictions import contradictions
from ingestion.notices.dates import day_of
from ingestion.notices.deadlines import deadlines
from ingestion.notices.eligibility import eligibility
from ingestion.notices.indicators import indicators
from ingestion.notices.letterhead import NUMBER, REGISTERED, AnnexText, Letter, normal_number, take_apart
from ingestion.notices.materials import materials
from ingestion.notices.notice import SILENT, Notice, Source, Value
from ingestion.notices.outline import Section, outline
from ingestion.notices.passages import Passage, passages, split
from ingestion.notices.phases import phases
from ingestion.notices.quotas import quotas
from ingestion.notices.reading import Reading
from ingestion.notices.silences import silences
from ingestion.notices.tracks import tracks
from ingestion.repair.passes import repair
from ingestion.repair.repaired import Repaired
from models.errors import Invalid

BETWEEN_ADDRESSEES = re.compile("[，；]|(?<!各[市县区省旗州盟镇乡])、")
LONGEST = 100_000
"""Characters. The longest of the founding notices has 6,000; a book is no notice."""
MOST_LINES = 5_000
"""That are not blank. The longest of the notices at hand has fewer than 250."""


def read(text: str) -> Notice:
    """The notice in `text`. Raises Invalid for a text that is none: empty, too long, not Chinese."""
    _refuse(text)
    repaired = repair(text)
    reading = _reading(repaired)
    notice = _letterhead(reading.letter)
    if not (notice.title.value or notice.document_number.value or notice.issuers):
        raise Invalid("这不像一份通知：找不到标题、文号和落款。请核对是不是拿错了文件", field="text")
    notice = dataclasses.replace(notice, tracks=tracks(reading))
    reading.groups = tuple(track.name.value for track in notice.tracks if track.name.value)
    reading.letters = {track.code.value: track.name.value for track in notice.tracks
                       if track.name.value and track.code.value and len(track.code.value) == 1}
    notice = dataclasses.replace(notice, phases=phases(reading))
    reading.stages = tuple(phase.name.value for phase in notice.phases if phase.name.value)
    notice = dataclasses.replace(
        notice, eligibility=eligibility(reading), indicators=indicators(reading),
        materials=materials(reading), quotas=quotas(reading), awards=awards(reading),
        deadlines=deadlines(reading, notice.phases), annexes=annexes(reading.letter), contacts=contacts(reading))
    warnings = (*contradictions(notice, reading), *_another(repaired, notice), *_lost(repaired))
    return dataclasses.replace(notice, missing=silences(notice, repaired.text), warnings=warnings,
                               repairs=_repairs(repaired))


def _repairs(repaired: Repaired) -> tuple[Value[str], ...]:
    """Every change of the text, and what looks odd and was left alone, in their order."""
    found = [(one.start, one.end, f"{one.before}→{one.after}（{one.why}）") for one in repaired.changes]
    found += [(one.start, one.end, f"未改动：{one.why}") for one in repaired.notes]
    found += [(one.start, one.end, f"读不出：{one.why}") for one in repaired.lost]
    return tuple(Value(said, Source(start, end, repaired.original[start:end])) for start, end, said in sorted(found))


def _another(repaired: Repaired, notice: Notice) -> tuple[Value[str], ...]:
    """A second document's number on a line of its own: two notices in one file."""
    found = [one for one in passages(repaired.text, _origin(repaired)) if NUMBER.fullmatch(one.text)]
    return tuple(one.value(f"文件里像是还有一份通知（{one.text}），只读了第一份。请分开交")
                 for one in found if _number(one).value != notice.document_number.value)


def _lost(repaired: Repaired) -> tuple[Value[str], ...]:
    """What nobody can bring back, in one warning; each place stands among the repairs."""
    if not repaired.lost:
        return ()
    first, reasons = repaired.lost[0], "；".join(one.why for one in repaired.lost)
    quote = repaired.original[first.start:first.end]
    return (Value(f"原文有 {len(repaired.lost)} 处字损坏，读不出：{reasons}", Source(first.start, first.end, quote)),)


def opened_reading(text: str) -> Reading:
    """The notice's parts and sections, for who asks where something stands."""
    return _reading(repair(text))


def _refuse(text: str) -> None:
    if not text.strip():
        raise Invalid("文件是空的，没有可读的文字", field="text")
    if "\x00" in text:
        raise Invalid("文里有零字节，不是文字，或者没有传完整", field="text")
    if len(text) > LONGEST:
        raise Invalid(f"全文 {len(text):,} 字，超过 {LONGEST:,} 字：这不像一份通知。请只留通知本身和它的附件", field="text")
    if (number := sum(bool(line.strip()) for line in text.splitlines())) > MOST_LINES:
        raise Invalid(f"全文 {number:,} 行，超过 {MOST_LINES:,} 行：这不像一份通知。请只留通知本身和它的附件", field="text")
    if len(re.findall(r"[\u4e00-\u9fff]", text)) < 20:
        raise Invalid("几乎没有汉字，读不出通知。请核对文件和编码", field="text")


def _reading(repaired: Repaired) -> Reading:
    letter = take_apart(passages(repaired.text, _origin(repaired)))
    root = outline(letter.body)
    read = letter.enclosed_title.at if letter.enclosed_title else ()  # a plan is in the body already
    root.children += [_annexed(one) for one in letter.annexes if one.judges and one.passages[0].at[0] not in read]
    return Reading(letter, root, _year(letter))


def _annexed(annex: AnnexText) -> Section:
    """The rules of an annex as a section of the notice, under its title."""
    root = outline(annex.passages[1:])
    root.title = annex.passages[0]
    for section in root.walk():
        section.path = f"附件{annex.number or ''}{section.path}"
        section.above = f"{root.name} {section.above}".strip()
    root.above = ""
    return root


def _origin(repaired: Repaired) -> Callable[[int, int], Source]:
    def origin(start: int, end: int) -> Source:
        low, high = repaired.origin(start, end)
        return Source(low, high, repaired.original[low:high])

    return origin


def _year(letter: Letter) -> int | None:
    """The year of the days that name none: the signature's, the number's, the title's."""
    if letter.date and (day := day_of(letter.date.text)):
        return day.year
    for passage in (letter.number, letter.title, *letter.before, *letter.body):
        if passage and (said := re.search(r"(?<!\d)(?:19|20)\d\d(?=[年〕\]）)-])", passage.text)):
            return int(said.group())
    return None


def _letterhead(letter: Letter) -> Notice:
    return Notice(
        title=letter.title.said() if letter.title else SILENT,
        document_number=_number(letter.number), registration_number=_registered(letter.registered),
        issuers=tuple(one.said() for one in letter.signature),
        issued_on=_issued(letter), addressees=tuple(_addressees(letter.addressed)))


def _number(passage: Passage | None) -> Value[str]:
    match = NUMBER.fullmatch(passage.text) if passage else None
    return passage.value(normal_number(match)) if passage and match else SILENT


def _registered(passage: Passage | None) -> Value[str]:
    match = REGISTERED.search(passage.text) if passage else None
    return passage.value(match["number"], *match.span("number")) if passage and match else SILENT


def _issued(letter: Letter) -> Value[dt.date]:
    return letter.date.value(day_of(letter.date.text)) if letter.date else SILENT


def _addressees(passage: Passage | None) -> Iterator[Value[str]]:
    if passage is None:
        return
    for part in split(passage, BETWEEN_ADDRESSEES):
        yield part.said()


