"""Objections to a published list: filed by anybody, answered by somebody who did not verify the entry."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contests.publication import leaves
from contests.publication.lists import effect_on, notice_clause, running, struck
from contests.publication.wording import body_of, line_of, require_staff
from contests.rules.window import chinese_day
from contests.seasons import definition_of
from ledger import log
from models.accounts import Role, User
from models.audit import notify, record
from models.base import now, today
from models.contests import Entry, EntryEvidence, EntryMaterial, Evidence
from models.contracts import Finding, Verification
from models.counters import next_number
from models.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from models.locking import lock
from models.publication import (
    NoticeLine,
    NoticeStatus,
    Objection,
    ObjectionFile,
    ObjectionStatus,
    PublicNotice,
)

FEWEST = 10
"""Characters of an objection: below that it says nothing that could be looked into."""
MOST_FILES = 3


@dataclass(frozen=True)
class Filing:
    """What who objects wrote. `line`: the award objected to, none for the list as a whole."""

    name: str
    contact: str
    text: str
    line: NoticeLine | None = None
    files: Sequence[dict] = ()
    """Columns of models.files.FileFacts, one for each piece of evidence (ingestion.files.keep)."""


def file_objection(session: Session, notice: PublicNotice, filing: Filing, actor: User | None = None) -> Objection:
    """Take an objection in while the notice runs, its last day counted whole. `actor`: who is logged in, if anybody.

    Refused with the clause once the days are over or the notice is taken down; Invalid names the field.
    """
    lock(session, notice)
    _takes(notice)
    line = _line(notice, filing.line)
    objection = Objection(
        id=uuid.uuid4(), notice_id=notice.id, line_id=line.id if line else None, filed_at=now(),
        name=line_of(filing.name, "name", "您的姓名", most=60), text=_text(filing.text),
        contact=line_of(filing.contact, "contact", "联系方式，好把答复告诉您", most=100),
        filed_by_id=actor.id if actor else None, files=[ObjectionFile(**facts) for facts in _few(filing.files)],
        number=f"YY-{today().year}-{next_number(session, f'objection-{today().year}'):04d}")
    objection.ledger_index = log.append(session, "objection.filed", leaves.objection(objection, line),
                                        event_id=objection.id, refs=[notice.ledger_index]).index
    session.add(objection)
    session.flush()
    session.expire(notice, ["objections"])
    record(session, actor, "objection.file", objection, notice=str(notice.id), ledger=objection.ledger_index)
    return objection


def decide(session: Session, actor: User, objection: Objection, *, upheld: bool, answer: str, version: int) -> None:
    """Answer an objection. Upheld, the award it names is revoked and leaves the list; the effect is kept with it.

    Forbidden for who verified the entry, opened the notice, filed the objection or is its subject. Conflict where it is
    answered already, or moved on since it was read.
    """
    require_staff(actor, "答复异议")
    session.flush()
    notice = objection.notice
    lock(session, notice)
    lock(session, objection)
    if objection.status is not ObjectionStatus.open or objection.version != version:
        raise Conflict("这条异议刚被别人答复过")
    if notice.status is not NoticeStatus.open:
        raise Conflict("这次公示已经撤下或已公布结果")
    _independent(session, actor, objection)
    objection.answer = body_of(answer, "answer", "答复", most=5000)
    objection.effect = [move.as_document() for move in effect_on(notice, objection.line)] if (
        upheld and objection.line) else []
    objection.status = ObjectionStatus.upheld if upheld else ObjectionStatus.rejected
    objection.answered_by_id, objection.answered_at = actor.id, now()
    cited = [objection.ledger_index, notice.ledger_index]
    if upheld and objection.line:
        award = objection.line.award
        award.revoked_at, award.revoked_for = now(), f"异议 {objection.number} 成立"
        cited.append(award.ledger_index)
    session.flush()
    objection.decided_index = log.append(session, "objection.decided", leaves.decision(objection, actor.name),
                                         refs=cited).index
    session.flush()
    _tell(session, objection)
    record(session, actor, "objection.decide", objection, upheld=upheld, ledger=objection.decided_index)


def may_decide(session: Session, actor: User, objection: Objection) -> str:
    """Why the person may not answer this objection; empty where they may."""
    if Role.staff not in actor.roles:
        return "只有工会工作人员可以答复异议"
    if actor.id == objection.filed_by_id:
        return "这条异议是您提的，请另一位同事答复"
    if objection.line is None:
        return "这份名单是您公示的，请另一位同事答复" if actor.id == objection.notice.opened_by_id else ""
    entry = objection.line.award.entry
    if actor.id == entry.user_id:
        return "异议针对您自己的报名，请另一位同事答复"
    return "这份报名的材料是您核验的，请没有经手的同事答复" if actor.id in verifiers(session, entry) else ""


def verifiers(session: Session, entry: Entry) -> set[uuid.UUID]:
    """Who looked at the entry's contracts or originals and said so; who stood back is not among them."""
    found = select(Verification.verifier_id).join(
        Evidence, Evidence.collaboration_id == Verification.collaboration_id).join(
        EntryEvidence, EntryEvidence.evidence_id == Evidence.id).where(
        EntryEvidence.entry_id == entry.id, Verification.finding != Finding.recused)
    seen = select(EntryMaterial.seen_by_id).where(EntryMaterial.entry_id == entry.id,
                                                  EntryMaterial.seen_by_id.is_not(None))
    return set(session.scalars(found)) | set(session.scalars(seen))


