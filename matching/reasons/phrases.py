"""The phrases of two texts that met: common runs of characters, whole terms, words for the same thing."""

import re
from dataclasses import dataclass
from functools import cached_property

from matching.reasons.figures import BODIES, Figure, read_all_figures
from matching.reasons.opposites import other_sides
from matching.reasons.quantities import Mention, read_quantities
from matching.reasons.rarity import head, weight
from matching.stopphrases import GENERIC, STOP_PHRASES, STOP_WORDS, VAGUE
from matching.text import Folded, Word, fold, terms, words
from matching.thesaurus.thesaurus import in_use

_CLAUSE_END = re.compile(r"[，,；;。！？!?\n]|、(?=.{8})")
_NEGATORS = frozenset("避免 杜绝 无需 无须 不需 不得 禁止 没有 不含 不用 不使用 不添加 替代 代替".split())
_EMPTY = (STOP_WORDS | STOP_PHRASES | GENERIC | _NEGATORS) - VAGUE
_STANDARD = re.compile(rf"(?<![A-Za-z])(?P<body>{BODIES})(?:/T)?\s?(?P<number>[A-Z]?\d+(?:\.\d+)?)(?:[-:]\d{{4}})?")
"""A standard's number: GB 38031-2020 and GB38031 are the same one."""

_REPEATED = 8
"""A pair that one passage repeats says nothing new after so many times, and two repeating texts would meet n² times."""


def _belongs(word: Word, figure: Figure) -> bool:
    """Whether a word is part of a figure, or the symbol before it (Ra ≤0.8 μm): that names no thing by itself."""
    symbol = word.text.isascii() and len(word.text) <= 2 and 0 <= figure.start - word.end <= 1
    return symbol or figure.start < word.end and word.start < figure.end


@dataclass(frozen=True)
class Meeting:
    """`asked[a:b]` and `said[c:d]` (folded places) are the same phrase, or say the same thing."""

    asked: tuple[int, int]
    said: tuple[int, int]


class Prepared:
    """One short text made ready for comparison. What it holds is worked out once, when first needed."""

    def __init__(self, text: str):
        self.text = text

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text)

    @cached_property
    def words(self) -> list[Word]:
        """Cut as `text.words` cuts, the number of a standard being one word."""
        return self._with_standards(words(self.folded.text))

    def _with_standards(self, found: list[Word]) -> list[Word]:
        standards = [Word(f"{m['body']}{m['number']}".lower(), m.start(), m.end())
                     for m in _STANDARD.finditer(self.folded.text)]
        plain = [w for w in found if not any(s.start < w.end and w.start < s.end for s in standards)]
        return sorted(plain + standards, key=lambda word: word.start) if standards else plain

    @cached_property
    def keys(self) -> list[Word]:
        """The words that say what it is about: not particles, not figures, not what every posting says."""
        return [w for w in self.words if w.text not in _EMPTY and not any(_belongs(w, f) for f in self.figures)]

    @cached_property
    def heads(self) -> frozenset[str]:
        """What kinds of thing its key words name by their last character."""
        return frozenset(filter(None, (head(word.text) for word in self.keys)))

    @cached_property
    def figures(self) -> list[Figure]:
        """The figures as written."""
        return [figure for figure in self.given if not figure.reckoned]

    @cached_property
    def given(self) -> list[Figure]:
        """The figures as written, and the changes that can be reckoned from them."""
        return read_all_figures(self.folded.text)

    @cached_property
    def groups(self) -> list[tuple[int, int, int]]:
        return in_use().spans(self.folded.text)

    @cached_property
    def quantities(self) -> list[Mention]:
        return read_quantities(self.folded.text)

    @cached_property
    def atoms(self) -> dict[str, list[tuple[int, int]]]:
        """Places of each pair of neighbouring Han characters and each whole Latin term."""
        found: dict[str, list[tuple[int, int]]] = {}
        for key, start, end in self.sequence:
            found.setdefault(key, []).append((start, end))
        return found

    @cached_property
    def sequence(self) -> list[tuple[str, int, int]]:
        text = self.folded.text
        found = [(word.text, word.start, word.end) for word in self._with_standards(terms(text))
                 if word.text[0].isascii()]
        hans = "".join(c if "㐀" <= c <= "鿿" else " " for c in text)
        found += [(hans[i:i + 2], i, i + 2) for i in range(len(hans) - 1) if " " not in hans[i:i + 2]]
        return sorted(found, key=lambda atom: atom[1])

    @cached_property
    def bounds(self) -> tuple[set[int], set[int]]:
        return {w.start for w in self.words}, {w.end for w in self.words}

    def clause(self, at: int) -> tuple[int, int]:
        """The clause (up to the next comma) that holds place `at`."""
        text = self.folded.text
        start = max((m.end() for m in _CLAUSE_END.finditer(text, 0, at)), default=0)
        end = _CLAUSE_END.search(text, at)
        return start, end.start() if end else len(text)


