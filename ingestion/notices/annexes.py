"""The annexes a notice names, and whether their text came with it."""

import re

from ingestion.notices.letterhead import ANNEX_LIST, AnnexText, Letter
from ingestion.notices.notice import Annex
from ingestion.notices.numbering import marker_of
from ingestion.notices.passages import Passage, split

BETWEEN = re.compile(r"[；;]?\s?(?=\d{1,2}[、.．](?!\d))")
REFERRED = re.compile(r"(?:《(?P<quoted>[^《》]{2,40})》|(?:(?<=填写|填报|提交|报送)|(?<=[、和及将]))"
                      r"(?P<plain>[\u4e00-\u9fff]{2,20}(?:表|书|函|清单|方案|模板|名单)))"
                      r"[（(](?:详?见)?附件\s?(?P<number>\d{1,2})?[）)]")
COMMA, PAPER = re.compile("、"), re.compile("(?:表|书|函|清单|名单|方案|办法|细则|说明|回执|模板|简介)[。；]?$")
ALIKE = 0.6
"""Share of character pairs that two writings of one title have in common."""


def annexes(letter: Letter) -> tuple[Annex, ...]:
    """The list under the text; without one, the annexes that came, by their first line."""
    named = named_annexes(letter) or _referred(letter)
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
                said = head and (head["number"] or head["bare"])
                number = int(said) if said else None
                found.append((marker.number if marker else number, name.part(0, len(ended))))
    return found


def _referred(letter: Letter) -> list[tuple[int | None, Passage]]:
    """Annexes that no list names, only the text: 《报名表》（附件1）, 推荐汇总表（见附件2）."""
    found: dict[str, tuple[int | None, Passage]] = {}
    for passage in letter.body:
        for match in REFERRED.finditer(passage.text):
            group = "quoted" if match["quoted"] else "plain"
            name = passage.part(*match.span(group))
            number = int(match["number"]) if match["number"] else None
            found.setdefault(match["number"] or name.text, (number, name))
    return list(found.values())


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
    found = [part for low, high in zip(cuts, cuts[1:], strict=False) if (part := passage.part(low, high)).text]
    several = split(found[0], COMMA) if len(found) == 1 and marker_of(found[0].text) is None else found
    return several if all(PAPER.search(one.text) for one in several) else found
