"""The pieces of a lifecycle as a definition writes them: roles, states, fields, grades, clocks and moves."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from contests.parts import UNSAID, Clause, Code, Misplaced, Part, Text, Unsaid
from ledger.entry import TYPE_NAMES

Scope = Literal["all", "district", "organisation", "track"]
FieldKind = Literal["text", "whole", "score", "day", "choice"]
Attribute = Literal["name", "industry_code"]
Length = Annotated[int, Field(gt=0)] | Unsaid | None
LENGTHS = ("days", "working_days", "months", "years", "month_end", "public_notice")


class CaseRole(Part):
    """Who acts: one of the contest's offices. `scope` says of which cases a holder sees to: all of them, those of a
    district, of an organisation or of a track.
    """

    code: Code
    name: Text
    scope: Scope = "all"


class State(Part):
    """Where a case may stand. `suffix` is what the case's official name ends in there, （筹） say; `takes`: the contest's
    quotas that a case standing there takes a place under.
    """

    code: Code
    name: Text
    final: bool = False
    suffix: str = ""
    takes: tuple[Code, ...] = ()


class MoveField(Part):
    """Something a move records beside its date and reason. `least` and `most` are inclusive."""

    code: Code
    name: Text
    kind: FieldKind
    required: bool = True
    options: tuple[Text, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    clause: Clause | None = None

    @model_validator(mode="after")
    def options_belong_to_a_choice(self) -> Self:
        if (self.kind == "choice") != bool(self.options):
            raise Misplaced(f"“{self.name}”：只有 choice 要写 options", "kind")
        return self


class Grade(Part):
    """One grade of an evaluation: scores from `floor` up, out of 100, until the next higher grade begins."""

    code: Code
    name: Text
    floor: Annotated[Decimal, Field(ge=0, le=100)] | Unsaid
    clause: Clause


class Clock(Part):
    """A duty with a last day, counted from the move that starts it; that day itself does not count, the last one does.

    Just one of the lengths is given: `month_end` is the last day of that month in every year after the start,
    `public_notice` the working days that the contest's 公示 lasts. With `repeats` the duty comes back after each length.
    Met when every move of `met_by` is made; over, without being met, by any of `ended_by` or in a final state.
    """

    code: Code
    name: Text
    days: Length = None
    working_days: Length = None
    months: Length = None
    years: Length = None
    month_end: Annotated[int, Field(ge=1, le=12)] | None = None
    public_notice: Literal[True] | None = None
    repeats: bool = False
    met_by: tuple[Code, ...] = ()
    ended_by: tuple[Code, ...] = ()
    clause: Clause

    @model_validator(mode="after")
    def one_length(self) -> Self:
        if len([name for name in LENGTHS if getattr(self, name) is not None]) != 1:
            raise Misplaced(f"时限“{self.name}”只写一种长度：{'、'.join(LENGTHS)}", "code")
        return self

    @property
    def recurring(self) -> bool:
        return self.repeats or self.month_end is not None

    @property
    def length(self) -> tuple[str, int | Unsaid]:
        """Its unit and the number of them."""
        if self.public_notice:
            return "working_days", UNSAID
        return next((name, getattr(self, name)) for name in LENGTHS if getattr(self, name) is not None)


class Given(Part):
    """What an earlier move must have recorded: the newest making of `move` holds one of `among` in its `field`."""

    move: Code
    field: Code
    among: Annotated[tuple[Text, ...], Field(min_length=1)]


class Move(Part):
    """One act on a case: from where, to where, by whom. Without `from` it opens a case; without `to` the case stays.

    `starts`: clocks that begin with it. `after`: a clock that must have run out before; `before`: one that must not.
    `phase`: the contest's phase it belongs to, judged by the day in the field `counts_by`, if one is named.
    `requires`: moves made before in the same state; `given`: what earlier ones recorded. `once`: at most once in a
    state. `grades`: the score given must be of one of these. `sets`: what it changes of the case that this one belongs
    to, and the field that says to what (its own, or else the newest making's that has it).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    code: Code
    name: Text
    origins: Annotated[tuple[Code, ...], Field(alias="from")] = ()
    to: Code | None = None
    role: Code
    reason: bool
    ledger: Text
    clause: Clause
    starts: tuple[Code, ...] = ()
    after: Code | None = None
    before: Code | None = None
    phase: Code | None = None
    counts_by: Code | None = None
    requires: tuple[Code, ...] = ()
    given: tuple[Given, ...] = ()
    once: bool = False
    fields: tuple[MoveField, ...] = ()
    grades: tuple[Code, ...] = ()
    sets: dict[Attribute, Code] = {}

    @model_validator(mode="after")
    def leads_somewhere(self) -> Self:
        if not self.origins and self.to is None:
            raise Misplaced(f"“{self.name}”没有 from 也没有 to", "code")
        if self.ledger not in TYPE_NAMES:
            raise Misplaced(f"台账没有“{self.ledger}”这种条目", "ledger")
        return self

    @model_validator(mode="after")
    def fields_are_there(self) -> Self:
        kinds = {field.code: field.kind for field in self.fields}
        if self.counts_by is not None and kinds.get(self.counts_by) != "day":
            raise Misplaced(f"counts_by 要指一个 day 字段：{self.counts_by}", "counts_by")
        if self.grades and "score" not in kinds.values():
            raise Misplaced(f"“{self.name}”按档次走，却没有 score 字段", "grades")
        return self

    def field(self, code: str) -> MoveField:
        """The field of that code; KeyError where there is none."""
        return {field.code: field for field in self.fields}[code]

    def judged_day(self, on: dt.date, values: dict) -> dt.date:
        """The day a deadline is held against: the field `counts_by` where the document says so, else the act's own."""
        return values.get(self.counts_by, on) if self.counts_by else on
