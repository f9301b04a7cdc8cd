"""A repair as the page shows it: paragraph by paragraph, the original and the clean text with their changes marked."""

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ingestion.repair.repaired import LOST, Change, Kind, Note, Repaired, Span

KINDS = {
    Kind.encoding: _l("编码错位"), Kind.private_use: _l("私用字符"), Kind.invisible: _l("看不见的字符"), Kind.gloss: _l("混入的拼音"),
    Kind.traditional: _l("繁体字"), Kind.width: _l("全角半角"), Kind.line: _l("断行"), Kind.page: _l("页码"),
    Kind.space: _l("空格"), Kind.date: _l("日期"), Kind.bracket: _l("括号引号"), Kind.debris: _l("网页残留"),
    Kind.numbering: _l("编号"), Kind.spelling: _l("疑似错字"),
}
ROUTINE = frozenset({Kind.line, Kind.space, Kind.gloss, Kind.traditional, Kind.width, Kind.invisible})
SHOWN = 3
"""Changes of one kind and reason that a paragraph quotes before it only counts."""
QUOTED = 24
CANDIDATES = 12


@dataclass(frozen=True)
class Stretch:
    """A piece of text; `why` is empty where nothing was done to it. `lost`: something is gone here."""

    text: str
    why: str = ""
    lost: bool = False


@dataclass(frozen=True)
class Group:
    """Changes of one paragraph that are alike. `numbers`: theirs, as the form sends them back."""

    kind: Kind
    why: str
    numbers: str
    count: int
    examples: list[tuple[str, str]]
    confidence: float


@dataclass
class Row:
    """One paragraph of the clean text and the stretch of the original that it came from."""

    before: list[Stretch]
    after: list[Stretch]
    groups: list[Group]
    suggestions: list[tuple[int, Change]] = field(default_factory=list)
    lost: list[Span] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        """Whether something here is lost, suggested or odd: a person should look."""
        return bool(self.suggestions or self.lost or self.notes)

    @property
    def open(self) -> bool:
        """Whether a change here is more than the kinds that come by the hundred."""
        return any(group.kind not in ROUTINE for group in self.groups)


def rows(repaired: Repaired) -> list[Row]:
    """Every paragraph, in order; what lay between two belongs to the second, what follows the last to the last."""
    spans = list(_paragraphs(repaired))
    if not spans:
        return []
    ends = [*(end for _clean, end in spans[:-1]), len(repaired.original) + 1]
    cuts = [0, *(_cut(repaired.changes, end) for end in ends)]
    numbered = list(enumerate(repaired.changes))
    found = [_row(repaired, clean, start, min(end, len(repaired.original)), numbered[first:last])
             for (clean, _end), start, end, first, last in zip(spans, [0, *ends], ends, cuts, cuts[1:], strict=False)]
    for number, suggestion in enumerate(repaired.suggestions):
        found[bisect.bisect_right(ends, suggestion.start)].suggestions.append((number, suggestion))
    for span in repaired.lost:
        found[bisect.bisect_right(ends, span.start)].lost.append(span)
    for note in repaired.notes:
        found[bisect.bisect_right(ends, note.start)].notes.append(note)
    return found


def _paragraphs(repaired: Repaired) -> Iterator[tuple[tuple[int, int], int]]:
    """The clean text's paragraphs, each with the end of what it came from in the original."""
    at = 0
    for line in repaired.text.split("\n"):
        if line.strip():
            yield (at, at + len(line)), _end(repaired, repaired.origin(at, at + len(line))[1])
        at += len(line) + 1


def _end(repaired: Repaired, end: int) -> int:
    """The end of a paragraph's stretch of the original, with what was taken out right behind it on its line."""
    for change in repaired.changes[_cut(repaired.changes, end):]:
        if change.start != end or change.after or "\n" in change.before:
            break
        end = change.end
    return end


def _cut(changes: tuple[Change, ...], end: int) -> int:
    """How many changes lie before `end`, with those that only add something there."""
    cut = bisect.bisect_left(changes, end, key=lambda change: change.start)
    while cut < len(changes) and changes[cut].start == changes[cut].end == end:
        cut += 1
    return cut


def _row(repaired: Repaired, clean: tuple[int, int], start: int, end: int, numbered: list[tuple[int, Change]]) -> Row:
    changes = [change for _number, change in numbered]
    return Row(_before(repaired, changes, start, end), _after(repaired, clean, numbered), _groups(numbered))


def _before(repaired: Repaired, changes: list[Change], start: int, end: int) -> list[Stretch]:
    stretches, at = [], start
    for change in changes:
        stretches.append(Stretch(repaired.original[at:change.start]))
        stretches.append(Stretch(visible(change.before), told(change), LOST in change.after))
        at = max(at, change.end)
    stretches.append(Stretch(repaired.original[at:max(at, end)]))
    return _trimmed(stretches)


def _after(repaired: Repaired, clean: tuple[int, int], numbered: list[tuple[int, Change]]) -> list[Stretch]:
    stretches, at = [], clean[0]
    for number, change in numbered:
        start, end = repaired.written(number)
        if clean[0] <= start and end <= clean[1] and change.after.strip():
            stretches += [Stretch(repaired.text[at:start]), Stretch(change.after, told(change), LOST in change.after)]
            at = end
    stretches.append(Stretch(repaired.text[at:clean[1]]))
    return _trimmed(stretches)


def _trimmed(stretches: Iterable[Stretch]) -> list[Stretch]:
    kept = [one for one in stretches if one.text.strip("\n")]
    return [replace(kept[0], text=kept[0].text.lstrip("\n")), *kept[1:]] if kept else []


def _groups(numbered: list[tuple[int, Change]]) -> list[Group]:
    alike: dict[tuple[Kind, str], list[tuple[int, Change]]] = {}
    for number, change in numbered:
        why = "" if change.kind is Kind.gloss else change.why
        alike.setdefault((change.kind, why), []).append((number, change))
    return [Group(kind, why, ",".join(str(number) for number, _change in same), len(same),
                  [(_short(change.before), _short(change.after)) for _number, change in same[:SHOWN]],
                  min(change.confidence for _number, change in same)) for (kind, why), same in alike.items()]


def counts(repaired: Repaired) -> list[tuple[Kind, int]]:
    """How many changes of each kind, most first."""
    found: dict[Kind, int] = {}
    for change in repaired.changes:
        found[change.kind] = found.get(change.kind, 0) + 1
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def told(change: Change) -> str:
    return _("%(kind)s：%(why)s（把握 %(sure)s）", kind=KINDS[change.kind], why=change.why, sure=change.confidence)


def visible(text: str) -> str:
    """Line breaks and lone blanks as signs that can be seen."""
    return text.replace("\n", "⏎") if text.strip() else text.replace("\n", "⏎").replace(" ", "␣").replace("\u00a0", "␣")


def _short(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= QUOTED else f"{shown[:QUOTED]}…"
