"""Which cases a person may begin: the opening moves of their offices."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from contests.lifecycles.history import lifecycles_of
from contests.lifecycles.lifecycle import Lifecycle
from contests.lifecycles.offices import covers, offices_of
from contests.lifecycles.parts import Move
from models.accounts import User
from models.contests import Season
from models.lifecycles import Case


@dataclass(frozen=True)
class Start:
    """A lifecycle with the moves by which this person may begin one of its cases."""

    season: Season
    lifecycle: Lifecycle
    moves: list[Move]


def startable(session: Session, actor: User, parent: Case | None = None) -> list[Start]:
    """Those that stand by themselves, or with `parent` those that belong to such a case."""
    if parent is not None and parent.closed:
        return []
    offices = [one for one in offices_of(session, actor) if parent is None or covers(one, parent)]
    found = []
    for season_id in sorted({office.season_id for office in offices}, key=str):
        season = session.get_one(Season, season_id)
        held = {office.role for office in offices if office.season_id == season_id}
        for lifecycle in lifecycles_of(season):
            moves = [move for move in lifecycle.openings() if move.role in held]
            if moves and lifecycle.parent == (parent.lifecycle if parent else None):
                found.append(Start(season, lifecycle, moves))
    return found
