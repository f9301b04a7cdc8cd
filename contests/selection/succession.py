"""递补: after an award was taken back those behind it follow, by the sealed terms, as far as nobody loses by it."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.selection.choice import Placed, Selection
from models.awards import Award
from models.contests import Season


@dataclass(frozen=True)
class Step:
    """One entry that comes to a grade, or to a better one. `before`: the award it held, None where it held none."""

    placed: Placed
    before: Award | None


def fallen(session: Session, season: Season, track: str) -> frozenset[uuid.UUID]:
    """The entries whose award was taken back and who hold none: they are ranked no more."""
    rows = session.scalars(select(Award).where(Award.season_id == season.id, Award.track == track)).all()
    standing = {row.entry_id for row in rows if row.revoked_at is None}
    return frozenset(row.entry_id for row in rows if row.revoked_at is not None) - standing


def steps(selection: Selection, standing: Iterable[Award]) -> list[Step]:
    """Whose grade the selection makes another one than the awards that stand, best first; nothing where all agree."""
    held = {award.entry_id: award for award in standing}
    return [Step(one, held.get(one.key)) for one in selection.awarded()
            if one.grade is not None and (one.key not in held or held[one.key].grade != one.grade.code)]


def losers(selection: Selection, standing: Iterable[Award], grades: Mapping[str, int]) -> list[Award]:
    """The awards that the selection would lower or take away. `grades`: code of a grade → its place, best 0."""
    now = {one.key: grades[one.grade.code] for one in selection.awarded() if one.grade is not None}
    return [award for award in standing if now.get(award.entry_id, len(grades)) > grades[award.grade]]
