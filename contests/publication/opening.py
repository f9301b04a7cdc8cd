"""Opening a 公示: the approved list, frozen and shown for its working days; and taking one down again."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from contests.definition import Definition
from contests.forms.text import clean_line
from contests.parts import UNSAID
from contests.phases import require_open
from contests.publication import leaves
from contests.publication.calendar import exceptions, unentered_years
from contests.publication.lists import notice_clause
from contests.publication.masking import masked
from contests.publication.wording import body_of, line_of, require_staff
from contests.publication.working_days import last_day
from contests.rules.window import chinese_day
from contests.seasons import definition_of
from ledger import log
from models.accounts import User
from models.audit import notify, record
from models.awards import Award
from models.base import now, today
from models.contests import EntryStatus, Season
from models.errors import Conflict, Forbidden, Invalid, Refused
from models.files import StoredFile
from models.locking import lock
from models.publication import NoticeLine, NoticeStatus, PublicNotice

PHASE = "public_notice"


@dataclass(frozen=True)
class Approval:
    """The record that the list was approved before the public sees it (党组会议研究审定)."""

    by: str
    on: dt.date | None
    minutes: str
    file: StoredFile | None = None


def open_notice(session: Session, actor: User, season: Season, approval: Approval, *, track: str = "",
                calendar_checked: bool = False) -> PublicNotice:
    """Show the decided awards of the season, or of one group, from today on. Awards already shown are left out.

    Where the document knows no 公示 the notice has no days, and the result may follow at once. Refused with the clause
    without awards, without the number of days, outside the phase; Invalid without the record of
    approval, and where no holiday of the year is entered and nobody says that there is none (`calendar_checked`).
    """
    require_staff(actor, "办理公示")
    lock(session, season)
    definition = definition_of(season)
    _ready(definition, track)
    awards = _awards(session, season, track, definition)
    notice = PublicNotice(season=season, track=track, **_approved(actor, approval, notice_clause(definition)),
                          **_period(session, definition, calendar_checked), number=_next(session, season),
                          opened_by=actor, opened_at=now(), id=uuid.uuid4())
    notice.lines = [_line(position, award) for position, award in enumerate(awards, 1)]
    notice.ledger_index = log.append(session, "notice.published", leaves.notice(notice), event_id=notice.id,
                                     refs=[award.ledger_index for award in awards]).index
    session.add(notice)
    session.flush()
    for award in awards:
        notify(session, award.entry.user_id, _told(notice), notice)
    record(session, actor, "notice.open", notice, season=str(season.id), ledger=notice.ledger_index)
    return notice


def withdraw_notice(session: Session, actor: User, notice: PublicNotice, reason: str) -> None:
    """Take a running notice down: its list may then be corrected and shown anew. What was shown stays in the ledger."""
    require_staff(actor, "撤下公示")
    lock(session, notice)
    if notice.status is not NoticeStatus.open:
        raise Conflict("这次公示已经撤下，或者结果已经公布")
    notice.withdrawn_for = body_of(reason, "reason", "撤下的原因", most=1000)
    notice.status, notice.withdrawn_at = NoticeStatus.withdrawn, now()
    session.flush()
    log.append(session, "notice.withdrawn", leaves.withdrawal(notice, actor.name), refs=[notice.ledger_index])
    record(session, actor, "notice.withdraw", notice)


def _ready(definition: Definition, track: str) -> None:
    if track and track not in {one.code for one in definition.tracks}:
        raise Invalid("这届竞赛没有这个组别", field="track")
    if definition.public_notice is not None and definition.public_notice.days == UNSAID:
        raise Refused("公示几个工作日还没有定，通知里没有写。请先在“设置”里按会议纪要录入",
                      clause=notice_clause(definition))
    if PHASE in {phase.code for phase in definition.phases}:
        require_open(definition, PHASE, now())


def _awards(session: Session, season: Season, track: str, definition: Definition) -> list[Award]:
    """Decided, not revoked, and on no other notice that stands; in the order of groups, grades and ranks."""
    shown = select(NoticeLine.award_id).join(PublicNotice).where(PublicNotice.status != NoticeStatus.withdrawn)
    query = select(Award).options(joinedload(Award.entry)).where(
        Award.season_id == season.id, Award.revoked_at.is_(None), Award.id.not_in(shown))
    if track:
        query = query.where(Award.track == track)
    order = {(one.code, award.code): (row, column) for row, one in enumerate(definition.tracks)
             for column, award in enumerate(one.awards)}
    found = sorted(session.scalars(query),
                   key=lambda one: (order[one.track, one.grade], one.rank, one.entry.name, str(one.id)))
    if not found:
        raise Refused("没有评出、还没公示过的获奖名单，不能公示", clause=notice_clause(definition))
    gone = [award.entry.name for award in found if award.entry.status is not EntryStatus.submitted]
    if gone:
        raise Refused(f"名单里有已经退回或撤回的报名：{'、'.join(gone[:5])}。先重新评定，再公示",
                      clause=notice_clause(definition))
    return found


def _approved(actor: User, approval: Approval, clause: str) -> dict:
    by = line_of(approval.by, "approved_by", "审定名单的会议", most=60, clause=clause)
    if approval.on is None:
        raise Invalid("写明哪天审定的", field="approved_on", clause=clause)
    if approval.on > today():
        raise Invalid("审定日期不能晚于今天：先审定，再公示", field="approved_on", clause=clause)
    if approval.file is not None and approval.file.uploaded_by_id != actor.id:
        raise Forbidden("只能用您自己上传的文件")
    return {"approved_by": by, "approved_on": approval.on, "minutes_file": approval.file,
            "minutes": line_of(approval.minutes, "minutes", "会议纪要", clause=clause)}


def _period(session: Session, definition: Definition, calendar_checked: bool) -> dict:
    first = today()
    if definition.public_notice is None:
        return {"days": 0, "opened_on": first, "last_day": first}
    days = definition.public_notice.days
    last = last_day(first, days, exceptions(session))
    unknown = unentered_years(session, first, last)
    if unknown and not calendar_checked:
        raise Invalid(f"{'、'.join(map(str, unknown))} 年的放假和调休还没有录入，现在只按周末算，公示到 {chinese_day(last)}。"
                      "请先录入，或者核对公示期里没有放假和调休后勾选", field="calendar_checked",
                      clause=notice_clause(definition))
    phase = next((one for one in definition.phases if one.code == PHASE), None)
    if phase is not None and phase.days is not None and last > phase.days[1]:
        raise Refused(f"公示 {days} 个工作日要到 {chinese_day(last)}，可公示阶段只到 {chinese_day(phase.days[1])}。"
                      "请把这两项改到一致", clause=notice_clause(definition))
    return {"days": days, "opened_on": first, "last_day": last}


def _told(notice: PublicNotice) -> str:
    return f"您的报名已列入公示名单，公示到 {chinese_day(notice.last_day)}" if notice.days else "您的报名已列入获奖名单"


def _next(session: Session, season: Season) -> int:
    """The season is held, so no other notice takes the number."""
    return 1 + (session.scalar(select(func.max(PublicNotice.number)).where(PublicNotice.season_id == season.id)) or 0)


def _line(position: int, award: Award) -> NoticeLine:
    entry = award.entry
    return NoticeLine(position=position, award=award, track=award.track, grade=award.grade, rank=award.rank,
                      name=masked(clean_line(entry.name)), organisation=masked(clean_line(entry.employer)))
