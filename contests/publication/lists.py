"""What a published list says: its lines, which of them still stand, where its clock is."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from contests.definition import Definition, cite
from contests.publication.effect import Move, Placed, effect_of
from contests.seasons import definition_of
from models.base import today
from models.contests import Season
from models.errors import NotFound
from models.publication import NoticeLine, NoticeStatus, Objection, ObjectionStatus, PublicNotice


def find_notice(session: Session, notice_id) -> PublicNotice:
    notice = session.get(PublicNotice, notice_id, options=[selectinload(PublicNotice.lines),
                                                           joinedload(PublicNotice.season)])
    if notice is None:
        raise NotFound("没有找到这次公示")
    return notice


def notices(session: Session, season: Season | None = None) -> list[PublicNotice]:
    """Every notice, or a season's, the newest first."""
    query = select(PublicNotice).options(joinedload(PublicNotice.season), selectinload(PublicNotice.lines))
    if season is not None:
        query = query.where(PublicNotice.season_id == season.id)
    return list(session.scalars(query.order_by(PublicNotice.opened_at.desc(), PublicNotice.number.desc())))


def running(notice: PublicNotice, on: dt.date | None = None) -> bool:
    """Whether objections are taken: open, and its last day not past. Without days none are."""
    return notice.status is NoticeStatus.open and notice.days > 0 and (on or today()) <= notice.last_day


def struck(notice: PublicNotice) -> set:
    """Ids of the lines that are off the list: an objection was upheld, or the award was taken back or moved up."""
    upheld = {one.line_id for one in notice.objections if one.status is ObjectionStatus.upheld and one.line_id}
    return upheld | {line.id for line in notice.lines if line.award.revoked_at is not None}


def standing_lines(notice: PublicNotice) -> list[NoticeLine]:
    gone = struck(notice)
    return [line for line in notice.lines if line.id not in gone]


def open_objections(notice: PublicNotice) -> list[Objection]:
    return [one for one in notice.objections if one.status is ObjectionStatus.open]


def grade_names(definition: Definition) -> dict[tuple[str, str], str]:
    """(track, grade) → the grade's name."""
    return {(track.code, award.code): award.name for track in definition.tracks for award in track.awards}


def effect_on(notice: PublicNotice, line: NoticeLine) -> list[Move]:
    """What taking the line off does to those who stand in its group. NotFound where it is off already."""
    names = grade_names(definition_of(notice.season))
    group = [Placed(one.position, one.name, names.get((one.track, one.grade), one.grade), one.rank)
             for one in standing_lines(notice) if one.track == line.track]
    try:
        return effect_of(group, line.position)
    except KeyError:
        raise NotFound("这一项已经不在名单上") from None


def notice_clause(definition: Definition) -> str:
    """Where the document speaks of the 公示; that it does not, where it does not."""
    said = definition.public_notice
    return cite(definition, said.clause) if said else f"{definition.source.number} 没有写公示"


def result_clause(definition: Definition) -> str:
    """Where the document says what follows the 公示: its phase 奖励, else the 公示 itself."""
    award = next((phase for phase in definition.phases if phase.code == "award"), None)
    return cite(definition, award.clause) if award else notice_clause(definition)