def meet(asked: Prepared, said: Prepared) -> list[Meeting]:
    """The phrases that met, in order of `asked`, none overlapping there. Phrases that say nothing are left out."""
    found = _runs(asked, said) + _same_things(asked, said)
    found.sort(key=lambda m: (m.asked[0] - m.asked[1], m.asked[0], m.said[0]))
    kept: list[Meeting] = []
    for meeting in found:
        if not any(meeting.asked[0] < k.asked[1] and k.asked[0] < meeting.asked[1] for k in kept):
            kept.append(meeting)
    return sorted(kept, key=lambda m: m.asked)


def _runs(asked: Prepared, said: Prepared) -> list[Meeting]:
    if asked.atoms.keys().isdisjoint(said.atoms.keys()):
        return []
    open_runs: dict[tuple[int, int], tuple[int, int]] = {}  # (next place asked, next place said) → where the run began
    finished: list[tuple[int, int, int, int]] = []
    for key, start, end in asked.sequence:
        for place, stop in said.atoms.get(key, ())[:_REPEATED]:
            begun = open_runs.pop((start, place), (start, place))
            open_runs[(start + 1, place + 1)] = begun
            finished.append((*begun, end, stop))
    return [Meeting((a, b), (c, d)) for a, c, b, d in finished if _says_something(asked, said, (a, b), (c, d))]


def _says_something(asked: Prepared, said: Prepared, a: tuple[int, int], s: tuple[int, int]) -> bool:
    """Not a generic word, and not two halves of different words that happen to stand side by side."""
    text = asked.folded.text[a[0]:a[1]].lower()
    if text in _EMPTY or not any(k.start < a[1] and a[0] < k.end for k in asked.keys):
        return False
    if a[1] - a[0] > 2 or text[0].isascii():
        return True
    return any(span[0] in side.bounds[0] and span[1] in side.bounds[1] for side, span in ((asked, a), (said, s)))


def _same_things(asked: Prepared, said: Prepared) -> list[Meeting]:
    places: dict[int, tuple[int, int]] = {}
    for group, start, end in said.groups:
        places.setdefault(group, (start, end))
    found = [Meeting((start, end), places[group]) for group, start, end in asked.groups if group in places]
    found += _kindred(asked, said) + _same_quantities(asked, said)
    return found + [Meeting(o.asked, o.said) for o in other_sides(asked.folded.text, said.folded.text)]


def _kindred(asked: Prepared, said: Prepared) -> list[Meeting]:
    """The last characters of two words for one kind of thing: 钓竿 and 鱼竿 are both 竿."""
    if not any(kind in said.folded.text for kind in asked.heads):  # most texts need not be cut into words at all
        return []
    places = {head(word.text): (word.end - 1, word.end) for word in said.words if head(word.text) in asked.heads}
    return [Meeting((word.end - 1, word.end), places[head(word.text)]) for word in asked.keys
            if head(word.text) in places]


def _same_quantities(asked: Prepared, said: Prepared) -> list[Meeting]:
    places = {mention.kind: (mention.start, mention.end) for mention in said.quantities}
    return [Meeting((m.start, m.end), places[m.kind]) for m in asked.quantities if m.kind in places]


def coverage(asked: Prepared, meetings: list[Meeting], within: tuple[int, int] | None = None) -> float:
    """The share of the key words of `asked` (of its part `within`) that met, 0 … 1, by `rarity.weight`.

    A word met in part counts in part; 0 if nothing but vague words (检测, 系统) met.
    """
    total = met = 0.0
    telling = not any(_telling(word) for word in asked.keys)
    for word in asked.keys:
        if within and not (within[0] <= word.start < within[1]):
            continue
        hit = sum(max(0, min(word.end, m.asked[1]) - max(word.start, m.asked[0])) for m in meetings)
        telling = telling or (hit > 0 and _telling(word))
        total += weight(word.text)
        met += weight(word.text) * min(1.0, hit / (word.end - word.start))
    return met / total if total and telling else 0.0


def _telling(word: Word) -> bool:
    return word.text not in VAGUE
