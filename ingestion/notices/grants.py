"""Money for projects: a column of sums in the table of tracks, 项目经费：20万元/个."""

import re

from ingestion.notices.cards import MONEY
from ingestion.notices.grades import GRADE, HONOUR, paid_with
from ingestion.notices.money import Amount, amounts
from ingestion.notices.notice import SILENT, Award
from ingestion.notices.numbering import NUMERAL, numeral
from ingestion.notices.passages import Passage, sentences
from ingestion.notices.reading import Reading

FUNDED = re.compile(r"(?:项目)?(?:经费|资助(?:金额|额度)?|支持经费)[：:为]?\s?(?=[\d])")
EACH_FUNDED = re.compile(r"(?:单个|每个|每项|每一)(?:项目|课题|榜单|任务)?(?:给予|的)?(?P<name>资助|补助|补贴|支持|奖补)(?:金额|额度|资金|经费)?"
                         r"(?=(?:总额)?(?:最高)?(?:不超过|为|：)?\s?\d)")
"""单个项目资助最高不超过200万元: money that each project gets, a group's own where it is named."""
GIVEN = re.compile(r"给予[^。；]{0,40}?\d(?:万?元)(?:的)?(?:一次性)?(?P<name>奖励|资助|补助|补贴|支持|奖补)")
PER_PROJECT = re.compile(rf"(?:遴选|择优(?:遴选|支持|选出)?|支持|选取)(?P<count>\d{{1,3}}|{NUMERAL}{{1,3}})\s?(?:个|项|家)")
CLASS = re.compile("[\u4e00-\u9fff“”A-Z]{1,14}(?:类|档|级)(?:项目)?")
FUNDING = re.compile("支持|资助|补助|经费|奖补")
AT_MOST_PROJECTS = re.compile(rf"(?:不超过|至多|共|限|立项)\s?(?P<count>\d{{1,3}}|{NUMERAL}{{1,3}})\s?(?:个|项)")
MONEY_COLUMN = re.compile(r"编号 .* (?P<name>[\u4e00-\u9fff]{0,4}(?:金|经费|额度?|奖励))(?= |$|[（(])")


def tabled(reading: Reading) -> list[Award]:
    """A column of money in the table of tracks: each row's sum, under the column's own name."""
    for passages in [reading.letter.body, *(annex.passages for annex in reading.letter.annexes)]:
        head = next((at for at, one in enumerate(passages) if MONEY_COLUMN.search(one.text)), None)
        rows = [] if head is None else [(group, one) for group in reading.groups for one in passages[head + 1:]
                                        if re.search(rf"[A-Z]+-?\d+\s?{re.escape(group)}", one.text) and amounts(one)]
        if head is not None and len(rows) > 1:
            column = MONEY_COLUMN.search(passages[head].text)
            assert column is not None, "the head was found by it"
            name = passages[head].value(column["name"], *column.span("name"))
            return [paid_with(Award(one.value(group), name, SILENT, SILENT, SILENT), one, amounts(one)[-1])
                    for group, one in rows]
    return []


def carded(reading: Reading) -> list[Award]:
    """What the card of a group says is paid, under its label (揭榜金额：不超过180万元)."""
    found = []
    for card in reading.cards:
        for line in card.lines:
            if (match := MONEY.search(line.text)) and len(sums := amounts(line)) == 1:
                name = line.value(match["name"], *match.span("name"))
                found.append(paid_with(Award(card.name.said(), name, SILENT, SILENT, SILENT), line, sums[0]))
    return found


def funded(reading: Reading) -> list[Award]:
    """项目经费：20万元/个, with the number of projects where the notice says it."""
    places = next((sentence.value(numeral(match["count"]), match.start("count"), match.end("count"))
                   for _, sentence in reading.sentences() if (match := PER_PROJECT.search(sentence.text))), SILENT)
    for _, sentence in reading.sentences():
        if (match := FUNDED.match(sentence.text)) and (sums := amounts(sentence)):
            name = sentence.value(sentence.text[:match.end()].rstrip("：:为 "), 0, len(match.group().rstrip("：:为 ")))
            track = next((sentence.value(group) for group in reading.groups if len(reading.groups) == 1), SILENT)
            return [paid_with(Award(track, name, places, SILENT, SILENT), sentence, sums[0])]
    if classes := _classes(reading):
        return classes
    return [_each(reading, sentence, match, sums[0]) for _, sentence in reading.sentences()
            if (match := EACH_FUNDED.search(sentence.text) or GIVEN.search(sentence.text))
            and len(sums := amounts(sentence)) == 1 and not re.search(f"{HONOUR}|{GRADE}|第[一二三]名", sentence.text)]


def _classes(reading: Reading) -> list[Award]:
    """重大攻关类：每项支持800万元至1500万元，全省不超过3项: money for each project of a class, two classes at least."""
    found = []
    for section in reading.sections:
        if section.title and CLASS.fullmatch(section.name) and section.body and FUNDING.search(section.above):
            first = sentences(section.body[0])[0]
            sums, count = amounts(first), AT_MOST_PROJECTS.search(first.text)
            if len(sums) == 1:
                places = first.value(numeral(count["count"]), *count.span("count")) if count else SILENT
                found.append(paid_with(Award(SILENT, section.title.said(), places, SILENT, SILENT), first, sums[0]))
    return found if len(found) > 1 else []


def _each(reading: Reading, sentence: Passage, match: re.Match[str], amount: Amount) -> Award:
    track = reading.track_in(sentence) or SILENT
    name = sentence.value(match["name"], *match.span("name"))
    return paid_with(Award(track, name, SILENT, SILENT, SILENT), sentence, amount)
