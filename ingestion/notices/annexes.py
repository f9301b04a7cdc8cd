"""The annexes a notice names, and whether their text came with it."""

import re

from ingestion.notices.letterhead import ANNEX_LIST, AnnexText, Letter
from ingestion.notices.notice import Annex
from ingestion.notices.numbering import marker_of
from ingestion.notices.passages import Passage

BETWEEN = re.compile(r"[；;]?\s?(?=\d{1,2}[、.．](?!\d))")
ALIKE = 0.6
"""Share of character pairs that two writings of one title have in common."""


def annexes(letter: Letter) -> tuple[Annex, ...]:
    """The list under the text; without one, the annexes that came, by their first line."""
    named = named_annexes(letter)
    if not named:
        return tuple(Annex(text.passages[0].said(), text.passages[0].value(True))
                     for text in letter.annexes if text.passages)
    return tuple(Annex(name.said(), name.value(annex_text(letter, number, name, len(named)) is not None))
                 for number, name in named)


def named_annexes(letter: Letter) -> list[tuple[int | None, Passage]]:
    """Number and name of every annex in the list, in its order."""
    found: list[tuple[int | None, Passage]] = []
    for passage in letter.listed:
        head = ANNEX_LIST.match(passage.text)
        rest = passage.part(head.end()) if head else passage
        for item in _items(rest):
            marker = marker_of(item.text)
            name = item.part(marker.length if marker else 0)
            ended = name.text.rstrip("。；;，")
            if ended:
                number = int(head["number"]) if head and head["number"] else None
                found.append((marker.number if marker else number, name.part(0, len(ended))))
    return found


def annex_text(letter: Letter, number: int | None, name: Passage, of: int) -> AnnexText | None:
    """The annex of that number or of that title, if its text came."""
    for text in letter.annexes:
        if number is not None and text.number == number or of == 1 and len(letter.annexes) == 1:
            return text
    return next((text for text in letter.annexes if alike(text.head, name.text) >= ALIKE), None)


def alike(left: str, right: str) -> float:
    """Dice's coefficient over pairs of characters, 0 to 1."""
    one, other = ({text[at:at + 2] for at in range(len(text) - 1)} for text in (left, right))
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _items(passage: Passage) -> list[Passage]:
    cuts = [0, *(match.end() for match in BETWEEN.finditer(passage.text) if match.start()), len(passage.text)]
    return [part for low, high in zip(cuts, cuts[1:], strict=False) if (part := passage.part(low, high)).text]
