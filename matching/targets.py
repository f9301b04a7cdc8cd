"""Reasons: for each target of a demand, what the other side wrote about it, and how far that reaches.

A verdict is read off what stands on the page, never estimated: the words that met, the figures compared as quantities.
"""

import enum
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from matching.figures import Figure, meets
from matching.phrases import Meeting, Prepared, coverage, meet
from matching.units import per_period

MET, MET_ALONE, PARTLY = 0.5, 0.7, 0.3
"""Shares of a target's key characters that must have met: to be covered together with a figure that is met, to be
covered where no figure is asked for, and to be mentioned at all."""
_TITLE_SHARE = 0.5
_ABOUT = 0.05
_NEGATED = re.compile(r"(?:不(?:使用|采用|添加|用|含|加)|不得|无(?![人线损缝菌纺尘])|免(?!疫)|没有|避免|杜绝)[^，,；;。、]{0,3}$")
_UNDONE = re.compile(r"[不无免非未零防除]|没有|避免|杜绝|替代|治理|控制|抑制|降低|减少|解决|消|改善")
_SMALLER_IS_BETTER = re.compile("偏差|误差|波动|公差|成本|费用|投入|造价|噪声|噪音|能耗|电耗|单耗|周期|节拍|耗时|粗糙度|不良率|废品率|破损率"
                                "|缺陷率|损耗|泄漏|排放|残留|响应时间|延迟|时延|变形|磨损|间隙|重量|体积")
_LARGER_IS_BETTER = re.compile("寿命|效率|产能|产量|强度|硬度|成品率|合格率|良率|准确率|识别率|去除率|回收率|收率|纯度|密度|续航|转速"
                               "|容量|倍数|利用率|覆盖率|检出率|处理能力|耐")


class Verdict(enum.StrEnum):
    """What a passage says about one target."""

    covered = "covered"
    partly = "partly"
    not_mentioned = "not_mentioned"


class Fit(enum.StrEnum):
    """The verdict word of a whole pairing."""

    good = "good"
    """很对口: every required target is covered."""
    partial = "partial"
    """部分对口: some required target is covered or partly covered, but not all are covered."""
    none = "none"
    """Not shown."""


@dataclass(frozen=True)
class Target:
    """One thing a demand asks for. `derived`: read out of free text, not confirmed by the enterprise."""

    what: str
    figure: str = ""
    measure: str = ""
    required: bool = True
    derived: bool = False

    @property
    def text(self) -> str:
        """What is compared and marked: `what` and `figure`, one space between. Phrase spans count from its start."""
        return f"{self.what} {self.figure}".rstrip()

    @cached_property
    def prepared(self) -> Prepared:
        return Prepared(self.text)

    @cached_property
    def asked_figures(self) -> list[Figure]:
        """The figures asked for, each an interval: those of `figure`, else those of `what`.

        Beside a figure with a comparator one without is a condition (海上 120 天附着量 ≤1.0 kg/m²), not asked for.
        """
        figures = [f for f in self.prepared.figures if f.start >= self._figure_at] or self.prepared.figures
        figures = [f for f in figures if not f.bare] or figures
        return [_directed(self.text, figure) for figure in figures]

    def quantity(self, start: int, end: int) -> tuple[int, int]:
        """The part that names what is measured: the words of `figure` between these places, else `what`."""
        start = max(start, self._figure_at)
        named = any(start <= word.start < end for word in self.prepared.keys)
        return (start, end) if named else (0, self._figure_at)

    def quantity_of(self, figure: Figure) -> tuple[int, int]:
        """The same for one of several figures: 抗拉强度 | ≥420 MPa，延伸率 ≥12 %."""
        return self.quantity(*self.prepared.clause(figure.start))

    @cached_property
    def _figure_at(self) -> int:
        return next((i for i, place in enumerate(self.prepared.folded.origin) if place > len(self.what)),
                    len(self.prepared.folded.text))


@dataclass(frozen=True)
class Passage:
    """One thing the other side wrote, and where: `source` is title, summary or claim. The rest are facts of a claim."""

    text: str
    source: str
    capability_id: str = ""
    year: int | None = None
    proof: str = "none"
    verified: bool = False
    context: str = ""
    """The title it stands under."""

    @cached_property
    def prepared(self) -> Prepared:
        return Prepared(self.text)

    @cached_property
    def heading(self) -> Prepared:
        return Prepared(self.context)


@dataclass(frozen=True)
class Phrase:
    """A phrase that met, `number` the same on both sides. Spans are [start, end) in Target.text and Passage.text."""

    number: int
    demand_span: tuple[int, int]
    passage_span: tuple[int, int]


@dataclass(frozen=True)
class TargetReason:
    """What was found about one target. `passage` is None exactly when the verdict is not_mentioned."""

    target: Target
    verdict: Verdict
    passage: Passage | None = None
    phrases: tuple[Phrase, ...] = ()
    figure_met: bool | None = None
    """Whether the passage's figure meets the one asked for. None: none asked for, or none comparable given."""
    topic: float = 0.0


def explain(targets: Sequence[Target], passages: Sequence[Passage]) -> tuple[TargetReason, ...]:
    """One reason a target, in the demand's order; phrases are numbered through the whole list."""
    reasons, number = [], 1
    for target in targets:
        reason = best_reason(target, passages)
        phrases = tuple(replace(p, number=number + i) for i, p in enumerate(reason.phrases))
        number += len(phrases)
        reasons.append(replace(reason, phrases=phrases))
    return tuple(reasons)


_ORDER = {Verdict.covered: 2, Verdict.partly: 1, Verdict.not_mentioned: 0}


