"""What staff do with an entry: take in the paper, send it back, and record what follows from a false filing."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contests import staff
from contests.entry_access import hold, track_of
from contests.forms.text import checked, clean_body
from contests.phases import filing_phase
from contests.rules.window import chinese_day
from models.accounts import Role, User
from models.audit import notify, record
from models.base import today
from models.contests import Entry, EntryStatus, Sanction
from models.errors import Conflict, Forbidden, Invalid


def receive_paper(session: Session, actor: User, entry: Entry, received_on: dt.date, *,
                  filing: int | None = None) -> None:
    """The paper copy came in on that day; it stands beside the electronic one. Only for a submitted entry.

    A day after registration closed is taken as it is: whether the entry still counts is for the review to say.
    `filing` is the ledger index of the filing that was looked at; Conflict where another was handed in meanwhile.
    """
    _staff_holds(session, actor, entry, filing)
    if entry.paper_received_on is not None:
        raise Conflict(f"纸质材料 {entry.paper_received_on:%Y-%m-%d} 已经收过")
    if received_on > today():
        raise Invalid("收件日期不能晚于今天", field="received_on")
    opened = filing_phase(*track_of(entry.season, entry.track)).starts
    if isinstance(opened, dt.date) and received_on < opened:
        raise Invalid(f"收件日期早于报名开始的 {chinese_day(opened)}，请核对", field="received_on")
    entry.paper_received_on, entry.paper_received_by_id = received_on, actor.id
    session.flush()
    record(session, actor, "entry.receive_paper", entry, on=received_on.isoformat())


def return_entry(session: Session, actor: User, entry: Entry, reason: str, *, filing: int | None = None) -> None:
    """Send a submitted entry back with a reason: only thereby can it be amended. The ledger keeps what was submitted.

    Its paper copy no longer matches, so that has to come in again. `filing` as in receive_paper.
    """
    _staff_holds(session, actor, entry, filing)
    reason = _reason(reason)
    entry.status, entry.snapshot, entry.returned_for = EntryStatus.returned, None, reason
    entry.paper_received_on = entry.paper_received_by_id = None
    session.flush()
    record(session, actor, "entry.return", entry)
    notify(session, entry.user_id, f"报名退回，请修改后再提交：{reason}"[:300], entry)


def sanction(session: Session, actor: User, entry: Entry, reason: str) -> Sanction:
    """Record a false filing on an entry: who decided it, when and why. Once for each time it was handed in."""
    _require_staff(actor)
    hold(session, entry)
    if actor.id == entry.user_id:
        raise Forbidden("不能处理自己的报名")
    if entry.submitted_at is None:
        raise Conflict("这份报名没有提交过，没有可以处理的申报")
    if any(one.decided_at >= entry.submitted_at for one in sanctions(session, entry)):
        raise Conflict("这次申报已经处理过了")
    found = Sanction(entry=entry, reason=_reason(reason), decided_by_id=actor.id)
    session.add(found)
    session.flush()
    record(session, actor, "entry.sanction", entry, sanction=str(found.id))
    notify(session, entry.user_id, f"报名被认定不实：{found.reason}"[:300], entry)
    return found


def sanctions(session: Session, entry: Entry) -> list[Sanction]:
    """What followed from false filings on the entry, oldest first."""
    return list(session.scalars(select(Sanction).options(joinedload(Sanction.decided_by))
                                .where(Sanction.entry_id == entry.id).order_by(Sanction.decided_at)))


def _staff_holds(session: Session, actor: User, entry: Entry, filing: int | None) -> None:
    _require_staff(actor)
    hold(session, entry)
    if entry.status is not EntryStatus.submitted:
        raise Conflict("这份报名还没有提交，或者已经退回、撤回")
    if filing is not None and filing != entry.ledger_index:
        raise Conflict("对方刚刚重新提交过，请看过新的报名再办理")
    if actor.id == entry.user_id:
        raise Forbidden("不能处理自己的报名")


def _require_staff(actor: User) -> None:
    staff.require_staff(actor, "处理报名", frozenset({Role.staff}))


def _reason(text: str) -> str:
    return checked(clean_body(text), "reason", "原因", 1000, "写明原因")
