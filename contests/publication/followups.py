"""After 3 and 12 months: what each awarded contract was expected to bring in, what it did, and by what proof."""

import calendar
import datetime as dt
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contests.publication.wording import body_of, require_staff
from contests.rules.window import chinese_day
from models.accounts import User
from models.after_award import FollowUp
from models.audit import notify, record
from models.base import now, today
from models.contests import Evidence
from models.contracts import BenefitReport
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.locking import lock
from models.publication import Certificate, NoticeLine, PublicNotice, ResultDocument

MONTHS = (3, 12)
FRESH = dt.timedelta(days=31)
"""How long before the due day a report may end to count for it."""
PAUSE = dt.timedelta(days=7)
"""Between two reminders."""


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def schedule(session: Session, document: ResultDocument) -> None:
    """Put down the looks ahead for every certified award that rests on contracts."""
    session.add_all([FollowUp(certificate_id=row.id, months=months, due_on=months_after(document.dated, months))
                     for row in document.certificates if row.line.award.entry.evidence for months in MONTHS])
    session.flush()


def follow_ups(session: Session, season_id) -> list[FollowUp]:
    """A season's, the open ones first and among them the earliest due."""
    query = select(FollowUp).options(joinedload(FollowUp.certificate)).join(Certificate).join(
        NoticeLine, Certificate.line_id == NoticeLine.id).join(PublicNotice).where(PublicNotice.season_id == season_id)
    return list(session.scalars(query.order_by(FollowUp.closed_at.is_not(None), FollowUp.due_on,
                                               Certificate.number)))


def due(session: Session) -> int:
    """How many looks are due and not closed, in all seasons."""
    return len(session.scalars(select(FollowUp.id).where(FollowUp.closed_at.is_(None),
                                                         FollowUp.due_on <= today())).all())


def figures(session: Session, row: FollowUp) -> list[dict]:
    """Contract by contract, in 元 as text: frozen once the look is closed. `realised` is empty where none is reported.

    A broker's share is not applied: the benefit is the contract's.
    """
    if row.closed_at is not None:
        return row.figures
    return [_figure(session, one, row) for one in row.certificate.line.award.entry.evidence]


def missing(found: list[dict]) -> list[str]:
    """Names of the contracts without a fresh report."""
    return [one["name"] for one in found if not one["realised"]]


def remind(session: Session, actor: User, row: FollowUp) -> int:
    """Ask the enterprises whose reports are missing. How many were asked. Conflict within a week of the last time."""
    require_staff(actor, "提醒填报")
    _hold(session, row)
    if row.reminded_at is not None and now() - row.reminded_at < PAUSE:
        raise Conflict("这一周已经提醒过，再等几天")
    lacking = set(missing(figures(session, row)))
    contracts = [one.contract for one in row.certificate.line.award.entry.evidence
                 if one.contract.revision.name in lacking]
    for contract in contracts:
        notify(session, contract.engagement.demand.author_id,
               f"请填报产生的经济效益（获奖后 {row.months} 个月跟踪）：{contract.revision.name}"[:300], contract)
    row.reminded_at = now()
    session.flush()
    record(session, actor, "follow_up.remind", row, contracts=len(contracts))
    return len(contracts)


def close(session: Session, actor: User, row: FollowUp, note: str) -> None:
    """Freeze the figures once the day has come. Invalid without a note where a contract has no fresh report."""
    require_staff(actor, "办结跟踪")
    _hold(session, row)
    if actor.id == row.certificate.line.award.entry.user_id:
        raise Forbidden("不能办结自己的获奖项目")
    if today() < row.due_on:
        raise Conflict(f"还没到期，{chinese_day(row.due_on)}以后再办结")
    found = figures(session, row)
    row.note = body_of(note, "note", "说明", most=1000, needed=False)
    lacking = missing(found)
    if lacking and not row.note:
        raise Invalid(f"还有合同没有填报效益：{'、'.join(lacking[:3])}。先提醒企业填报，或者写明为什么没有", field="note")
    row.figures, row.closed_at, row.closed_by_id = found, now(), actor.id
    session.flush()
    record(session, actor, "follow_up.close", row, missing=len(lacking))


def find_follow_up(session: Session, follow_up_id) -> FollowUp:
    row = session.get(FollowUp, follow_up_id)
    if row is None:
        raise NotFound("没有找到这项跟踪")
    return row


def _hold(session: Session, row: FollowUp) -> None:
    lock(session, row)
    if row.closed_at is not None:
        raise Conflict("这项跟踪已经办结")


def _figure(session: Session, one: Evidence, row: FollowUp) -> dict:
    report = session.scalar(select(BenefitReport).where(
        BenefitReport.contract_id == one.contract_id, BenefitReport.until >= row.due_on - FRESH)
        .order_by(BenefitReport.until.desc()).limit(1))
    return {"contract": str(one.contract_id), "name": one.contract.revision.name,
            "expected": _yuan(one.expected_benefit), "realised": _yuan(report.realised) if report else "",
            "until": report.until.isoformat() if report else "",
            "proof": report.proof.name if report else ""}


def _yuan(amount: Decimal) -> str:
    return f"{amount:.2f}"
