"""Groups told as cards: a line that names one (项目一：……, 组别：……) and, under labels, what belongs to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.notices.notice import Value
from ingestion.notices.outline import Section
from ingestion.notices.passages import Passage

NOUN = "项目|榜单|榜题|赛题|课题|命题|题目|任务|需求|专题|单元|板块|方向|类别|赛道|组别|赛项"
ORDINAL = rf"(?:{NOUN})\s?(?:[一二三四五六七八九十]{{1,2}}|\d{{1,2}})\s?[：:、.]?\s?"
LABEL = r"(?:组别|赛道|赛项|类别|(?:项目|榜单|赛题|课题|命题|需求|任务|组别|赛道)名称)[：:]\s?"
CARD = re.compile(rf"(?:\d{{1,2}}[、.．]|（[一二三四五六七八九十\d]{{1,2}}）)?\s?(?:{ORDINAL}|"
                  rf"{LABEL})(?P<name>[^\s：:，。；]{{2,40}})(?=[\s：:，。；（]|$)")
ENTRANTS = re.compile(r"(?:参赛|申报|揭榜|报名|参评|面向|征集)(?:对象|主体|人员|范围|单位要求|方要求)(?:及要求)?[：:]\s?(?P<who>[^。；\s]{2,200})")
MONEY = re.compile(r"(?P<name>(?:揭榜|榜单|悬赏|项目|课题|支持|资助|攻关)(?:金额|榜额|榜金|经费|奖金|资金|预算|额度)|榜额|榜金|悬赏金?|奖励金额)[：:]\s?"
                   r"(?=(?:人民币|不超过|最高|不低于|约|总?计)*\s?[\d一二三四五六七八九十])")
POSED = re.compile("(?:发榜|出题|命题|需求)(?:单位|企业|方)")
MOST_LINES = 12
"""How many lines a card may have."""


@dataclass(frozen=True)
class Card:
    name: Passage
    lines: list[Passage]
    """The rest of its own line, then the lines up to the next card."""


def cards(sections: list[Section]) -> list[Card]:
    """The cards of the first section with two at least that say who enters, what is paid or who poses the problem."""
    for section in sections:
        if section.children and len(list(_cards(section.passages_own() + section.children[0].passages()))) > 1:
            continue  # its subsection has them all
        for passages in (section.body, section.passages() if section.children else []):
            found = list(_cards(passages))
            if len(found) > 1 and len({one.name.text for one in found}) == len(found) \
                    and 2 * sum(map(_tells, found)) > len(found):
                return found
    return []


def _cards(passages: list[Passage]) -> Iterator[Card]:
    heads = [(at, match) for at, one in enumerate(passages) if (match := CARD.match(one.text))]
    ends = [*(at for at, _ in heads[1:]), len(passages)]
    for (at, match), end in zip(heads, ends, strict=False):
        rest = passages[at].part(match.end())
        lines = [*([rest] if rest.text else []), *passages[at + 1:end]]
        yield Card(passages[at].part(*match.span("name")), lines[:MOST_LINES])


def _tells(card: Card) -> bool:
    return any(ENTRANTS.search(one.text) or MONEY.search(one.text) or POSED.match(one.text) for one in card.lines)


def entrants_of(found: list[Card], group: str) -> Value[str] | None:
    """Who enters the group by its card."""
    for line in (line for card in found if card.name.text == group for line in card.lines):
        if match := ENTRANTS.search(line.text):
            return line.value(match["who"], *match.span("who"))
    return None
