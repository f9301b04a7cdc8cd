"""How well a demand is written, while it is being written: pure, quick, and never in the way of saving."""

import datetime as dt
import re
from dataclasses import dataclass

from ingestion.demand_forms import TargetRow
from ingestion.leaks import contacts

SHORT_PROBLEM = 60
NEAR = 20
"""Days. A challenge open for less is seldom taken."""
FIGURE = re.compile(r"[0-9０-９一二三四五六七八九十百千]")
TROUBLE = re.compile(r"不|难|低|高|差|断|裂|漏|偏|慢|脱落|变形|磨损|腐蚀|堵|粘|气孔|损耗|污染|噪|振|超标|破|失效"
                     r"|减少|替代|延长|改")
THROUGHPUT = re.compile(r"(?:每|/|／)\s*(?:天|日|小时|h|班|分钟|min|年|月|台|件|批|套)|产量|日产|年产|节拍", re.I)


@dataclass(frozen=True)
class Hint:
    """One remark. `good`: this part is done; otherwise what to add. `field` names the input it is about."""

    good: bool
    text: str
    field: str


def on_problem(title: str, problem: str) -> list[Hint]:
    """Remarks on step 1."""
    title, problem = title.strip(), problem.strip()
    hints = []
    if title:
        hints.append(Hint(True, "标题里有东西、有毛病", "title") if len(title) >= 8 and TROUBLE.search(title)
                     else Hint(False, "标题写明什么东西、出了什么毛病，比如“钓竿涂层盐雾后起泡脱落”", "title"))
    if problem:
        hints.append(Hint(True, "难题写得够细", "problem") if len(problem) >= SHORT_PROBLEM
                     else Hint(False, f"难题只有 {len(problem)} 字。写写在哪道工序、什么时候出、现在多少", "problem"))
        figures = re.search(r"\d", _without_contacts(problem))
        hints.append(Hint(True, "难题里有数字", "problem") if figures
                     else Hint(False, "难题里还没有数字，专家要靠它判断难易", "problem"))
        if not THROUGHPUT.search(problem):
            hints.append(Hint(False, "没写一天要做多少，专家要靠它判断设备", "problem"))
    return hints + on_contacts({"title": title, "problem": problem})


def on_targets(rows: list[TargetRow], deadline: dt.date | None, today: dt.date, priced: bool) -> list[Hint]:
    """Remarks on step 2. `priced`: a budget is written or said to be open."""
    written = [row for row in rows if not row.empty]
    with_figures = sum(bool(FIGURE.search(row.figure)) for row in written)
    hints = []
    if not with_figures:
        hints.append(Hint(False, "还没有一项带数字的指标，推荐会很难对准", "target-0-figure"))
    else:
        hints.append(Hint(True, f"{len(written)} 项指标里有 {with_figures} 项带数字", "target-0-figure"))
    hints += [Hint(False, f"“{row.what.strip()}”还没写怎么测", f"target-{index}-measure")
              for index, row in enumerate(rows) if row.what.strip() and not row.measure.strip()]
    if written and all(row.measure.strip() for row in written):
        hints.append(Hint(True, "每项都写了怎么测", "target-0-measure"))
    if deadline is not None and today <= deadline < today + dt.timedelta(days=NEAR):
        hints.append(Hint(False, f"离截止只有 {(deadline - today).days} 天，建议留 {NEAR} 天以上", "deadline"))
    if not priced:
        hints.append(Hint(False, "还没写愿意投入多少", "budget_min"))
    return hints + on_contacts({f"target-{index}-measure": row.measure for index, row in enumerate(rows)})


def on_contacts(texts: dict[str, str]) -> list[Hint]:
    """A remark for every field that carries contact data."""
    return [Hint(False, f"“{leak.words}”像是联系方式，请删掉。双方同意见面后，平台会显示", field)
            for field, text in texts.items() for leak in contacts(text)]


def _without_contacts(text: str) -> str:
    for leak in reversed(contacts(text)):
        text = text[:leak.start] + text[leak.end:]
    return text
