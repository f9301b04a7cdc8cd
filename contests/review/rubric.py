"""What a reviewer scores: the indicators of the group, each on the same scale, each score with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from contests.definition import Track
from contests.forms.text import clean_body
from contests.parts import Clause
from contests.review.sealing import Score
from models.errors import Invalid
from models.figures import percent

FULL = Decimal(100)
"""The scale of every indicator is 0 to 100; how much it weighs is applied afterwards."""
JUDGED = "score"
"""The measure of an indicator that nothing but a reviewer's judgement gives."""
REASON_LENGTH = 1000
GRADES = (("优", 95), ("良", 85), ("中", 75), ("差", 60))
"""Buttons that fill in a number, which may then be changed. They are a help for the hand and no rule of a contest."""


@dataclass(frozen=True)
class Criterion:
    """One line of the sheet. `weight`: 0 to 1, None where the season has not set it."""

    code: str
    name: str
    weight: Decimal | None
    clause: Clause

    @property
    def percent(self) -> str:
        """The weight in per cent without trailing zeros; empty where it is not set."""
        return percent(self.weight)


def rubric(track: Track) -> tuple[Criterion, ...]:
    """The group's lines in its order: those that only a reviewer can judge, or all where there is none such."""
    judged = [one for one in track.indicators if one.measure == JUDGED]
    return tuple(Criterion(one.code, one.name, one.weight if isinstance(one.weight, Decimal) else None, one.clause)
                 for one in judged or track.indicators)


def points_field(code: str) -> str:
    return f"{code}-points"


def reason_field(code: str) -> str:
    return f"{code}-reason"


def read_points(criterion: Criterion, typed: str) -> Decimal | None:
    """The number typed, None where nothing was. Invalid, beside its field, for anything else than 0 to 100."""
    field, text = points_field(criterion.code), typed.strip().replace("．", ".")
    if not text:
        return None
    try:
        points = Decimal(text)
    except InvalidOperation:
        raise Invalid(f"{criterion.name}的分数写一个数，比如 85 或 85.5", field=field) from None
    if not points.is_finite() or not 0 <= points <= FULL:
        raise Invalid(f"{criterion.name}的分数要在 0 到 {FULL} 之间，现在是 {text}"[:200], field=field)
    if points != points.quantize(Decimal("0.01")):
        raise Invalid(f"{criterion.name}的分数最多两位小数", field=field)
    return points + 0  # −0 is 0: what is sealed is what the database gives back


def read_reason(criterion: Criterion, typed: str) -> str:
    """The reason, cleaned. Invalid, beside its field, for one that is too long."""
    reason = clean_body(typed)
    if len(reason) > REASON_LENGTH:
        raise Invalid(f"{criterion.name}的理由最多 {REASON_LENGTH} 字，现在 {len(reason)} 字",
                      field=reason_field(criterion.code))
    return reason


def require_points(criterion: Criterion, points: Decimal | None) -> Decimal:
    if points is None:
        raise Invalid(f"{criterion.name}还没打分", field=points_field(criterion.code))
    return points


def require_reason(criterion: Criterion, reason: str) -> str:
    if not reason:
        raise Invalid(f"写明{criterion.name}为什么打这个分", field=reason_field(criterion.code))
    return reason


def complete(criteria: tuple[Criterion, ...], typed: Mapping[str, tuple[str, str]]) -> dict[str, Score]:
    """The whole sheet of what was typed, indicator → (points, reason). Invalid for the first fault in its order."""
    return {one.code: Score(require_points(one, read_points(one, typed.get(one.code, ("", ""))[0])),
                            require_reason(one, read_reason(one, typed.get(one.code, ("", ""))[1])))
            for one in criteria}
