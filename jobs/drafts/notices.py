"""Notices that staff brought in: read, decided value by value, adopted as a definition."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contests.adopted import adopt
from contests.staff import require_staff
from ingestion.notices.additions import MOST_ADDED, identity_of, item_of, same_item
from ingestion.notices.articles import articles
from ingestion.notices.decisions import Asked, Verdict, asked, decided, shown, typed, undecided
from ingestion.notices.reader import read
from ingestion.notices.shown import as_json
from jobs.drafts.draft import definition_toml
from models.accounts import User
from models.audit import record
from models.base import now
from models.errors import Conflict, Invalid, NotFound
from models.locking import lock
from models.notices import ContestDefinition, ContestNotice


@dataclass(frozen=True)
class Added:
    """What a person typed of an item: its list, its values by field, the words it stands in or why there are none."""

    key: str
    said: Mapping[str, str]
    quote: str = ""
    start: int | None = None
    reason: str = ""


def bring_in(session: Session, actor: User, name: str, text: str) -> ContestNotice:
    """Read a notice and keep it with its reading. The same text, not yet adopted, is taken up where it was left."""
    require_staff(actor, "录入通知")
    reading = as_json(read(text))
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = session.scalar(select(ContestNotice).where(ContestNotice.sha256 == digest)
                           .where(ContestNotice.adopted_at.is_(None)))
    if known is not None:
        return known
    notice = ContestNotice(name=name.replace("\x00", "")[:300], text=text, sha256=digest, reading=reading, decisions={},
                           created_by_id=actor.id)
    session.add(notice)
    session.flush()
    record(session, actor, "notice.bring_in", notice, sha256=digest)
    return notice


def notices(session: Session) -> list[ContestNotice]:
    """All of them, the newest first."""
    return list(session.scalars(select(ContestNotice).options(joinedload(ContestNotice.created_by))
                                .order_by(ContestNotice.created_at.desc())))


def find_notice(session: Session, notice_id: uuid.UUID) -> ContestNotice:
    notice = session.get(ContestNotice, notice_id)
    if notice is None:
        raise NotFound("没有找到这份通知")
    return notice


def definition_made(session: Session, notice: ContestNotice) -> ContestDefinition | None:
    return session.scalar(select(ContestDefinition).where(ContestDefinition.notice_id == notice.id))


def decide(session: Session, actor: User, notice: ContestNotice, typed_in: Mapping[str, tuple[Verdict, str]], *,
           version: int) -> int:
    """Keep what was decided on values by their paths: (verdict, what was typed). Returns how many changed.

    All or none: Invalid names the path whose text does not fit; Conflict where somebody decided meanwhile, or where the
    definition has been adopted. A text that differs from what was read is a correction whatever the verdict.
    """
    require_staff(actor, "核对通知")
    lock(session, notice)
    _still_open(notice, version)
    known = {one.path: one for one in asked(notice.reading)}
    new = {path: _decision(actor, known[path], verdict, text) for path, (verdict, text) in typed_in.items()
           if path in known}
    changed = {path: one for path, one in new.items() if _differs(notice.decisions.get(path), one)}
    if changed:
        notice.decisions = {**notice.decisions, **changed}
        session.flush()
        verdicts = {path: one["verdict"] for path, one in changed.items()}
        record(session, actor, "notice.decide", notice, verdicts=verdicts)
    return len(changed)


def reopen(session: Session, actor: User, notice: ContestNotice, path: str, *, version: int) -> None:
    """Take a decision back."""
    require_staff(actor, "核对通知")
    lock(session, notice)
    _still_open(notice, version)
    if path in notice.decisions:
        notice.decisions = {key: value for key, value in notice.decisions.items() if key != path}
        session.flush()
        record(session, actor, "notice.reopen", notice, path=path)


def add_item(session: Session, actor: User, notice: ContestNotice, new: Added, *, version: int) -> str:
    """Add an item that the reader missed; returns its path among the decisions, by which it is taken back again.

    Invalid by field, also for an item that the reading already has; Conflict as for a decision.
    """
    require_staff(actor, "核对通知")
    lock(session, notice)
    _still_open(notice, version)
    item = item_of(notice.text, new.key, new.said, new.quote, new.start, new.reason)
    before = decided(notice.reading, notice.decisions)[new.key]
    if any(same_item(new.key, item, one) for one in before):
        raise Invalid("这一项已经有了", field=f"{new.key}.added.{identity_of(new.key)}")
    numbers = [int(path.split(".")[1]) for path in notice.decisions if path.startswith("added.")]
    if len(numbers) >= MOST_ADDED:
        raise Invalid(f"一份通知最多补 {MOST_ADDED} 项", field="quote")
    path = f"added.{max(numbers, default=0) + 1}"
    notice.decisions = {**notice.decisions, path: {"verdict": str(Verdict.added), "key": new.key, "value": item,
                                                   "by": str(actor.id), "at": now().isoformat()}}
    session.flush()
    record(session, actor, "notice.add", notice, path=path, key=new.key)
    return path


def draft_of(notice: ContestNotice, code: str = "") -> str:
    """The definition file as things stand. Invalid with the key of what no definition can be without."""
    return definition_toml(decided(notice.reading, notice.decisions), articles(notice.text), code)


def adopt_notice(session: Session, actor: User, notice: ContestNotice, code: str, *, version: int) -> ContestDefinition:
    """Hand the draft to the contests, once every value that was read is decided. Nothing changes it afterwards."""
    require_staff(actor, "采用竞赛定义")
    lock(session, notice)
    _still_open(notice, version)
    left = undecided(notice.reading, notice.decisions)
    if left:
        raise Invalid(f"还有 {len(left)} 项没有核对", field=left[0].path)
    made = adopt(session, actor, draft_of(notice, code.strip()), notice.id)
    notice.adopted_at = now()
    session.flush()
    record(session, actor, "notice.adopt", notice, code=made.code)
    return made


def _still_open(notice: ContestNotice, version: int) -> None:
    if notice.adopted_at is not None:
        raise Conflict("这份通知已经定为竞赛定义，不能再改")
    if notice.version != version:
        raise Conflict("刚有别人核对过。您填的还在，请对照现在的再保存")


def _decision(actor: User, one: Asked, verdict: Verdict, text: str) -> dict[str, Any]:
    value = one.value
    if verdict is not Verdict.refused and text.strip() and text.strip() != shown(one.value):
        value, verdict = typed(one.path, text), Verdict.corrected
        verdict = Verdict.accepted if value == one.value else verdict
    elif verdict is Verdict.corrected:
        raise Invalid("写上改正后的内容", field=one.path)
    return {"verdict": str(verdict), "value": value, "by": str(actor.id), "at": now().isoformat()}


def _differs(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> bool:
    return old is None or (old["verdict"], old["value"]) != (new["verdict"], new["value"])

