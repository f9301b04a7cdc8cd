"""Certificates: revoked with a reason, and checked by anybody who holds one."""

import enum
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contests.publication import leaves
from contests.publication.lists import grade_names
from contests.publication.numbers import certificate_number
from contests.publication.wording import body_of, require_staff
from contests.seasons import definition_of
from contests.staff import is_staff
from ledger import log
from models.accounts import User
from models.audit import notify, record
from models.base import now
from models.errors import Conflict, Forbidden, NotFound
from models.locking import lock
from models.publication import Certificate, NoticeLine, ResultDocument


class Standing(enum.StrEnum):
    valid = "valid"
    revoked = "revoked"
    unknown = "unknown"


@dataclass(frozen=True)
class Finding:
    """What a check of a number answers. Of the person: name, organisation and award, as they were published."""

    standing: Standing
    number: str
    certificate: Certificate | None = None
    contest: str = ""
    award: str = ""


def check_number(session: Session, typed: str) -> Finding:
    """Whether a certificate of that number was issued and still holds."""
    number = certificate_number(typed)
    row = session.scalar(select(Certificate).where(Certificate.number == number)) if number else None
    if row is None:
        return Finding(Standing.unknown, number or "")
    contest, award = award_words(row)
    return Finding(Standing.revoked if row.revoked_at else Standing.valid, row.number, row, contest, award)


def award_words(row: Certificate) -> tuple[str, str]:
    """The contest and the award as the certificate prints them: 2026年…竞赛, 技术攻关组一等奖."""
    definition = definition_of(row.line.notice.season)
    grade = grade_names(definition).get((row.line.track, row.line.grade), row.line.grade)
    return f"{definition.year}年{definition.title}", f"{definition.track(row.line.track).name}{grade}"


def revoke_certificate(session: Session, actor: User, row: Certificate, reason: str) -> None:
    """Take a certificate back: from now on a check says so. The award goes with it. Forbidden for one's own."""
    require_staff(actor, "作废证书")
    lock(session, row)
    if row.revoked_at is not None:
        raise Conflict("这份证书已经作废")
    award = row.line.award
    if actor.id == award.entry.user_id:
        raise Forbidden("不能办理自己的证书")
    row.revoked_for = body_of(reason, "reason", "作废的原因", most=1000)
    row.revoked_at, row.revoked_by_id = now(), actor.id
    if award.revoked_at is None:
        award.revoked_at, award.revoked_for = now(), row.revoked_for[:300]
    session.flush()
    log.append(session, "certificate.revoked", leaves.revocation(row, actor.name),
               refs=[row.ledger_index, award.ledger_index])
    notify(session, award.entry.user_id, f"证书 {row.number} 已作废：{row.revoked_for}"[:300], row.line.notice)
    record(session, actor, "certificate.revoke", row)


def find_certificate(session: Session, actor: User, certificate_id) -> Certificate:
    """For staff, and for who holds it; NotFound for anybody else."""
    row = session.get(Certificate, certificate_id)
    if row is None or (row.line.award.entry.user_id != actor.id and not is_staff(actor)):
        raise NotFound("没有找到这份证书")
    return row


def certificates_of(session: Session, season_id) -> list[Certificate]:
    """Every certificate of a season, in the order of their numbers."""
    loaded = (joinedload(Certificate.line), joinedload(Certificate.document))
    return list(session.scalars(select(Certificate).options(*loaded)
                                .join(ResultDocument).join(NoticeLine, Certificate.line_id == NoticeLine.id)
                                .where(NoticeLine.notice.has(season_id=season_id)).order_by(Certificate.number)))
