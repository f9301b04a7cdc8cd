"""A contest as data: the typed model of a definition file. What a document does not say stays marked `unsaid`."""

import itertools
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from contests.lifecycles.lifecycle import Lifecycle, family_fits
from contests.parts import (
    UNSAID,
    Award,
    Clause,
    Code,
    Declaration,
    EntrantKind,
    FormTemplate,
    Indicator,
    Material,
    Misplaced,
    Organiser,
    Part,
    Phase,
    PublicNotice,
    Source,
    Submission,
    Text,
    Warn,
)
from contests.rules.kinds import Rule


class Track(Part):
    """A group (组别) of the contest: who may enter, by which rules, with what, measured how."""

    code: Code
    name: Text
    entrant: EntrantKind
    role: Text
    """The platform role whose evidence counts here."""
    clause: Clause
    rules: tuple[Rule, ...]
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    materials: tuple[Material, ...] = Field(min_length=1)
    awards: tuple[Award, ...] = Field(min_length=1)
    form: FormTemplate

    @model_validator(mode="after")
    def weights_sum_to_one(self) -> Self:
        weights = [indicator.weight for indicator in self.indicators]
        said = [weight for weight in weights if isinstance(weight, Decimal)]
        if said and len(said) < len(weights):
            at = weights.index(UNSAID)
            raise Misplaced(f"“{self.name}”的权重要么全部写明，要么全部标 unsaid", "indicators", at, "weight")
        if said and sum(said) != 1:
            at = len(weights) - 1
            raise Misplaced(f"“{self.name}”的权重合计是 {sum(said)}，应为 1", "indicators", at, "weight")
        return self

    @model_validator(mode="after")
    def codes_differ(self) -> Self:
        for parts in ("rules", "indicators", "materials", "awards"):
            _distinct(self, parts)
        return self


class Definition(Part):
    """One contest document. Dates are those of `year`; a season moves them (contests.seasons)."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]
    title: Text
    year: Annotated[int, Field(ge=1990, le=2100)]
    source: Source
    organisers: tuple[Organiser, ...] = Field(min_length=1)
    tracks: tuple[Track, ...] = Field(min_length=1)
    phases: tuple[Phase, ...] = Field(min_length=1)
    public_notice: PublicNotice
    submission: Submission
    declaration: Declaration
    lifecycles: tuple[Lifecycle, ...] = ()
    warnings: tuple[Warn, ...] = ()

    @model_validator(mode="after")
    def phases_in_order(self) -> Self:
        dated = [(index, phase, phase.days) for index, phase in enumerate(self.phases) if phase.days]
        for (_, before, (_, ends)), (index, after, (starts, _)) in itertools.pairwise(dated):
            if starts <= ends:
                raise Misplaced(f"阶段“{after.name}”要在“{before.name}”结束之后开始", "phases", index, "starts")
        return self

    @model_validator(mode="after")
    def codes_differ(self) -> Self:
        for parts in ("tracks", "phases", "lifecycles"):
            _distinct(self, parts)
        return self

    @model_validator(mode="after")
    def lifecycles_fit(self) -> Self:
        for at, lifecycle in enumerate(self.lifecycles):
            family_fits(lifecycle, self.lifecycles, {phase.code for phase in self.phases}, at)
        return self

    def track(self, code: str) -> Track:
        """The track of that code; KeyError where there is none."""
        return {track.code: track for track in self.tracks}[code]

    def phase(self, code: str) -> Phase:
        """The phase of that code; KeyError where there is none."""
        return {phase.code: phase for phase in self.phases}[code]

    def lifecycle(self, code: str) -> Lifecycle:
        """The lifecycle of that code; KeyError where there is none."""
        return {lifecycle.code: lifecycle for lifecycle in self.lifecycles}[code]


def cite(definition: Definition, clause: Clause) -> str:
    """威工发〔2020〕16号 三（一）：“……”, with the reasoning where the document only implies it."""
    cited = f"{definition.source.number} {clause.article}：“{clause.text}”"
    return f"{cited}（{clause.derived}）" if clause.derived else cited


def _distinct(owner: Part, parts: str) -> None:
    codes = [part.code for part in getattr(owner, parts)]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            raise Misplaced(f"code 重复：{code}", parts, index, "code")