def best_reason(target: Target, passages: Iterable[Passage]) -> TargetReason:
    """The passage that answers best. Ties: figures met, more of the topic, verified, the shorter text, the text."""
    best, key = TargetReason(target, Verdict.not_mentioned), None
    for passage in passages:
        reason = judge(target, passage)
        if reason.verdict is Verdict.not_mentioned:
            continue
        rank = (-_ORDER[reason.verdict], -(reason.figure_met or 0), -reason.topic, not passage.verified,
                len(passage.text), passage.text)
        if key is None or rank < key:
            best, key = reason, rank
    return best


def judge(target: Target, passage: Passage) -> TargetReason:
    """Compare one target with one passage."""
    asked, said = target.prepared, passage.prepared
    meetings = meet(asked, said)
    topic = _topic(target, passage, meetings)
    if not meetings or topic < PARTLY:
        return TargetReason(target, Verdict.not_mentioned, topic=topic)
    figure_met = _figures_met(target, said, meetings)
    if target.asked_figures:
        covered = topic >= MET and bool(figure_met)
    else:
        covered = topic >= MET_ALONE and not _denied(asked, said, meetings)
    verdict = Verdict.covered if covered else Verdict.partly
    return TargetReason(target, verdict, passage, _phrases(asked, said, meetings), figure_met, topic)


WORTH = {Verdict.covered: 1.0, Verdict.partly: 0.5, Verdict.not_mentioned: 0.0}
PARTIAL_SHARE = 1 / 4
"""Of the demo city's pairs that met anything, this keeps all 21 judged by hand and 72 of the 102 others; a third would
keep 31 of the others and lose two of the judged."""


def fit(reasons: Iterable[TargetReason]) -> Fit:
    """The verdict word. Where nothing is required, every target counts as required: an empty list fits nobody.

    Partial asks for a quarter of the required targets, one partly met counting half: a lone common word is no answer.
    """
    reasons = list(reasons)
    verdicts = [r.verdict for r in reasons if r.target.required] or [r.verdict for r in reasons]
    if verdicts and all(v is Verdict.covered for v in verdicts):
        return Fit.good
    met = sum(WORTH[v] for v in verdicts)
    return Fit.partial if verdicts and met >= PARTIAL_SHARE * len(verdicts) else Fit.none


def _topic(target: Target, passage: Passage, meetings: list[Meeting]) -> float:
    """How much of what the target is about was met: in the passage, and at half weight in the title above it."""
    quantity = coverage(target.prepared, meetings, target.quantity(0, len(target.prepared.folded.text)))
    whole = coverage(target.prepared, meetings)
    here = max((quantity + whole) / 2, whole)
    if not passage.context or not quantity:
        return here
    beside = coverage(target.prepared, meetings + meet(target.prepared, passage.heading))
    return here + _TITLE_SHARE * (beside - whole)


def _figures_met(target: Target, said: Prepared, meetings: list[Meeting]) -> bool | None:
    """Whether every figure asked for is met by a figure of its kind that stands with a phrase that met."""
    found = [_figure_met(target, asked, said, meetings) for asked in target.asked_figures]
    if not found or all(f is None for f in found):
        return None
    return all(found)


def _figure_met(target: Target, asked: Figure, said: Prepared, meetings: list[Meeting]) -> bool | None:
    start, end = target.quantity_of(asked)
    near = [said.clause(m.said[0]) for m in meetings if m.asked[0] < end and start < m.asked[1]]
    asked = _per_period(asked, target.text)
    beside = [f for f in (_per_period(f, said.folded.text) for f in said.figures) if f.kind == asked.kind]
    close = [f for f in beside if any(a <= f.start < b or f.start <= a < f.end for a, b in near)]
    return any(meets(f, asked) for f in close) if close else None


def _per_period(figure: Figure, context: str) -> Figure:
    unit = per_period(figure.unit, context)
    if unit is figure.unit:
        return figure
    scale = unit.size / figure.unit.size
    return replace(figure, low=figure.low * scale, high=figure.high * scale, unit=unit)


def _directed(text: str, figure: Figure) -> Figure:
    """A figure asked for without a comparator: at most, at least or about it, as the thing measured has it."""
    if not figure.bare:
        return figure
    if _SMALLER_IS_BETTER.search(text):
        return replace(figure, low=-math.inf, bare=False)
    if _LARGER_IS_BETTER.search(text):
        return replace(figure, high=math.inf, bare=False)
    slack = abs(figure.low) * _ABOUT
    return replace(figure, low=figure.low - slack, high=figure.high + slack, bare=False)


def _denied(asked: Prepared, said: Prepared, meetings: list[Meeting]) -> bool:
    """The target asks to be without something that the passage speaks of with no sign of being without it."""
    for m in meetings:
        if _NEGATED.search(asked.folded.text[:m.asked[0]]):
            start, end = said.clause(m.said[0])
            if not _UNDONE.search(said.folded.text[start:end]):
                return True
    return False


def _phrases(asked: Prepared, said: Prepared, meetings: list[Meeting]) -> tuple[Phrase, ...]:
    """The phrases to mark. Of two on the same words of the passage the longer: each number stands on both sides."""
    shown: list[Meeting] = []
    for m in sorted(meetings, key=lambda m: (m.said[0] - m.said[1], m.asked)):
        if not any(m.said[0] < kept.said[1] and kept.said[0] < m.said[1] for kept in shown):
            shown.append(m)
    shown.sort(key=lambda m: m.asked)
    return tuple(Phrase(i + 1, asked.folded.span(*m.asked), said.folded.span(*m.said)) for i, m in enumerate(shown))
