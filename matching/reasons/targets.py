"""Reasons: for each target of a demand, what the other side wrote about it, and how far that reaches.

A verdict is read off what stands on the page, never estimated: the words that met, the figures compared as quantities.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from matching.reasons.directions import directed
from matching.reasons.figures import Figure
from matching.reasons.phrases import Prepared


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
        return [directed(self.text, figure) for figure in [f for f in figures if not f.bare] or figures]

    @cached_property
    def asks_grades(self) -> bool:
        """Whether grades alone are asked for (IP67): a grade names its scale itself, wherever it stands."""
        return bool(self.asked_figures) and all(f.unit.dimension.startswith("grade") for f in self.asked_figures)

    @cached_property
    def conditions(self) -> list[Figure]:
        """The figures under which others are asked for: those of `what` beside a `figure`, bare ones beside others."""
        asked = {figure.start for figure in self.asked_figures}
        return [f for f in self.prepared.figures if f.start not in asked and f.bare and f.unit.dimension]

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
