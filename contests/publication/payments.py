"""The payment ledger: prize money within the document's bounds, gross, tax and net, each award paid once."""

import datetime as dt
import uuid
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contests.definition import Definition, cite
from contests.parts import UNSAID
from contests.publication import leaves
from contests.publication.lists import result_clause
from contests.publication.tax import BASES, UNCONFIRMED, withheld
from contests.publication.wording import line_of, require_staff
from contests.rules.window import chinese_day
from contests.seasons import definition_of
from ledger import log
from models.accounts import User
from models.after_award import Payment, TaxTreatment, Treatment
from models.audit import notify, record
from models.awards import Award
from models.base import now, today
from models.contests import Season
from models.errors import Conflict, Forbidden, Invalid, Refused
from models.locking import lock
from models.publication import Certificate, NoticeLine, PublicNotice


def confirm_treatment(session: Session, actor: User, season: Season, treatment: Treatment, *, basis: str,
                      source: str) -> TaxTreatment:
    """Settle how the season's prize money is taxed, on what article, by whose word. What was paid stays as it was."""
    require_staff(actor, "确认税务处理")
    row = TaxTreatment(season=season, treatment=treatment, rate=BASES[treatment].rate, confirmed_at=now(),
                       basis=line_of(basis, "basis", "法律依据", most=300), confirmed_by_id=actor.id,
                       source=line_of(source, "source", "谁确认的：财务意见或税务机关的答复"))
    session.add(row)
    session.flush()
    record(session, actor, "payment.tax", row, season=str(season.id), treatment=treatment.value)
    return row


def treatment_of(session: Session, season_id: uuid.UUID) -> TaxTreatment | None:
    """The treatment confirmed last."""
    return session.scalar(select(TaxTreatment).where(TaxTreatment.season_id == season_id)
                          .order_by(TaxTreatment.confirmed_at.desc(), TaxTreatment.id).limit(1))


def pay(session: Session, actor: User, certificate: Certificate, *, gross: Decimal, paid_on: dt.date | None,
        voucher: str) -> Payment:
    """Record that an award's money was paid out: `gross` in 元, the tax by the confirmed treatment.

    Refused with the clause outside the document's bounds, before the result, for a revoked award, or before staff
    confirmed the tax. An entry that moved up (递补) was perhaps paid for the award it held before: both together keep
    the bounds. Conflict where it was paid. Invalid names the field.
    """
    require_staff(actor, "登记奖金发放")
    lock(session, certificate)
    definition = definition_of(certificate.line.notice.season)
    _payable(session, actor, certificate)
    _within_bounds(definition, certificate.line, gross, paid_before(session, certificate))
    treatment = treatment_of(session, certificate.line.notice.season_id)
    if treatment is None:
        raise Refused("这届奖金怎么扣税还没有确认，先确认再登记", clause=UNCONFIRMED)
    tax = withheld(gross, treatment.rate)
    payment = Payment(id=uuid.uuid4(), certificate=certificate, gross=gross, tax=tax, net=gross - tax,
                      tax_treatment=treatment, paid_on=_day(definition, certificate, paid_on),
                      voucher=line_of(voucher, "voucher", "凭证号", most=60), recorded_by=actor, recorded_at=now())
    payment.ledger_index = log.append(session, "award.paid", leaves.payment(payment), event_id=payment.id,
                                      refs=[certificate.ledger_index]).index
    session.add(payment)
    session.flush()
    notify(session, certificate.line.award.entry.user_id, "竞赛奖金已发放，金额见“我的证书”", certificate.line.notice)
    record(session, actor, "payment.record", payment, ledger=payment.ledger_index)
    return payment


def payments_of(session: Session, season_id: uuid.UUID) -> dict[uuid.UUID, Payment]:
    """Certificate → its payment."""
    query = select(Payment).options(joinedload(Payment.tax_treatment), joinedload(Payment.recorded_by)).join(
        Certificate, Payment.certificate_id == Certificate.id).join(
        NoticeLine, Certificate.line_id == NoticeLine.id).join(
        PublicNotice, NoticeLine.notice_id == PublicNotice.id).where(PublicNotice.season_id == season_id)
    return {row.certificate_id: row for row in session.scalars(query)}


def paid_before(session: Session, certificate: Certificate) -> Decimal:
    """What was paid to the same entry for the awards it held before this one, in 元."""
    award = certificate.line.award
    rows = session.scalars(select(Payment.gross).join(Certificate, Payment.certificate_id == Certificate.id).join(
        NoticeLine, Certificate.line_id == NoticeLine.id).join(Award, NoticeLine.award_id == Award.id).where(
        Award.entry_id == award.entry_id, Award.id != award.id))
    return sum(rows, Decimal(0))


def bounds(definition: Definition, line: NoticeLine) -> tuple[Decimal, Decimal] | None:
    """The least and the most of the line's award, in 元, both inclusive; None where the document sets none."""
    award = definition.track(line.track).award(line.grade)
    least, most = award.amount_min, award.amount_max
    return None if least is None or most is None or UNSAID in (least, most) else (Decimal(least), Decimal(most))


def _payable(session: Session, actor: User, certificate: Certificate) -> None:
    if actor.id == certificate.line.award.entry.user_id:
        raise Forbidden("不能登记自己的奖金")
    known = session.scalar(select(Payment).where(Payment.certificate_id == certificate.id))
    if known is not None:
        raise Conflict(f"这一项 {chinese_day(known.paid_on)}已经发过，凭证号 {known.voucher}，不能再发")
    if certificate.revoked_at is not None:
        raise Refused("证书已经作废，奖金不能发", clause=result_clause(definition_of(certificate.line.notice.season)))


def _within_bounds(definition: Definition, line: NoticeLine, gross: Decimal, before: Decimal) -> None:
    award = definition.track(line.track).award(line.grade)
    clause, allowed = cite(definition, award.clause), bounds(definition, line)
    if allowed is None:
        raise Refused(f"{award.name}没有写奖金，或者金额还没有定", clause=clause)
    if not gross.is_finite() or gross * 100 != (gross * 100).to_integral_value():
        raise Invalid("奖金最多精确到分", field="gross")
    if gross <= 0 or not allowed[0] <= gross + before <= allowed[1]:
        earlier = f"，加上先前那一等已发的 {before:,} 元" if before else ""
        raise Refused(f"{award.name}奖金在 {allowed[0]:,.0f} 元到 {allowed[1]:,.0f} 元之间，现在写的是 {gross:,} 元{earlier}",
                      field="gross", clause=clause)


def _day(definition: Definition, certificate: Certificate, paid_on: dt.date | None) -> dt.date:
    if paid_on is None:
        raise Invalid("写明哪天发放的", field="paid_on")
    if paid_on > today():
        raise Invalid("发放日期不能晚于今天", field="paid_on")
    if paid_on < certificate.document.dated:
        raise Refused(f"发文公布（{chinese_day(certificate.document.dated)}）以后才能发奖金", field="paid_on",
                      clause=result_clause(definition))
    return paid_on
