"""What checking a dossier found, and how it is told."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

from ledger.entry import AMENDMENTS, TYPE_NAMES, LeafBody
from ledger.faults import Contradicted, Incomplete

VERDICTS = ("校验通过", "互相矛盾", "材料不全", "格式有误")


@dataclasses.dataclass
class Report:
    """What a check found. `entries` and `disclosed` hold only what was read before anything stopped the check."""

    contradicted: list[str] = dataclasses.field(default_factory=list)
    incomplete: list[str] = dataclasses.field(default_factory=list)
    malformed: list[str] = dataclasses.field(default_factory=list)
    forks: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    """Pairs of checkpoints that disagree: kept, as they may prove that the log has two histories."""
    entries: dict[int, LeafBody] = dataclasses.field(default_factory=dict)
    disclosed: dict[int, dict[str, object]] = dataclasses.field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        return 3 if self.malformed else 1 if self.contradicted else 2 if self.incomplete else 0

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Note down a contradiction or a gap and go on with the rest."""
        try:
            yield
        except Contradicted as error:
            self.contradicted.append(str(error))
        except Incomplete as error:
            self.incomplete.append(str(error))


def told(report: Report) -> str:
    """The report as text for a terminal: what came out of the dossier cannot steer it."""
    return "\n".join(_visible(line) for text in lines(report) for line in text.split("\n"))


def _visible(line: str) -> str:
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in line)


def lines(report: Report) -> Iterator[str]:
    """The report in Chinese: verdict, what is wrong, then fields disclosed, withheld or erased, and amendments."""
    yield VERDICTS[report.exit_code]
    for problems in (report.malformed, report.contradicted, report.incomplete):
        yield from (f"  · {problem}" for problem in problems)
    for older, newer in report.forks:
        yield from ("请保留这两个检查点，交给日志的见证人比对：", older, newer)
    for index, leaf in sorted(report.entries.items()):
        yield f"第 {index} 号  {TYPE_NAMES.get(leaf.type, leaf.type)}  {leaf.at:%Y-%m-%d %H:%M:%S} UTC"
        yield from _fields(index, leaf, report)
    amending = [index for index, leaf in report.entries.items() if leaf.type in AMENDMENTS]
    for index in sorted(amending, reverse=True):
        about = "、".join(str(ref.index) for ref in report.entries[index].references)
        yield f"更正：第 {index} 号（{TYPE_NAMES[report.entries[index].type]}）针对第 {about} 号"


def _fields(index: int, leaf: LeafBody, report: Report) -> Iterator[str]:
    erased = any(other.type == "personal.erased" and index in {ref.index for ref in other.references}
                 for other in report.entries.values())
    shown = report.disclosed.get(index, {})
    hidden = "（已按规定删除）" if erased else "（未披露）"
    for field in sorted(leaf.commitments):
        yield f"    {field}：{shown.get(field, hidden)}"
