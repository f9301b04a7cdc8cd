"""A text without what people vary as they write it (width, case, spaces, marks), each character knowing its place."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

CLAUSE_ENDS = frozenset("，。；：、！？,;:!?\n")
"""Between two of these stand words of different clauses: no name goes across."""


@dataclass(frozen=True)
class Folded:
    """`text` keeps letters, digits and characters of `original`; text[i] stands at original[places[i]]."""

    original: str
    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of the folded text as [start, end) of the original."""
        return self.places[start], self.places[end - 1] + 1

    def find(self, words: str) -> Iterator[tuple[int, int]]:
        """Where `words`, folded alike, stand in the original as words of their own, within one clause."""
        wanted = folded(words).text
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            start, end = self.span(at, at + len(wanted))
            if self._whole(start, end):
                yield start, end
            at = self.text.find(wanted, at + 1)

    def _whole(self, start: int, end: int) -> bool:
        cut = (start > 0 and _latin(self.original[start - 1]) and _latin(self.original[start])
               or end < len(self.original) and _latin(self.original[end]) and _latin(self.original[end - 1]))
        return not cut and CLAUSE_ENDS.isdisjoint(self.original[start:end])


def folded(text: str) -> Folded:
    kept = [(char, place) for place, raw in enumerate(text)
            for char in unicodedata.normalize("NFKC", raw).casefold() if char.isalnum()]
    return Folded(text, "".join(char for char, _ in kept), tuple(place for _, place in kept))


def narrow(text: str) -> str:
    """`text` with full-width characters made narrow, one for one: places stay."""
    return text.translate(_NARROW)


class _Narrow(dict[int, str]):
    """Character → its narrow form, found once: a sheet asks for the same few thousand a million times."""

    def __missing__(self, code: int) -> str:
        narrowed = unicodedata.normalize("NFKC", chr(code))
        self[code] = narrowed if len(narrowed) == 1 else chr(code)
        return self[code]


_NARROW = _Narrow()


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
