"""Tables that were flattened into lines: a head of column names, then rows of as many cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.notices.passages import Passage

HEAD = re.compile(
    r"序号|编号|.{0,4}(?:指标|对象|主体|名称|方向|领域|项目|内容|要素|标准|分值|权重|占比|比重|分数|满分|说明|阶段|环节|步骤|"
    r"时间|日期|安排|事项|赛项|组别|赛道|类别|奖项|工种|职业)(?:名称|设置)?|.{0,4}(?:"
    r"等级|等次|奖级|名次|数量|名额|个数|备注|方式|要求|地点|单位|要点)|.{0,4}(?:奖金|奖励|金额|标准)(?:（.{1,8}）)?|[特一二三四]等奖|[金银铜]奖|优[秀胜]奖|"
    r"(?:分值|权重|占比)（.{1,4}）")
COUNTED = re.compile(r"分值|权重|占比|比重|满分|分数|数量|名额|个数|奖金|金额")
NUMBER = re.compile(r"\d[\d,.]*\s?(?:[名个项家支件人队组分%％]|万?元|万)?(?:/.)?|[一二三四五六七八九十]{1,3}[名个项家支件人队组]|若干.?|[-—/]")
CELL_AT_MOST = 60
TIED_BEFORE, TIED_AFTER = "年月日名个项家支件队组万元人分%％至—~-", "年月至—~-"


@dataclass(frozen=True)
class Table:
    """`rows` have a cell for each of `head`, None where a row leaves it out. `caption`: the short line above it."""

    head: list[Passage]
    rows: list[list[Passage | None]]
    caption: Passage | None

    def column(self, pattern: str, without: str = "$^") -> int | None:
        """The first column whose name matches and does not match `without`."""
        return next((at for at, one in enumerate(self.head)
                     if re.search(pattern, one.text) and not re.search(without, one.text)), None)


def take_tables(body: list[Passage]) -> tuple[list[Passage], list[Table]]:
    """The passages outside tables, and the tables."""
    rest: list[Passage] = []
    tables: list[Table] = []
    at = 0
    while at < len(body):
        head = cells(body[at])
        rows = list(_rows(head, body[at + 1:])) if _is_head(head) else []
        if not rows:
            rest.append(body[at])
            at += 1
            continue
        caption = rest[-1] if rest and len(rest[-1].text) <= 24 and not re.search("[。；]", rest[-1].text) else None
        tables.append(Table(head, _filled(rows), caption))
        at += 1 + len(rows)
    return rest, tables


def cells(line: Passage) -> list[Passage]:
    """The parts of a line between the blanks, tabs or bars it was printed with; a number keeps its measure word."""
    text, edges = line.text, [0]
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        if after in "|｜" or before in "|｜ " or line.at[place] - line.at[place - 1] > 1 and not _tied(before, after):
            edges.append(place)
    parts = [line.part(low, high) for low, high in zip(edges, [*edges[1:], len(text)], strict=True)]
    return [part for part in parts if part.text.strip("|｜ ")]


def _tied(before: str, after: str) -> bool:
    """Whether typesetting put a blank between a number and its measure word (3 至 5 人)."""
    return before.isdigit() and after in TIED_BEFORE or after.isdigit() and before in TIED_AFTER


def _is_head(head: list[Passage]) -> bool:
    return len(head) > 1 and all(len(one.text) <= 14 for one in head) \
        and sum(bool(HEAD.fullmatch(one.text)) for one in head) >= max(2, len(head) - 1)


def _rows(head: list[Passage], passages: list[Passage]) -> Iterator[list[Passage | None]]:
    """Rows up to the first line that is none."""
    for line in passages:
        row = cells(line)
        if len(row) < 2 or any(len(one.text) > CELL_AT_MOST for one in row):
            return
        fitted = _fitted(head, row)
        if fitted is None:
            return
        yield fitted


def _fitted(head: list[Passage], row: list[Passage]) -> list[Passage | None] | None:
    """The row under its columns: whole, without its first cell (merged with the one above) or without its last."""
    padded: list[list[Passage | None]] = []
    if len(row) == len(head):
        padded = [[*row]]
    elif len(row) == len(head) - 1:
        padded = [[None, *row], [*row, None]]
    fitting = [one for one in padded if all(
        cell is None or bool(NUMBER.fullmatch(cell.text)) or not COUNTED.search(name.text)
        for name, cell in zip(head, one, strict=True))]
    return fitting[0] if len(fitting) == 1 else None


def _filled(rows: list[list[Passage | None]]) -> list[list[Passage | None]]:
    """A first cell that was merged over several rows stands in each of them."""
    first: Passage | None = None
    out = []
    for row in rows:
        first = row[0] or first
        out.append([first, *row[1:]])
    return out
