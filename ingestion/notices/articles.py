"""Where in a notice a place stands, as people cite it: 三（一）, 第八条（二）, 落款, 附件."""

import bisect
from collections.abc import Callable

from ingestion.notices.reader import opened_reading
from ingestion.notices.reading import Reading


def articles(text: str) -> Callable[[int], str]:
    """A function from a place in the original text to the article it belongs to."""
    marks = sorted(_marks(opened_reading(text)))
    starts = [start for start, _ in marks]

    def article(place: int) -> str:
        at = bisect.bisect_right(starts, place) - 1
        return marks[at][1] if at >= 0 else "标题"

    return article


def _marks(reading: Reading) -> list[tuple[int, str]]:
    letter = reading.letter
    marks = [(section.passages_own()[0].source().start, section.path)
             for section in reading.sections if section.path and section.passages_own()]
    marks += [(one.source().start, "开头") for one in [*letter.body[:1]] if not any(start == one.source().start
                                                                                  for start, _ in marks)]
    marks += [(one.source().start, "主送") for one in [letter.addressed] if one]
    marks += [(one.source().start, "附件") for one in letter.listed[:1]]
    marks += [(one.source().start, "落款") for one in [*letter.signature[:1], letter.date] if one]
    marks += [(text.passages[0].source().start, f"附件{text.number or ''}") for text in letter.annexes if text.passages]
    return marks
