"""Who may touch an entry and when: its season's group, its entrant, the state it is in, one act at a time."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.definition import Definition, Track, cite
from contests.seasons import definition_of
from models.accounts import Broker, Expert, Role, User
from models.contests import Entry, EntryStatus, Season
from models.errors import Conflict, Forbidden, NotFound
from models.locking import lock

ROLE_NAMES = {Role.expert: "专家", Role.broker: "促成人"}
OPEN_STATES = (EntryStatus.draft, EntryStatus.returned)


def track_of(season: Season, code: str) -> tuple[Definition, Track]:
    """The season's definition and the group of that code. NotFound for a group the contest does not have."""
    definition = definition_of(season)
    try:
        return definition, definition.track(code)
    except KeyError:
        raise NotFound("这届竞赛没有这个组别") from None


def profile_of(session: Session, user: User, definition: Definition, track: Track) -> Expert | Broker:
    """The approved profile under which the person enters the group. Forbidden for anybody else."""
    if not track.role:
        raise Forbidden(f"{track.name}不从这里报名", clause=cite(definition, track.clause))
    role = Role(track.role)
    profile: Expert | Broker | None
    if role is Role.expert:
        profile = session.scalar(select(Expert).where(Expert.user_id == user.id))
    else:
        profile = session.scalar(select(Broker).where(Broker.user_id == user.id))
    if profile is None or role not in user.roles:
        raise Forbidden(f"{track.name}由入驻的{ROLE_NAMES[role]}报名", clause=cite(definition, track.clause))
    return profile


def require_open_own(session: Session, actor: User, entry: Entry) -> None:
    """Hold the entry; NotFound unless it is the actor's own, Conflict unless it can still be changed."""
    hold(session, entry)
    require_own(actor, entry)
    if entry.status not in OPEN_STATES:
        raise Conflict("已经提交或撤回，不能再改。要改请先撤回，或请工作人员退回", clause=_clause(entry))


def require_own(actor: User, entry: Entry) -> None:
    if entry.user_id != actor.id:
        raise NotFound("没有找到这份报名", clause=_clause(entry))


def _clause(entry: Entry) -> str:
    """Where the document says who enters the entry's group."""
    definition, track = track_of(entry.season, entry.track)
    return cite(definition, track.clause)


def hold(session: Session, entry: Entry) -> None:
    """Read the entry again and hold it, so that of two acts at once the second judges what the first left."""
    lock(session, entry)
