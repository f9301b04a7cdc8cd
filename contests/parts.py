"""The smaller pieces of a contest definition: clauses, phases, indicators, materials, awards and form layouts."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from contests.decades import FirstDay, LastDay

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Text = Annotated[str, Field(min_length=1)]
MAIN = "main"
"""The stage of a contest that has only one."""
UNSAID: Literal["unsaid"] = "unsaid"
Unsaid = Literal["unsaid"]
"""The mark that the source document leaves a value open: staff set it before the phase that needs it opens."""

EntrantKind = Literal["person", "team", "organisation", "collective", "province"]
Measure = Literal["count", "contract_amount", "benefit", "score", "vote"]
"""The first three are counted from evidence; `score` is what reviewers give, `vote` what the public does."""
PhaseKind = Literal["preparation", "registration", "vetting", "campaign", "review", "summary", "public_notice", "award"]


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
    """The document itself. `cosigned`: every body that signed it; `signed_for`: who sealed it on whose behalf (代章)."""

    title: Text
    number: Text
    issuer: Text
    dated: dt.date
    registered: str = ""
    """The registration number of a normative document (规范性文件登记号), where it has one."""
    cosigned: tuple[Text, ...] = ()
    signed_for: str = ""


class Phase(Part):
    """One step of the contest. Both days are inclusive, in Asia/Shanghai; a month or a 旬 is read as its days.

    `earliest` and `latest` bound days that are to be announced (另行通知); `overlaps` says that the document lets the
    step begin before its predecessor has ended.
    """

    code: Code
    name: Text
    kind: PhaseKind
    stage: Code = MAIN
    starts: FirstDay | Unsaid
    ends: LastDay | Unsaid
    earliest: FirstDay | None = None
    latest: LastDay | None = None
    overlaps: bool = False
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

    @model_validator(mode="after")
    def within_bounds(self) -> Self:
        for key in ("starts", "ends"):
            day = getattr(self, key)
            if not isinstance(day, dt.date):
                continue
            if self.earliest and day < self.earliest:
                raise Misplaced(f"“{self.name}”不能早于 {self.earliest:%Y-%m-%d}", key)
            if self.latest and day > self.latest:
                raise Misplaced(f"“{self.name}”不能晚于 {self.latest:%Y-%m-%d}", key)
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
    kind: Literal["signed_form", "contract_original", "contract_copy", "report", "letter", "file"]
    copies: Annotated[int, Field(ge=1)] = 1
    sealed: bool = False
    """Whether it carries the organisation's seal and its legal representative's signature."""
    clause: Clause


class Award(Part):
    """One grade: how many places each group has, or the score from which it is given, and the money's bounds.

    Bounds are in 元, both inclusive; None where the document gives no money, unsaid where it gives some and not how
    much. `recipient`: an award for organising or working for the contest goes to no entry.
    """

    code: Code
    name: Text
    places: Annotated[int, Field(gt=0)] | Unsaid | None = None
    cutoff: Annotated[Decimal, Field(ge=0)] | Unsaid | None = None
    amount_min: Decimal | Unsaid | None = None
    amount_max: Decimal | Unsaid | None = None
    recipient: Literal["entry", "organisation", "person"] = "entry"
    certificate: bool = False
    clause: Clause

    @model_validator(mode="after")
    def limited(self) -> Self:
        if self.places is None and self.cutoff is None:
            raise Misplaced(f"“{self.name}”没有写名额，也没有写分数线；原文没有写明的，标 places = \"unsaid\"", "places")
        return self

    @model_validator(mode="after")
    def bounded(self) -> Self:
        least, most = self.amount_min, self.amount_max
        if (least is None) != (most is None):
            raise Misplaced(f"“{self.name}”的奖金上下限要写就都写", "amount_min" if least is None else "amount_max")
        if isinstance(least, Decimal) and (least < 0 or isinstance(most, Decimal) and most < least):
            raise Misplaced(f"“{self.name}”的奖金上下限不对", "amount_max")
        return self


class PublicNotice(Part):
    """公示: where it is shown and for how many working days."""

    place: Text | Unsaid
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
