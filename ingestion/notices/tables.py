"""Tables that were flattened into lines: a head of column names, then rows of as many cells."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingestion.notices.numbering import marker_of
from ingestion.notices.passages import Passage, joined

HEAD = re.compile(
    r"序号|编号|.{0,4}(?:指标|对象|主体|名称|代码|代号|编号|方向|领域|项目|内容|要素|标准|分值|权重|占比|比重|分数|满分|说明|阶段|环节|步骤|"
    r"时间|日期|安排|事项|赛项|组别|赛道|类别|奖项|工种|职业)(?:名称|设置)?|.{0,4}(?:"
    r"等级|等次|奖级|名次|数量|名额|个数|备注|方式|要求|地点|单位|要点)|.{0,4}(?:奖金|奖励|金额|标准)(?:总额|额度)?(?:（.{1,8}）)?|[特一二三四]等奖|[金银铜]奖|优[秀胜]奖|"
    r"(?:分值|权重|占比)（.{1,4}）")
COUNTED = re.compile(r"分值|权重|占比|比重|满分|分数|数量|名额|个数|奖金|金额")
NUMBER = re.compile(r"\d[\d,.]*\s?(?:[名个项家支件人队组分%％]|万?元|万)?(?:/.)?|[一二三四五六七八九十]{1,3}[名个项家支件人队组]|若干.?|[-—/]")
HOLDS_NUMBER = re.compile(r"\d\s?[名个项家支件人组%％]|若干|不限")
CELL_AT_MOST = 60
NUMBERED = re.compile("序号|编号")
RULE = re.compile(r"[|｜][|｜:\s—-]*-[|｜:\s—-]*")
"""The line between head and rows of a table set in bars: |---|---|."""
ENDS = re.compile("[。；：:]$")
UPRIGHT_AT_MOST = 300
"""How many lines a table of one cell a line may have."""
TYPED = ((re.compile("^(?:序号|编号)$"), re.compile(r"^[A-Z]{0,4}-?\d{1,4}$")),
         (re.compile("时间|日期"), re.compile(r"\d|[上中下]旬|[月底]|另行|待定")),
         (COUNTED, re.compile(rf"^(?:{NUMBER.pattern})$")),
         (re.compile("^(?:参赛)?(?:赛道|组别|赛项|奖项|等次|奖级)(?:名称)?$"), re.compile("组|赛|类|奖|道|项|[A-Z]")))
"""Column names whose cells have a look of their own: by them a table of one cell a line is told from any lines."""
TIED_BEFORE, TIED_AFTER = "年月日名个项家支件队组万元人分%％至—~-", "年月至—~-"


@dataclass(frozen=True)
class Table:
    """`rows` have a cell for each of `head`, None where a row leaves it out. `caption`: the short line above it."""

    head: list[Passage]
    rows: list[list[Passage | None]]
    caption: Passage | None

    def column(self, pattern: str | re.Pattern[str], without: str = "$^") -> int | None:
        """The first column whose name matches and does not match `without`."""
        return next((at for at, one in enumerate(self.head)
                     if re.search(pattern, one.text) and not re.search(without, one.text)), None)


def take_tables(body: list[Passage]) -> tuple[list[Passage], list[Table]]:
    """The passages outside tables, and the tables."""
    rest: list[Passage] = []
    tables: list[Table] = []
    body = [line for line in body if not RULE.fullmatch(line.text)]
    at = 0
    while at < len(body):
        head = cells(body[at])
        rows, taken = _rows(head, body[at + 1:]) if _is_head(head) else ([], 0)
        if not rows:
            head, rows = _upright(body[at:at + UPRIGHT_AT_MOST])
            taken = len(head) * (len(rows) + 1) - 1
        if not rows:
            if not (NUMBERED.fullmatch(body[at].text) and _upright(body[at + 1:at + UPRIGHT_AT_MOST])[1]):
                rest.append(body[at])  # the numbers of an upright table went as page numbers; its 序号 goes with them
            at += 1
            continue
        caption = rest[-1] if rest and len(rest[-1].text) <= 24 and not re.search("[。；]", rest[-1].text) else None
        tables.append(Table(head, _filled(rows), caption))
        at += 1 + taken
    return rest, tables


def _upright(lines: list[Passage]) -> tuple[list[Passage], list[list[Passage | None]]]:
    """A table with every cell on a line of its own: names, then rows of as many lines; empty where it is none."""
    known = len(list(itertools.takewhile(lambda line: len(line.text) <= 14 and HEAD.fullmatch(line.text), lines[:9])))
    for width in range(known + 1, 1, -1) if known > 1 else ():
        head = lines[:width]
        if len({one.text for one in head}) < width:
            continue
        rows = list(_upright_rows(head, lines[width:]))
        typed = any(pattern.search(name.text) for name in head for pattern, _ in TYPED)
        if len(rows) > 1 and typed and len(head[-1].text) <= 8:
            return head, rows
    return [], []


def _upright_rows(head: list[Passage], lines: list[Passage]) -> Iterator[list[Passage | None]]:
    for at in range(0, len(lines) - len(head) + 1, len(head)):
        row: list[Passage | None] = [*lines[at:at + len(head)]]
        if any(line is None or len(line.text) > CELL_AT_MOST or ENDS.search(line.text) or marker_of(line.text)
               or any(kind.search(name.text) and not cell.search(line.text) for kind, cell in TYPED)
               for name, line in zip(head, row, strict=True)):
            return
        yield row


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


def _rows(head: list[Passage], passages: list[Passage]) -> tuple[list[list[Passage | None]], int]:
    """Rows up to the first line that is none, and how many lines they take: a row's last cell may go on in the next."""
    rows: list[list[Passage | None]] = []
    for at, line in enumerate(passages):
        fitted = _row(head, line)
        if fitted is not None:
            rows.append(fitted)
        elif rows and rows[-1][-1] is not None and _goes_on(head, line, passages[at + 1:at + 2]):
            rows[-1][-1] = joined([rows[-1][-1], line])
        else:
            return rows, at
    return rows, len(passages)


def _row(head: list[Passage], line: Passage) -> list[Passage | None] | None:
    row = cells(line)
    if len(row) < 2 or any(len(one.text) > CELL_AT_MOST for one in row):
        return None
    return _fitted(head, row)


def _goes_on(head: list[Passage], line: Passage, after: list[Passage]) -> bool:
    """Whether a line is the rest of the last cell: one short piece, and behind it another row or a heading."""
    if len(cells(line)) != 1 or len(line.text) > 24 or ENDS.search(line.text) or marker_of(line.text):
        return False
    return not after and len(line.text) <= 12 or any(
        _row(head, one) is not None or marker_of(one.text) is not None for one in after)


def _fitted(head: list[Passage], row: list[Passage]) -> list[Passage | None] | None:
    """The row under its columns: whole, without its first cell (merged with the one above) or without its last."""
    padded: list[list[Passage | None]] = []
    if len(row) == len(head):
        padded = [[*row]]
    elif len(row) == len(head) - 1:
        padded = [[None, *row], [*row, None]]
    fitting = [one for one in padded if all(
        cell is None or bool(NUMBER.fullmatch(cell.text)) or not COUNTED.search(name.text)
        or len(row) == len(head) and HOLDS_NUMBER.search(cell.text)
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