def find_objection(session: Session, objection_id: uuid.UUID) -> Objection:
    objection = session.get(Objection, objection_id)
    if objection is None:
        raise NotFound("没有找到这条异议")
    return objection


def waiting(session: Session) -> int:
    """How many objections wait for an answer on notices that stand."""
    return session.scalar(select(func.count()).select_from(Objection).join(PublicNotice).where(
        Objection.status == ObjectionStatus.open, PublicNotice.status == NoticeStatus.open)) or 0


def queue(session: Session) -> list[Objection]:
    """Every objection, the unanswered ones first and among them the oldest."""
    return list(session.scalars(select(Objection).order_by(Objection.status != ObjectionStatus.open,
                                                           Objection.filed_at)))


def _independent(session: Session, actor: User, objection: Objection) -> None:
    reason = may_decide(session, actor, objection)
    if reason:
        raise Forbidden(reason, clause="答复人没有核验过这份报名，异议才由旁人来看")


def _takes(notice: PublicNotice) -> None:
    clause = notice_clause(definition_of(notice.season))
    if notice.status is not NoticeStatus.open:
        raise Refused("这次公示已经撤下或已公布结果，不再收异议", clause=clause)
    if not running(notice):
        raise Refused(f"公示到 {chinese_day(notice.last_day)} 24:00 为止，现在已经过了", clause=clause)


def _line(notice: PublicNotice, line: NoticeLine | None) -> NoticeLine | None:
    if line is not None and (line.notice_id != notice.id or line.id in struck(notice)):
        raise Invalid("这一项不在名单上，请重新选", field="line")
    return line


def _text(text: str) -> str:
    text = body_of(text, "text", "对什么有异议、依据是什么", most=5000)
    if len(text) < FEWEST:
        raise Invalid(f"再写具体一些，至少 {FEWEST} 个字：对什么有异议、依据是什么", field="text")
    return text


def _few(files: Sequence[dict]) -> Sequence[dict]:
    if len(files) > MOST_FILES:
        raise Invalid(f"最多附 {MOST_FILES} 个文件，现在 {len(files)} 个。可以合成一份 PDF", field="files")
    return files


def _tell(session: Session, objection: Objection) -> None:
    if objection.filed_by_id:
        notify(session, objection.filed_by_id, f"您提的异议 {objection.number} 有答复了", objection.notice)
    if objection.status is ObjectionStatus.upheld and objection.line:
        notify(session, objection.line.award.entry.user_id, f"公示期间的异议成立，奖项取消：{objection.answer}"[:300],
               objection.notice)
