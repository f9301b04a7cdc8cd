"""The parameters of every rule kind, told apart by `kind`. A kind that is not listed here is an error on loading.

A track's rules judge one entry or claim; a contest's rules judge all of them together, or what follows from the result.
What is due after an event (任务书, 年度报告, 评估) is a clock of a lifecycle: contests.lifecycles.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from contests.decades import FirstDay, LastDay
from contests.parts import Clause, Code, EntrantKind, Misplaced, Part, Text, Unsaid

MemberKind = Literal["university", "enterprise", "institute", "other"]
Side = Literal["lead", "partner", "outside"]
EVERY_TRACK = "every_track"
"""What a quota on entries counts where the document sets it for all groups together."""


def _fraction(value: object) -> object:
    """1/3 as it is written; a float would not be a third."""
    if isinstance(value, str) and re.fullmatch(r"\d+/[1-9]\d*", value):
        return Fraction(value)
    if isinstance(value, Fraction):
        return value
    raise ValueError("写成 1/3 这样的分数")


Share = Annotated[Fraction, BeforeValidator(_fraction), PlainSerializer(str)]


class WindowRule(Part):
    """A day lies between two days, both inclusive, in Asia/Shanghai.

    `on` names the day: when the contract was signed, or when the entry's paper reached the office. With `by_dispatch`
    a parcel counts from the day the courier took it.
    """

    kind: Literal["window"]
    code: Code
    on: Literal["signed", "received"] = "signed"
    first: FirstDay
    last: LastDay
    by_dispatch: bool = False
    clause: Clause

    @model_validator(mode="after")
    def ordered(self) -> Self:
        if self.last < self.first:
            raise Misplaced("佐证期的最后一天早于第一天", "last")
        return self

    @model_validator(mode="after")
    def dispatch_is_of_paper(self) -> Self:
        if self.by_dispatch and self.on != "received":
            raise Misplaced("只有收件日（on = \"received\"）才谈得上以快递发出时间为准", "by_dispatch")
        return self


class Condition(Part):
    """One thing an entrant must be or have. `preferred`: 优先考虑, which breaks a tie and never shuts anybody out."""

    code: Code
    text: Text
    preferred: bool = False
    clause: Clause


class MembershipRule(Part):
    """The entrant is of the kind, of no class that is shut out, meets the conditions, and has joined the platform."""

    kind: Literal["membership"]
    code: Code
    entrant: EntrantKind
    on_platform: bool = True
    classes: tuple[Text, ...] = ()
    """The classes of organisation that may enter; empty: any."""
    excluded: tuple[Text, ...] = ()
    """Classes that may not, such as 参公事业单位."""
    conditions: tuple[Condition, ...] = ()
    clause: Clause


class OnPlatformRule(Part):
    """The contract comes out of a demand posted on the platform; `link` says what ties the claimant to it."""

    kind: Literal["on_platform"]
    code: Code
    link: Literal["engagement", "introduction"]
    clause: Clause


class OneClaimRule(Part):
    """What counts counts once.

    A contract in the group: one claim a person, and shares of at most the whole. Or an entrant in the contest: one
    entry, whatever the group.
    """

    kind: Literal["one_claim"]
    code: Code
    of: Literal["contract", "entry"] = "contract"
    clause: Clause


class Need(Part):
    """So many members at least, and at most, of any of these kinds; with `side`, of the lead's or a partner's."""

    of: tuple[MemberKind, ...] = Field(min_length=1)
    side: Side | None = None
    at_least: Annotated[int, Field(ge=0)] = 1
    at_most: Annotated[int, Field(ge=1)] | None = None


class CompositionRule(Part):
    """Who has to be in a team or a committee.

    `defender`: exactly one member defends, and is a student where it says so. `filed_by_member`: nobody enters a team
    they are not in. `inside_at_most`: the lead's and the partners' people are at most that share, exactly.
    `ordered`: the members stand in an order (first inventor first).
    """

    kind: Literal["composition"]
    code: Code
    of: Literal["entry", "committee"] = "entry"
    mode: Code | None = None
    """Applies only to an entry of that 组建模式."""
    needs: tuple[Need, ...] = ()
    defender: Literal["student", "anybody"] | None = None
    filed_by_member: bool = False
    ordered: bool = False
    inside_at_most: Share | None = None
    chair_from_outside: bool = False
    clause: Clause


class UniquenessRule(Part):
    """One unit per class of GB/T 4754, 中类 or 小类: a class is taken by itself, by one above and by one below it."""

    kind: Literal["uniqueness"]
    code: Code
    levels: tuple[Literal["group", "class"], ...] = ("group", "class")
    """`group` 中类 (a letter and three digits), `class` 小类 (a letter and four)."""
    clause: Clause


class QuotaRule(Part):
    """At most so many of what is counted: in all, of one organisation, of one district.

    `counts` is a track's or an award's code (track.award). `by_table`: each district's number stands in the season's
    allocation table (名额分配表). `on` entries (限报): how many may be handed in, of one track or of all (EVERY_TRACK);
    on the result: how many may win.
    """

    kind: Literal["quota"]
    code: Code
    name: Text
    counts: Text
    on: Literal["result", "entries"] = "result"
    per: Literal["contest", "organisation", "district"]
    most: Annotated[int, Field(gt=0)] | Unsaid | None = None
    by_table: bool = False
    clause: Clause

    @model_validator(mode="after")
    def says_how_many(self) -> Self:
        if (self.most is None) != self.by_table:
            raise Misplaced("名额写 most，或者写 by_table = true（按名额分配表）", "by_table" if self.by_table else "most")
        return self

    @model_validator(mode="after")
    def entries_are_counted_by_track(self) -> Self:
        if self.on == "entries" and (self.by_table or "." in self.counts):
            raise Misplaced("限报的名额按组别写 most；奖项和名额分配表是评选结果的事", "on")
        if self.on == "result" and self.counts == EVERY_TRACK:
            raise Misplaced("只有限报（on = \"entries\"）能把各组合在一起算", "counts")
        return self


class Target(Part):
    """One figure to reach. A ratio says of which other figure, and is reached exactly, without rounding."""

    measure: Code
    name: Text
    unit: Text
    at_least: Annotated[Decimal, Field(gt=0)] | None = None
    at_most: Annotated[Decimal, Field(gt=0)] | None = None
    of: Code | None = None

    @model_validator(mode="after")
    def one_bound(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise Misplaced(f"“{self.name}”写不少于（at_least）或不超过（at_most），只写一样", "at_least")
        return self


class KpiRule(Part):
    """What the project has to reach: any one of the targets does (或)."""

    kind: Literal["kpi"]
    code: Code
    name: Text
    any_of: tuple[Target, ...] = Field(min_length=1)
    clause: Clause


class AwardDerivesAwardRule(Part):
    """An award that brings another one, given by another body. `some`: not all of them, how many is to be set.

    `source` is track.award. `recipient` of a work with inventors in order: the first of them.
    """

    kind: Literal["award_derives_award"]
    code: Code
    source: Text
    recipient: Literal["entry", "first_inventor"] = "entry"
    how: Literal["all", "some", "recommended"] = "all"
    places: Annotated[int, Field(gt=0)] | Unsaid | None = None
    award: Text
    issuer: Text
    clause: Clause

    @model_validator(mode="after")
    def some_says_how_many(self) -> Self:
        if (self.how == "some") != (self.places is not None):
            raise Misplaced("“部分”（how = \"some\"）要写名额 places，原文没有写明的标 unsaid；其余不写", "places")
        return self


class PromotionRule(Part):
    """Who wins the award in a track of one stage goes on to a track of the next, and nobody else."""

    kind: Literal["promotion"]
    code: Code
    stage: Code
    award: Code
    target: Code
    """The track they go on to."""
    clause: Clause


Rule = Annotated[WindowRule | MembershipRule | OnPlatformRule | OneClaimRule | CompositionRule | UniquenessRule,
                 Field(discriminator="kind")]
"""What a track's entries and claims are held against, one by one."""
ContestRule = Annotated[QuotaRule | KpiRule | AwardDerivesAwardRule | PromotionRule, Field(discriminator="kind")]
"""What all entries together, the project or the result are held against."""
