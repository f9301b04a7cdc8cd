"""The people and papers around a contest: organisers, committees, annexes, what a policy is valid for and promises."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from contests.parts import Clause, Code, Misplaced, Part, Text, Unsaid


class Duty(Part):
    """What one body has to do."""

    text: Text
    clause: Clause


class Organiser(Part):
    """A body behind the contest. `tracks`: the groups it runs; empty where it answers for all of them."""

    name: Text
    role: Text
    """主办, 承办, 协办, 组委会, 执委会: the document's own word."""
    tracks: tuple[Code, ...] = ()
    duties: tuple[Duty, ...] = ()


class MemberClass(Part):
    """One class of a committee's members: how many seats, and whose people sit there."""

    code: Code
    name: Text
    seats: Annotated[int, Field(gt=0)] | Unsaid | None = None
    bodies: tuple[Text, ...] = ()


class Committee(Part):
    """评审委员会, 协调小组, 专家委员会: the classes its members come from. Names of people are the season's, not here."""

    code: Code
    name: Text
    duty: Text
    classes: tuple[MemberClass, ...] = Field(min_length=1)
    clause: Clause


class Policy(Part):
    """For how long a measure is in force, and what it puts out of force. These days never move with a season."""

    valid_from: dt.date
    valid_until: dt.date
    repeals: tuple[Text, ...] = ()
    clause: Clause

    @model_validator(mode="after")
    def ordered(self) -> Self:
        if self.valid_until < self.valid_from:
            raise Misplaced("有效期的最后一天早于施行日", "valid_until")
        return self


class Annex(Part):
    """A paper the document says is attached. `text` is unsaid where the annex did not come with it."""

    code: Code
    name: Text
    text: Literal["attached"] | Unsaid | Text
    """`attached`: it came with the document; else staff say where its text stands, before registration opens."""
    clause: Clause


class Fee(Part):
    amount: Annotated[Decimal, Field(ge=0)]
    """元; what an entrant pays."""
    clause: Clause


class Stage(Part):
    """One round of a contest in several: 专项赛, 总决赛; 申报, 选拔. A track and a phase name theirs."""

    code: Code
    name: Text
    clause: Clause


class Brief(Part):
    """What a track is about, as its line in the annex's table says it."""

    number: Text
    field: Text
    scenario: Text
    """聚焦场景"""
    ability: Text
    """考察能力"""
    aim: Text
    """比赛目标"""
    host: Text
    """承办单位. The contact person in the table is personal data and stays out."""


class Mode(Part):
    """组建模式: one way to build a unit; the composition rules that name it say who leads and who takes part."""

    code: Code
    name: Text
    clause: Clause


class OutlineSection(Part):
    """A section of a plan that the entrant writes, with the length the document asks for, in characters."""

    code: Code
    title: Text
    length: Annotated[int, Field(gt=0)] | None = None
    bound: Literal["about", "at_least"] = "about"
    clause: Clause


class Service(Part):
    """What a winner is offered afterwards, and the awards that entitle to it (track.award; empty: any entry)."""

    code: Code
    name: Text
    awards: tuple[str, ...] = ()
    clause: Clause


class Deliverable(Part):
    """Something the project has to hand in at its end."""

    code: Code
    name: Text
    clause: Clause


class Activity(Part):
    """One kind of activity the contest is made of: what units report on."""

    code: Code
    name: Text
    clause: Clause
