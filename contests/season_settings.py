"""What staff settle for a season: opening it, and the values that its document leaves unsaid."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.catalogue import definition
from contests.phases import PhaseState, state
from contests.seasons import season_for, unsaid
from models.accounts import Role, User
from models.audit import record
from models.base import now
from models.contests import Season
from models.errors import Conflict, Forbidden, NotFound


def open_season(session: Session, actor: User, code: str, year: int) -> Season:
    """Begin a year's run of a contest. NotFound for a contest nobody defined, Conflict where the year runs already."""
    _require_staff(actor)
    try:
        definition(code)
    except KeyError:
        raise NotFound("没有这项竞赛的定义") from None
    if session.scalar(select(Season).where(Season.code == code, Season.year == year)) is not None:
        raise Conflict(f"{year} 年这届已经开了")
    season = Season(code=code, year=year, settings={})
    session.add(season)
    session.flush()
    record(session, actor, "season.open", season, code=code, year=year)
    return season


def settle(session: Session, actor: User, season: Season, values: dict[str, Any]) -> None:
    """Set values that the document leaves open, by their keys (seasons.unsaid); an empty one is open again.

    All are checked together, so weights may change in one go. Values are JSON scalars. Invalid names the key that does
    not fit; Conflict once the phase that rests on a value has begun: from then on it stands.
    """
    _require_staff(actor)
    session.flush()
    session.refresh(season, with_for_update=True)
    changed = {key: value for key, value in values.items() if season.settings.get(key, "") != value}
    _still_open(season, set(changed))
    kept = {key: value for key, value in {**season.settings, **changed}.items() if value != ""}
    season_for(definition(season.code), season.year, kept)
    season.settings = kept
    session.flush()
    record(session, actor, "season.settle", season, values=changed)


def _still_open(season: Season, keys: set[str]) -> None:
    base = definition(season.code)
    present = season_for(base, season.year, season.settings)
    for setting in unsaid(base):
        if setting.key in keys and state(present.phase(setting.needed_by), now()) in (PhaseState.open, PhaseState.over):
            raise Conflict(f"{setting.label}在{present.phase(setting.needed_by).name}开始以后不能再改", field=setting.key)


def _require_staff(actor: User) -> None:
    if not {Role.staff, Role.admin} & actor.roles:
        raise Forbidden("只有工会工作人员可以设置竞赛")
