"""What tables say: weights, steps with their days, prizes with their money."""

import re
from decimal import Decimal

from ingestion.notices.dates import Span, spans
from ingestion.notices.grades import paid_with
from ingestion.notices.money import Amount, amounts
from ingestion.notices.notice import SILENT, Award, Indicator, Value
from ingestion.notices.numbering import numeral
from ingestion.notices.outline import Section
from ingestion.notices.passages import Passage
from ingestion.notices.reading import Reading
from ingestion.notices.tables import Table

WEIGHTS, JUDGED = r"^(?:分值|权重|占比|比重|满分|配分|分数|标准分)", "指标|项目|内容|要素|要点|维度|评审|评分"
DESCRIBES = re.compile("内容|标准|说明|要求|细则|依据|要点")
"""Columns that say how an indicator is judged, where another column names it."""
WEIGHT = re.compile(r"(?P<number>\d{1,3}(?:\.\d+)?)\s?(?P<unit>分|[%％])?")
STEPS, DAYS = "阶段|环节|步骤|流程|事项|项目|内容", "时间|日期|日程"
PRIZES, PLACES, MONEY = "奖项|奖级|等级|等次|名次|奖别", "数量|名额|个数|设奖", "奖金|金额|奖励|标准"
GROUPS = "组别|赛道|赛项|类别|板块|单元|项目"
GRADE = re.compile(r"[特一二三四]等奖|[金银铜]奖|优[秀胜]奖|入围奖|鼓励奖|[\u4e00-\u9fff]{2,6}奖")
COUNT = re.compile(r"(?P<count>\d{1,4}|[一二三四五六七八九十]{1,3})\s?(?:[名个项家支篇件队组人](?!\w)|$|(?=[名个项家支篇件队组人]))")
UNIT = re.compile(r"(?P<unit>百?万元|千元|元)")
BARE = re.compile(r"\d[\d,]*(?:\.\d+)?")
YUAN = {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000}


def weights(reading: Reading) -> list[Indicator]:
    """The rows of tables with a column of weights, where a table's weights add up to the whole."""
    found: list[Indicator] = []
    for section, table in reading.tables(annexes="评分|评审|指标|评价"):
        rows = list(_weighed(reading, section, table))
        by_track: dict[str | None, Decimal] = {}
        for one in rows:
            by_track[one.track.value] = by_track.get(one.track.value, Decimal(0)) + (one.weight.value or 0)
        if rows and all(total == 1 for total in by_track.values()):
            found += rows
    return found


def _weighed(reading: Reading, section: Section, table: Table) -> list[Indicator]:
    weight, found = table.column(WEIGHTS, "方式|说明"), []
    named = [at for at in range(weight or 0) if re.search(JUDGED, table.head[at].text)]
    if weight is None or not named:
        return []
    named = [at for at in named if not DESCRIBES.search(table.head[at].text)] or named
    for row in table.rows:
        name, cell = row[named[-1]], row[weight]
        match = WEIGHT.fullmatch(cell.text) if cell else None
        if name and cell and match and not re.fullmatch("(?:合计|总分|总计|小计|满分).*", name.text):
            number = Decimal(match["number"])
            share = number if match["unit"] is None and number < 1 else number / 100
            found.append(Indicator(_track(reading, section, table, row), name.said(), cell.value(share)))
    return found


def _track(reading: Reading, section: Section, table: Table, row: list[Passage | None]) -> Value[str]:
    """The group in the row's own column, in the line above the table, in the heading."""
    column = table.column(GROUPS)
    places = [row[column] if column is not None else None, table.caption, section.title]
    for place in places:
        if place and (track := reading.track_in(place)):
            return track
    return SILENT


def steps(reading: Reading) -> list[tuple[Passage, Passage, Span | None]]:
    """Name, the cell of the days, and the days, of each row of a table of steps."""
    found = []
    for _, table in reading.tables():
        days, name = table.column(DAYS), table.column(STEPS)
        if days is None or name is None or name == days:
            continue
        for row in table.rows:
            step, cell = row[name], row[days]
            if step and cell:
                found.append((step, cell, next(iter(spans(cell, reading.year)), None)))
    return found


def prizes(reading: Reading) -> list[Award]:
    """A prize a row (赛项 奖项 数量 奖金), or a group a row and a grade a column (类别 一等奖 二等奖)."""
    found: list[Award] = []
    for section, table in reading.tables():
        grades = [at for at, one in enumerate(table.head) if GRADE.fullmatch(one.text)]
        if len(grades) > 1:
            found += [award for row in table.rows for at in grades
                      for award in _cell(reading, section, table, row, table.head[at], row[at])]
        elif (named := table.column(PRIZES)) is not None:
            found += [award for row in table.rows for award in _row(reading, section, table, row, named)]
    return found


def _cell(reading: Reading, section: Section, table: Table, row: list[Passage | None],
          grade: Passage, cell: Passage | None) -> list[Award]:
    if cell is None or re.fullmatch(r"[-—/0]", cell.text):
        return []
    award = Award(_track(reading, section, table, row), grade.said(), _count(cell), SILENT, SILENT)
    return [_with_money(award, cell, None)]


def _row(reading: Reading, section: Section, table: Table, row: list[Passage | None], named: int) -> list[Award]:
    name, places, money = row[named], table.column(PLACES), table.column(MONEY, PLACES)
    if name is None or not GRADE.fullmatch(name.text):
        return []
    count = row[places] if places is not None else None
    award = Award(_track(reading, section, table, row), name.said(), _count(count) if count else SILENT, SILENT, SILENT)
    cell = row[money] if money is not None and money != named else None
    return [_with_money(award, cell, table.head[money or 0])] if cell else [award]


def _count(cell: Passage) -> Value[int]:
    match = COUNT.match(cell.text)
    return cell.value(numeral(match["count"]), *match.span("count")) if match else SILENT


def _with_money(award: Award, cell: Passage, head: Passage | None) -> Award:
    """The sum of the cell; a bare number is of the unit that the head of its column names, if it names one."""
    if sums := amounts(cell):
        return paid_with(award, cell, sums[0]) if len(sums) == 1 else award
    unit = UNIT.search(head.text) if head else None
    match = BARE.fullmatch(cell.text)
    if unit is None or match is None:
        return award
    sum_ = Decimal(cell.text.replace(",", "")) * YUAN[unit["unit"]]
    return paid_with(award, cell, Amount(sum_, sum_, 0, len(cell.text)))
