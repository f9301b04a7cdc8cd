"""The terms of selection (评选办法) of one group as plain values: what counts how much, which grades, which caps."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from models.errors import Invalid

Per = Literal["contest", "organisation", "district"]
PLACES = "places"
"""What the cap of a grade's own places is called."""


@dataclass(frozen=True)
class Criterion:
    """One indicator. `full`: the figure that earns all 100 points; None: the highest figure of the group does."""

    code: str
    name: str
    unit: str
    weight: Decimal
    full: Decimal | None = None


@dataclass(frozen=True)
class Grade:
    """An award of the group, best first. `places`: at most so many; `cutoff`: from so many points; None: no limit."""

    code: str
    name: str
    places: int | None = None
    cutoff: Decimal | None = None


@dataclass(frozen=True)
class Cap:
    """At most `most` awarded entries in all, of one organisation, of one district.

    `grade`: only entries of that grade count; None: every awarded entry does. `citation`: the clause that says so.
    """

    code: str
    name: str
    per: Per
    most: int
    grade: str | None = None
    citation: str = ""


@dataclass(frozen=True)
class Terms:
    """`criteria` and `grades` stand in the definition's order: ties are broken by one, grades filled by the other."""

    criteria: tuple[Criterion, ...]
    grades: tuple[Grade, ...]
    caps: tuple[Cap, ...] = ()

    def limits(self) -> list[Cap]:
        """Every cap there is: the grades' own places, then the others."""
        places = [Cap(f"{PLACES}.{grade.code}", f"{grade.name}名额", "contest", grade.places, grade.code)
                  for grade in self.grades if grade.places is not None]
        return [*places, *self.caps]


def check(terms: Terms) -> Terms:
    """The terms again, if anybody can be judged by them; else Invalid for the key that is wrong.

    Weights are finite, above 0 and add up to exactly 1; places and caps are whole and not negative (0 admits nobody);
    cut-offs lie between 0 and 100 and do not rise from a better grade to a lesser one.
    """
    for criterion in terms.criteria:
        if not (criterion.weight.is_finite() and 0 < criterion.weight <= 1):
            raise Invalid(f"“{criterion.name}”的权重要大于 0、不超过 100%", field=f"weight.{criterion.code}")
        if criterion.full is not None and not (criterion.full.is_finite() and criterion.full > 0):
            raise Invalid(f"“{criterion.name}”的满分值要大于 0", field=f"full.{criterion.code}")
    total = sum((criterion.weight for criterion in terms.criteria), Decimal(0))
    if terms.criteria and total != 1:
        raise Invalid(f"权重合计是 {(total * 100).normalize():f}%，应为 100%", field=f"weight.{terms.criteria[-1].code}")
    _check_grades(terms)
    for cap in terms.caps:
        if cap.most < 0:
            raise Invalid(f"“{cap.name}”不能是负数", field=f"cap.{cap.code}")
    return terms


def to_document(terms: Terms) -> dict[str, Any]:
    """Plain JSON: numbers that are not whole stand as text, so that they stay exact."""
    return {"criteria": [_plain(vars(one)) for one in terms.criteria],
            "grades": [_plain(vars(one)) for one in terms.grades],
            "caps": [_plain(vars(one)) for one in terms.caps]}


def from_document(document: Mapping[str, Any]) -> Terms:
    return Terms(
        tuple(Criterion(**{**one, "weight": Decimal(one["weight"]), "full": _decimal(one["full"])})
              for one in document["criteria"]),
        tuple(Grade(**{**one, "cutoff": _decimal(one["cutoff"])}) for one in document["grades"]),
        tuple(Cap(**one) for one in document["caps"]))


def _check_grades(terms: Terms) -> None:
    above: Decimal | None = None
    for grade in terms.grades:
        if grade.places is not None and grade.places < 0:
            raise Invalid(f"“{grade.name}”的名额不能是负数", field=f"places.{grade.code}")
        cutoff = grade.cutoff
        if cutoff is None:
            continue
        if not (cutoff.is_finite() and 0 <= cutoff <= 100):
            raise Invalid(f"“{grade.name}”的分数线在 0 到 100 之间", field=f"cutoff.{grade.code}")
        if above is not None and cutoff > above:
            raise Invalid(f"“{grade.name}”的分数线高过了上一等的 {above:f} 分", field=f"cutoff.{grade.code}")
        above = cutoff


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, Decimal) else value for key, value in values.items()}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
