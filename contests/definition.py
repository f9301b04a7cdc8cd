"""A contest as data: the typed model of a definition file. What a document does not say stays marked `unsaid`."""

import datetime as dt
import itertools
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Self, TypeVar

from pydantic import Field, model_validator

from contests.bodies import (
    Activity,
    Annex,
    Brief,
    Committee,
    Deliverable,
    Fee,
    Mode,
    Organiser,
    OutlineSection,
    Policy,
    Service,
    Stage,
)
from contests.lifecycles.fitting import fits
from contests.lifecycles.lifecycle import Lifecycle
from contests.parts import (
    MAIN,
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
    Part,
    Phase,
    PublicNotice,
    Source,
    Submission,
    Text,
    Warn,
)
from contests.rules.kinds import (
    EVERY_TRACK,
    AwardDerivesAwardRule,
    CompositionRule,
    ContestRule,
    PromotionRule,
    QuotaRule,
    Rule,
    UniquenessRule,
)

Kind = TypeVar("Kind", bound=Part)


class Track(Part):
    """A group (组别, 赛项) of the contest: who may enter, by which rules, with what, measured how."""

    code: Code
    name: Text
    stage: Code = MAIN
    entrant: EntrantKind
    role: str = ""
    """The platform role whose evidence counts here; empty where none does: the entry carries its own facts."""
    clause: Clause
    brief: Brief | None = None
    rules: tuple[Rule, ...]
    modes: tuple[Mode, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    materials: tuple[Material, ...] = ()
    outline: tuple[OutlineSection, ...] = ()
    awards: tuple[Award, ...] = ()
    honours: tuple[Award, ...] = ()
    """Awards for organising or working for the group, which no entry wins."""
    form: FormTemplate | None = None

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
    def modes_are_declared(self) -> Self:
        known = {mode.code for mode in self.modes}
        for index, rule in enumerate(self.rules):
            if isinstance(rule, CompositionRule) and rule.mode is not None and rule.mode not in known:
                raise Misplaced(f"没有组建模式“{rule.mode}”", "rules", index, "mode")
        return self

    @model_validator(mode="after")
    def codes_differ(self) -> Self:
        for parts in ("rules", "modes", "indicators", "materials", "outline", "awards", "honours"):
            _distinct(self, parts)
        return self

    def award(self, code: str) -> Award:
        """The award of that code; KeyError where there is none."""
        return {award.code: award for award in self.awards}[code]


class Definition(Part):
    """One contest document. Dates are those of `year`; a season moves them (contests.seasons)."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]
    title: Text
    year: Annotated[int, Field(ge=1990, le=2100)]
    source: Source
    policy: Policy | None = None
    organisers: tuple[Organiser, ...] = Field(min_length=1)
    committees: tuple[Committee, ...] = ()
    annexes: tuple[Annex, ...] = ()
    stages: tuple[Stage, ...] = ()
    tracks: tuple[Track, ...] = Field(min_length=1)
    rules: tuple[ContestRule, ...] = ()
    phases: tuple[Phase, ...] = Field(min_length=1)
    lifecycles: tuple[Lifecycle, ...] = ()
    public_notice: PublicNotice | None = None
    submission: Submission | None = None
    declaration: Declaration | None = None
    fee: Fee | None = None
    services: tuple[Service, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    activities: tuple[Activity, ...] = ()
    warnings: tuple[Warn, ...] = ()

    @model_validator(mode="after")
    def phases_in_order(self) -> Self:
        dated = [(index, phase, phase.days) for index, phase in enumerate(self.phases) if phase.days]
        for (_, before, earlier), (index, after, later) in itertools.pairwise(dated):
            if after.overlaps and (later[0] < earlier[0] or later[1] < earlier[1]):
                raise Misplaced(f"阶段“{after.name}”不能早于“{before.name}”", "phases", index, "starts")
            if not after.overlaps and later[0] <= earlier[1]:
                raise Misplaced(f"阶段“{after.name}”要在“{before.name}”结束之后开始", "phases", index, "starts")
        return self

    @model_validator(mode="after")
    def codes_differ(self) -> Self:
        for parts in ("tracks", "phases", "stages", "rules", "annexes", "committees", "services", "deliverables",
                      "activities", "lifecycles"):
            _distinct(self, parts)
        return self

    @model_validator(mode="after")
    def lifecycles_fit(self) -> Self:
        phases, quotas = {phase.code for phase in self.phases}, {rule.code for rule in self.rules_of(QuotaRule)}
        for at, lifecycle in enumerate(self.lifecycles):
            fits(lifecycle, self.lifecycles, phases, quotas, set(self.unique_rules()), at)
        return self

    @model_validator(mode="after")
    def stages_are_declared(self) -> Self:
        known = {stage.code for stage in self.stages} or {MAIN}
        for parts in ("tracks", "phases"):
            for index, part in enumerate(getattr(self, parts)):
                if part.stage not in known:
                    raise Misplaced(f"“{part.name}”写的 stage 没有定义：{part.stage}", parts, index, "stage")
        return self

    @model_validator(mode="after")
    def references_lead_somewhere(self) -> Self:
        tracks = {track.code for track in self.tracks}
        awards = {f"{track.code}.{award.code}" for track in self.tracks for award in track.awards}
        for index, rule in enumerate(self.rules):
            if isinstance(rule, QuotaRule) and rule.counts not in tracks | awards | {EVERY_TRACK}:
                raise Misplaced(f"没有“{rule.counts}”这个组别或奖项", "rules", index, "counts")
            if isinstance(rule, AwardDerivesAwardRule) and rule.source not in awards:
                raise Misplaced(f"没有“{rule.source}”这个奖项", "rules", index, "source")
            if isinstance(rule, PromotionRule):
                self._promotion_leads_on(rule, index)
        for index, organiser in enumerate(self.organisers):
            _known(organiser.tracks, tracks, "organisers", index, "tracks")
        for index, service in enumerate(self.services):
            _known(service.awards, awards, "services", index, "awards")
        return self

    def _promotion_leads_on(self, rule: PromotionRule, index: int) -> None:
        sources = [track for track in self.tracks if track.stage == rule.stage]
        if not any(rule.award in {award.code for award in track.awards} for track in sources):
            raise Misplaced(f"“{rule.stage}”阶段没有奖项“{rule.award}”", "rules", index, "award")
        target = next((track for track in self.tracks if track.code == rule.target), None)
        if target is None or target.stage == rule.stage:
            raise Misplaced(f"晋级的去处“{rule.target}”不是另一个阶段的组别", "rules", index, "target")

    def track(self, code: str) -> Track:
        """The track of that code; KeyError where there is none."""
        return {track.code: track for track in self.tracks}[code]

    def phase(self, code: str) -> Phase:
        """The phase of that code; KeyError where there is none."""
        return {phase.code: phase for phase in self.phases}[code]

    def lifecycle(self, code: str) -> Lifecycle:
        """The lifecycle of that code; KeyError where there is none."""
        return {lifecycle.code: lifecycle for lifecycle in self.lifecycles}[code]

    def unique_rules(self) -> dict[str, UniquenessRule]:
        """The rules by which a class of industry is taken once, by code, whatever track they stand in."""
        return {rule.code: rule for track in self.tracks for rule in track.rules if isinstance(rule, UniquenessRule)}

    def phase_of(self, kind: str, stage: str = MAIN) -> Phase | None:
        """The first phase of that kind in the stage, or, where the stage has none of it, in the whole contest."""
        found = [phase for phase in self.phases if phase.kind == kind]
        return next((phase for phase in found if phase.stage == stage), next(iter(found), None))

    def rules_of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The contest-wide rules of one kind, in the definition's order."""
        return tuple(rule for rule in self.rules if isinstance(rule, kind))

    def promotions(self) -> tuple[PromotionRule, ...]:
        """Who goes on from one stage to the next."""
        return self.rules_of(PromotionRule)


def cite(definition: Definition, clause: Clause) -> str:
    """威工发〔2020〕16号 三（一）：“……”, with the reasoning where the document only implies it."""
    cited = f"{definition.source.number} {clause.article}：“{clause.text}”"
    return f"{cited}（{clause.derived}）" if clause.derived else cited


def expired(definition: Definition, day: dt.date) -> bool:
    """Whether the measure is out of force on that day; one without a validity never is."""
    policy = definition.policy
    return policy is not None and not policy.valid_from <= day <= policy.valid_until


def _known(named: Iterable[str], known: set[str], *path: str | int) -> None:
    for one in named:
        if one not in known:
            raise Misplaced(f"没有“{one}”", *path)


def _distinct(owner: Part, parts: str) -> None:
    codes = [part.code for part in getattr(owner, parts)]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            raise Misplaced(f"code 重复：{code}", parts, index, "code")
