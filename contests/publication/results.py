"""The result: announced by an official document once the 公示 is over and no objection is open, with its certificates."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.definition import Definition
from contests.publication import followups, leaves
from contests.publication.lists import open_objections, result_clause, standing_lines
from contests.publication.numbers import document_number, new_certificate
from contests.publication.wording import body_of, line_of, require_staff
from contests.rules.window import chinese_day
from contests.seasons import definition_of
from ledger import log
from models.accounts import User
from models.audit import notify, record
from models.awards import Award
from models.base import now, today
from models.counters import next_number
from models.errors import Conflict, Invalid, Refused
from models.locking import lock
from models.publication import (
    Certificate,
    NoticeLine,
    NoticeStatus,
    ObjectionStatus,
    PublicNotice,
    ResultDocument,
)


@dataclass(frozen=True)
class Draft:
    """What the document says. `addressees`: 主送, separated by the marks the document prints."""

    document_number: str
    title: str
    addressees: str
    body: str
    signed_by: str
    dated: dt.date | None


def publish_result(session: Session, actor: User, notice: PublicNotice, draft: Draft) -> ResultDocument:
    """Issue the document over the lines that stand, with a certificate for each; the notice is settled thereby.

    Refused with the clause while the days run, while an objection is open, or after one against the whole list was
    upheld. Conflict where it was published or taken down already. Invalid names the field.
    """
    require_staff(actor, "公布结果")
    lock(session, notice)
    session.expire(notice, ["objections"])
    _ready(notice)
    document = ResultDocument(id=uuid.uuid4(), notice=notice, issued_by_id=actor.id, issued_at=now(),
                              **_checked(session, notice, draft))
    lines = standing_lines(notice)
    leaf = log.append(session, "result.published", leaves.result(document), refs=[notice.ledger_index],
                      event_id=document.id)
    document.ledger_index = leaf.index
    session.add(document)
    session.flush()
    notice.status = NoticeStatus.settled
    document.certificates = [_certificate(session, actor, document, line) for line in lines]
    session.flush()
    followups.schedule(session, document)
    for line in lines:
        notify(session, line.award.entry.user_id, f"竞赛结果已公布：{document.document_number}。证书可以下载了", notice)
    record(session, actor, "result.publish", document, notice=str(notice.id), ledger=leaf.index)
    return document


def obstacles(notice: PublicNotice) -> list[str]:
    """Why the result cannot be published yet, one sentence each; empty when nothing stands in the way."""
    found = []
    if notice.days and today() <= notice.last_day:
        found.append(f"公示到 {chinese_day(notice.last_day)} 24:00 才结束")
    waiting = open_objections(notice)
    if waiting:
        found.append(f"还有 {len(waiting)} 条异议没有答复：{'、'.join(one.number for one in waiting[:5])}")
    whole = [one.number for one in notice.objections if one.status is ObjectionStatus.upheld and one.line_id is None]
    if whole:
        found.append(f"针对整份名单的异议成立（{'、'.join(whole)}）。请撤下公示，改好名单再重新公示")
    if not standing_lines(notice):
        found.append("名单上已经没有获奖的了")
    return found


def proposed(notice: PublicNotice) -> dict[str, str]:
    """What the form begins with; every word may be changed, and the 文号 and addressees are for staff to write."""
    definition = definition_of(notice.season)
    issuer = definition.source.issuer
    title = f"{issuer}关于公布{definition.year}年{definition.title}结果的通知"
    return {"title": title, "signed_by": issuer, "body": _opening_words(definition, notice)}


def _opening_words(definition: Definition, notice: PublicNotice) -> str:
    number = f"（名单附后），共 {len(standing_lines(notice))} 项。"
    begun = f"按照《{definition.source.title}》（{definition.source.number}）安排，经评审、{notice.approved_by}审定"
    if not notice.days:
        return f"{begun}，现将竞赛结果公布如下{number}"
    shown = f"获奖名单于 {chinese_day(notice.opened_on)}至 {chinese_day(notice.last_day)}面向社会公示。"
    came = "公示期间收到的异议已全部核查答复。" if notice.objections else "公示无异议。"
    return f"{begun}，{shown}{came}现将竞赛结果公布如下{number}"


def _ready(notice: PublicNotice) -> None:
    if notice.status is NoticeStatus.settled:
        raise Conflict("这次公示的结果已经公布了")
    if notice.status is NoticeStatus.withdrawn:
        raise Conflict("这次公示已经撤下，不能公布结果")
    found = obstacles(notice)
    if found:
        raise Refused(f"还不能公布结果：{found[0]}", clause=result_clause(definition_of(notice.season)))


def _checked(session: Session, notice: PublicNotice, draft: Draft) -> dict:
    number = document_number(draft.document_number)
    if session.scalar(select(ResultDocument.id).where(ResultDocument.document_number == number)) is not None:
        raise Invalid(f"文号 {number} 已经用过", field="document_number")
    if draft.dated is None:
        raise Invalid("写明成文日期", field="dated")
    earliest = notice.last_day + dt.timedelta(days=1 if notice.days else 0)
    if not earliest <= draft.dated <= today():
        raise Invalid(f"成文日期从 {chinese_day(earliest)}起，不晚于今天", field="dated")
    return {"document_number": number, "dated": draft.dated,
            "title": line_of(draft.title, "title", "标题", most=120),
            "addressees": line_of(draft.addressees, "addressees", "主送机关", most=500),
            "body": body_of(draft.body, "body", "正文", most=5000),
            "signed_by": line_of(draft.signed_by, "signed_by", "署名", most=60)}


def _replace_earlier(session: Session, actor: User, document: ResultDocument, line: NoticeLine) -> None:
    """Whoever moved up gives the certificate of the lower award back."""
    earlier = session.scalars(select(Certificate).join(NoticeLine).join(Award).where(
        Award.entry_id == line.award.entry_id, Certificate.revoked_at.is_(None), Certificate.line_id != line.id)).all()
    for row in earlier:
        row.revoked_at, row.revoked_by_id = now(), actor.id
        row.revoked_for = f"递补，换发：{document.document_number}"
        session.flush()
        log.append(session, "certificate.revoked", leaves.revocation(row, actor.name),
                   refs=[row.ledger_index, line.award.ledger_index])


def _certificate(session: Session, actor: User, document: ResultDocument, line: NoticeLine) -> Certificate:
    _replace_earlier(session, actor, document, line)
    year = document.dated.year
    row = Certificate(id=uuid.uuid4(), number=new_certificate(year, next_number(session, f"certificate-{year}")),
                      document_id=document.id, line=line, issued_at=now())
    row.ledger_index = log.append(session, "certificate.issued", leaves.certificate(row), event_id=row.id,
                                  refs=[document.ledger_index, line.award.ledger_index]).index
    return row
