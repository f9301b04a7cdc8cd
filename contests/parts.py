"""The smaller pieces of a contest definition: clauses, phases, indicators, materials, awards and form layouts."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Text = Annotated[str, Field(min_length=1)]
UNSAID: Literal["unsaid"] = "unsaid"
Unsaid = Literal["unsaid"]
"""The mark that the source document leaves a value open: staff set it before the phase that needs it opens."""

EntrantKind = Literal["person", "team", "organisation", "collective", "province"]
Measure = Literal["count", "contract_amount", "benefit"]


class Part(BaseModel):
    """Frozen, and an unknown key is an error: a misspelt rule must not pass as an absent one."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Misplaced(ValueError):
    """A value that does not fit the others; `path` leads from the part being checked to the value."""

    def __init__(self, message: str, *path: str | int):
        super().__init__(message)
        self.path = path


class Clause(Part):
    """Where the source document says it: the article's own numbering, and its words verbatim."""

    article: Text
    text: Text
    derived: str = ""
    """Set where the document only implies the rule: how the rule follows from the words quoted."""


class Source(Part):
    title: Text
    number: Text
    issuer: Text
    dated: dt.date


class Organiser(Part):
    name: Text
    role: Text


class Phase(Part):
    """One step of the contest. Both days are inclusive, in Asia/Shanghai."""

    code: Code
    name: Text
    starts: dt.date | Unsaid
    ends: dt.date | Unsaid
    clause: Clause

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """First and last day; None while either is unsaid."""
        if isinstance(self.starts, dt.date) and isinstance(self.ends, dt.date):
            return self.starts, self.ends
        return None

    @model_validator(mode="after")
    def ordered(self) -> Self:
        if self.days is not None and self.days[1] < self.days[0]:
            raise Misplaced(f"阶段“{self.name}”的结束日早于开始日", "ends")
        return self


class Indicator(Part):
    """What is counted. `basis` says which benefit is scored: the two are measured apart and never added up."""

    code: Code
    name: Text
    measure: Measure
    weight: Annotated[Decimal, Field(gt=0, le=1)] | Unsaid
    basis: Literal["expected", "realised"] | Unsaid | None = None
    clause: Clause

    @model_validator(mode="after")
    def basis_belongs_to_benefit(self) -> Self:
        if (self.measure == "benefit") != (self.basis is not None):
            raise Misplaced(f"指标“{self.name}”：只有经济效益要写 basis（expected、realised 或 unsaid）", "measure")
        return self


class Material(Part):
    """One thing an entry must carry. `kind` says what proves it is there."""

    code: Code
    name: Text
    """May hold {year}, the year of the season."""
    kind: Literal["signed_form", "contract_original", "contract_copy", "report"]
    clause: Clause


class Award(Part):
    """One grade: how many places each group has, and the bounds of the money in 元, both inclusive."""

    code: Code
    name: Text
    places: Annotated[int, Field(gt=0)] | Unsaid
    amount_min: Decimal
    amount_max: Decimal
    clause: Clause

    @model_validator(mode="after")
    def bounded(self) -> Self:
        if not 0 <= self.amount_min <= self.amount_max:
            raise Misplaced(f"“{self.name}”的奖金上下限不对", "amount_max")
        return self


class PublicNotice(Part):
    """公示: where it is shown and for how many working days."""

    place: Text
    days: Annotated[int, Field(gt=0)] | Unsaid
    clause: Clause


class Submission(Part):
    """Where the paper and the electronic copy go."""

    office: Text
    address: Text
    clause: Clause


class Declaration(Part):
    """What an entrant declares on submitting, and the words it answers to."""

    text: Text
    clause: Clause


class Warn(Part):
    """Something in the document that contradicts itself, shown wherever `where` is decided."""

    code: Code
    where: Text
    text: Text


class FormTemplate(Part):
    """The fixed words of a registration form, as the annex prints them."""

    annex: Text
    title: Annotated[tuple[Text, ...], Field(min_length=1, max_length=3)]
    group: Text
    note: Text
    copies: Annotated[int, Field(ge=1, le=3)]
    name_label: Text
    phone_label: Text
    employer_label: Text
    summary_label: Text
    summary_hint: Text
    columns: Annotated[tuple[Text, ...], Field(min_length=4, max_length=4)]
    signature_label: Text
    review_label: Annotated[tuple[Text, ...], Field(min_length=1)]
    date_line: Text
