"""The board's table: one row a month, district or field, one column a measure, and the sums below."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext
from sqlalchemy.orm import Session

from engagements.statistics import Cell, Dimension, Fact, Measure, facts, tally
from models import codes
from web import names

EMPTY = Cell(0, Decimal(0))


@dataclass(frozen=True)
class Row:
    """`cells` by measure; `key` names the row in links ("2026-11", "371082", "C24"), "" where nobody said."""

    key: str
    label: str
    cells: dict[Measure, Cell]


@dataclass(frozen=True)
class Table:
    dimension: Dimension
    year: int
    rows: list[Row]
    total: dict[Measure, Cell]


def build(session: Session, dimension: Dimension, year: int, last_month: int) -> Table:
    """The table of one year. By month it has a row for every month up to `last_month`, even an empty one."""
    found = {measure: facts(session, measure, year) for measure in Measure}
    tallies = {measure: tally(found[measure], dimension) for measure in Measure}
    keys = _keys(dimension, year, last_month, tallies)
    rows = [Row(key, label(dimension, key), {m: tallies[m].get(key, EMPTY) for m in Measure}) for key in keys]
    return Table(dimension, year, rows, {m: total(found[m]) for m in Measure})


def total(found: list[Fact]) -> Cell:
    return Cell(len(found), sum((fact.amount for fact in found), Decimal(0)))


def label(dimension: Dimension, key: str) -> str:
    """What people call the row."""
    if not key:
        return gettext("没有写")
    if dimension is Dimension.month:
        return gettext("%(month)s 月", month=int(key[5:]))
    return (names.district(key) if dimension is Dimension.district else codes.industry_name(key)) or key


def rows_behind(session: Session, measure: Measure, dimension: Dimension, key: str | None, year: int) -> list[Fact]:
    """The facts that one number counts; `key` None means the whole year."""
    found = facts(session, measure, year)
    return found if key is None else [fact for fact in found if fact.at(dimension) == key]


def last_month_of(year: int, today: dt.date) -> int:
    return today.month if year == today.year else 12


def _keys(dimension: Dimension, year: int, last_month: int, tallies: dict[Measure, dict[str, Cell]]) -> list[str]:
    seen = {key for counts in tallies.values() for key in counts}
    if dimension is Dimension.month:
        return sorted(seen | {f"{year}-{month:02}" for month in range(1, last_month + 1)})
    weight = {key: (tallies[Measure.contracts].get(key, EMPTY).amount, tallies[Measure.demands].get(key, EMPTY).count)
              for key in seen}
    return sorted(seen, key=lambda key: (-weight[key][0], -weight[key][1], key))
