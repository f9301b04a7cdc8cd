"""Awards that lead on to others (推荐申报): by the definition's rules, with the state of the intellectual property."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from contests.definition import Definition, cite
from contests.parts import UNSAID
from contests.publication.wording import line_of, require_staff
from contests.rules.kinds import AwardDerivesAwardRule
from contests.seasons import definition_of
from models.accounts import User
from models.after_award import Nomination, NominationOutcome, PropertyStatus
from models.audit import notify, record
from models.base import now, today
from models.errors import Conflict, Invalid, NotFound, Refused
from models.locking import lock
from models.publication import Certificate, NoticeLine, PublicNotice


@dataclass(frozen=True)
class Property:
    """Whether the result is patented, and under which number."""

    status: PropertyStatus = PropertyStatus.none
    number: str = ""


def honours(definition: Definition, line: NoticeLine | None = None) -> list[AwardDerivesAwardRule]:
    """The rules by which an award leads on, of the whole contest or of one line's award."""
    found = [rule for rule in definition.rules if isinstance(rule, AwardDerivesAwardRule)]
    return found if line is None else [rule for rule in found if rule.source == f"{line.track}.{line.grade}"]


def nominate(session: Session, actor: User, certificate: Certificate, code: str, *, minutes: str,
             held: Property) -> Nomination:
    """Carry an award on. Refused with the clause where no rule leads there, beyond its places, or while they are unset.

    Conflict where it was nominated for the same honour already.
    """
    require_staff(actor, "推荐申报")
    lock(session, certificate.line.notice.season)
    session.refresh(certificate)
    definition = definition_of(certificate.line.notice.season)
    rule = next((one for one in honours(definition) if one.code == code), None)
    if rule is None:
        raise Invalid("没有这项荣誉", field="honour")
    clause = cite(definition, rule.clause)
    if certificate.revoked_at is not None or rule not in honours(definition, certificate.line):
        raise Refused(f"这个奖项不能推荐“{rule.award}”", clause=clause)
    _room(session, certificate, rule, clause)
    if held.status is not PropertyStatus.none and not held.number.strip():
        raise Invalid("写明专利号或申请号", field="property_number")
    row = Nomination(certificate_id=certificate.id, honour=code, nominated_by_id=actor.id, nominated_at=now(),
                     minutes=line_of(minutes, "minutes", "依据哪次会议"), property_status=held.status,
                     property_number=line_of(held.number, "property_number", "专利号", most=60, needed=False))
    session.add(row)
    session.flush()
    notify(session, certificate.line.award.entry.user_id, f"已推荐申报：{rule.award}", certificate.line.notice)
    record(session, actor, "nomination.make", row, honour=code)
    return row


def record_outcome(session: Session, actor: User, row: Nomination, outcome: NominationOutcome,
                   on: dt.date | None) -> None:
    """What came of a nomination, once."""
    require_staff(actor, "登记推荐结果")
    lock(session, row)
    if row.outcome is not NominationOutcome.sent:
        raise Conflict("这项推荐的结果已经登记过")
    if outcome is NominationOutcome.sent:
        raise Invalid("选一项：授予，还是没有授予", field="outcome")
    if on is None or on > today():
        raise Invalid("写明哪天定的，不能晚于今天", field="outcome_on")
    row.outcome, row.outcome_on = outcome, on
    session.flush()
    record(session, actor, "nomination.outcome", row, outcome=outcome.value)


def nominations(session: Session, season_id) -> list[Nomination]:
    query = select(Nomination).options(joinedload(Nomination.certificate)).join(Certificate).join(
        NoticeLine, Certificate.line_id == NoticeLine.id).join(PublicNotice).where(PublicNotice.season_id == season_id)
    return list(session.scalars(query.order_by(Nomination.nominated_at)))


def recipient(certificate: Certificate, rule: AwardDerivesAwardRule) -> str:
    """Who gets the honour: the entrant, or of a work the first inventor in the entry's order."""
    members = certificate.line.award.entry.members
    return members[0].name if rule.recipient == "first_inventor" and members else certificate.line.name


def find_nomination(session: Session, nomination_id) -> Nomination:
    row = session.get(Nomination, nomination_id)
    if row is None:
        raise NotFound("没有找到这项推荐")
    return row


def _room(session: Session, certificate: Certificate, rule: AwardDerivesAwardRule, clause: str) -> None:
    of_season = select(func.count()).select_from(Nomination).join(Certificate).join(
        NoticeLine, Certificate.line_id == NoticeLine.id).join(PublicNotice).where(
        PublicNotice.season_id == certificate.line.notice.season_id, Nomination.honour == rule.code)
    if session.scalar(of_season.where(Nomination.certificate_id == certificate.id)):
        raise Conflict(f"已经推荐过“{rule.award}”")
    if rule.places == UNSAID:
        raise Refused(f"“{rule.award}”推荐几名还没有定，请先在设置里录入", clause=clause)
    if rule.places is not None and (session.scalar(of_season) or 0) >= rule.places:
        raise Refused(f"“{rule.award}”只能推荐 {rule.places} 名，已经满了", clause=clause)
