"""What staff settle for a season: opening it, and the values that its document leaves unsaid."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contests import staff
from contests.adopted import base_of, known_definition
from contests.definition import cite
from contests.forms.text import source_of
from contests.phases import PhaseState, state
from contests.seasons import definition_of, season_for, unsaid
from contests.selection.sealing import seals_of
from models.accounts import User
from models.audit import record
from models.base import now, today
from models.contests import Season, SeasonDecision
from models.errors import Conflict, Invalid, NotFound
from models.locking import lock


def open_season(session: Session, actor: User, code: str, year: int) -> Season:
    """Begin a year's run of a contest, of last year at the earliest.

    NotFound for a contest nobody defined, Conflict where the year runs already.
    """
    _require_staff(actor)
    try:
        known_definition(session, code)
    except KeyError:
        raise NotFound("没有这项竞赛的定义") from None
    if not today().year - 1 <= year <= today().year + 5:
        raise Invalid(f"年份写 {today().year - 1} 到 {today().year + 5} 之间的四位数", field="year")
    if session.scalar(select(Season).where(Season.code == code, Season.year == year)) is not None:
        raise Conflict(f"{year} 年这届已经开了", field="year")
    season = Season(code=code, year=year, settings={})
    session.add(season)
    session.flush()
    record(session, actor, "season.open", season, code=code, year=year)
    return season


def settle(session: Session, actor: User, season: Season, values: dict[str, Any], *, source: str,
           version: int) -> list[str]:
    """Set values that the document leaves open, by their keys (seasons.unsaid); an empty one is open again.

    All are checked together, so weights may change in one go. Values are JSON scalars; `source` names the minutes that
    decided them; `version` is the season's as the values were read. Returns the keys that changed. Invalid names the
    key that does not fit; Conflict where somebody settled meanwhile, once the phase that rests on a value has begun,
    and once the value is sealed: from then on it stands.
    """
    _require_staff(actor)
    lock(session, season)
    if season.version != version:
        raise Conflict("设置刚被别人改过。您写的还在，请对照现在的值再保存")
    changed = {key: value for key, value in values.items() if season.settings.get(key, "") != value}
    if not changed:
        return []
    _still_open(session, season, set(changed))
    kept = {key: value for key, value in {**season.settings, **changed}.items() if value != ""}
    season_for(base_of(season), season.year, kept)
    source = source_of(source, "source")
    season.settings = kept
    session.add_all(SeasonDecision(season_id=season.id, key=key, value=str(value), source=source,
                                   decided_by_id=actor.id)
                    for key, value in changed.items())
    session.flush()
    record(session, actor, "season.settle", season, values=changed)
    return list(changed)


def decisions(session: Session, season: Season) -> dict[str, SeasonDecision]:
    """The latest decision on each value, by its key."""
    rows = session.scalars(select(SeasonDecision).options(joinedload(SeasonDecision.decided_by))
                           .where(SeasonDecision.season_id == season.id).order_by(SeasonDecision.at))
    return {row.key: row for row in rows}


def standing_keys(session: Session, season: Season) -> set[str]:
    """The keys of the values that stand: the phase that rests on them has begun, or they are sealed."""
    seals = seals_of(session, season)
    return {setting.key for setting in unsaid(base_of(season))
            if settled(season, setting.key) or seals.of(setting.key) is not None}


def settled(season: Season, key: str) -> bool:
    """Whether the phase that rests on the value has begun, so that it stands."""
    setting = next(one for one in unsaid(base_of(season)) if one.key == key)
    phase = definition_of(season).phase(setting.needed_by)
    return state(phase, now()) in (PhaseState.open, PhaseState.over)


def _still_open(session: Session, season: Season, keys: set[str]) -> None:
    """Raise for the first value that may no longer change. Keys that are not open at all are season_for's to refuse."""
    base, seals = base_of(season), seals_of(session, season)
    for setting in unsaid(base):
        if setting.key not in keys:
            continue
        if (seal := seals.of(setting.key)) is not None:
            raise Conflict(f"{setting.label}已经封存在佐证台账第 {seal.ledger_index} 号，不能再改", field=setting.key,
                           clause=cite(base, setting.clause))
        if settled(season, setting.key):
            phase = base.phase(setting.needed_by)
            raise Conflict(f"{setting.label}在{phase.name}开始以后不能再改", field=setting.key)


def _require_staff(actor: User) -> None:
    staff.require_staff(actor, "设置竞赛")
