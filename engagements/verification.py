"""What a member of staff finds on a collaboration (原件核验). Each act is a row and a ledger entry under their name."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from contests.evidence import record_verification
from engagements.collaborations import change_demand
from engagements.comparison import Row, doubtful
from engagements.parties import members
from engagements.queue import bar
from engagements.texts import clean_line, clean_text
from models.accounts import Role, User
from models.audit import notify, record
from models.base import now
from models.contracts import Collaboration, CollaborationStatus, Finding, Verification
from models.demands import DemandStatus
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.locking import lock

UNDO_WITHIN = dt.timedelta(minutes=30)
OPINION_LIMIT = 500
REASON_LIMIT = 1000


def approve(session: Session, actor: User, collaboration: Collaboration, *, revision: int, rows: Iterable[Row],
            original_seen: bool, receipt: str = "", opinions: Mapping[str, str]) -> Verification:
    """核验通过. `rows` is the comparison of contract revision `revision` with its scan; `opinions` is item → text.

    Invalid where the original was not seen or a doubtful row has no opinion.
    """
    _begin(session, actor, collaboration, revision)
    if not original_seen:
        raise Invalid("先看纸质原件，再核验通过", field="original_seen")
    written = _opinions(rows, opinions)
    collaboration.status = CollaborationStatus.verified
    receipt = clean_line(receipt, "receipt", "窗口收件号", most=60, required=False)
    change_demand(session, actor, collaboration.contract.engagement.demand, DemandStatus.closed, "合作已核验")
    _tell(session, collaboration, "核验通过，已盖“原件已核”")
    return _write(session, actor, collaboration, Finding.approved, original_seen=True, opinions=written,
                  receipt=receipt)


def send_back(session: Session, actor: User, collaboration: Collaboration, *, revision: int,
              reason: str) -> Verification:
    """退回补正, with the reason; either side then corrects the contract and the other confirms again."""
    _begin(session, actor, collaboration, revision)
    reason = clean_text(reason, "reason", "退回的原因", most=REASON_LIMIT)
    collaboration.status = CollaborationStatus.returned
    _tell(session, collaboration, f"退回补正：{reason[:100]}")
    return _write(session, actor, collaboration, Finding.returned, reason=reason)


def ask_second(session: Session, actor: User, collaboration: Collaboration, *, revision: int,
               reason: str) -> Verification:
    """请另一人复核: it stays in the queue for everybody but the one who asks."""
    _begin(session, actor, collaboration, revision)
    reason = clean_text(reason, "reason", "请人复核的原因", most=REASON_LIMIT)
    return _write(session, actor, collaboration, Finding.second_opinion, reason=reason)


def recuse(session: Session, actor: User, collaboration: Collaboration, *, reason: str) -> Verification:
    """回避: the person has a tie to one of the sides and never verifies this one."""
    _begin(session, actor, collaboration, None)
    reason = clean_text(reason, "reason", "回避的原因", most=REASON_LIMIT)
    return _write(session, actor, collaboration, Finding.recused, reason=reason)


def undo(session: Session, actor: User, collaboration: Collaboration) -> Verification:
    """Take one's own approval back within 30 minutes; the collaboration waits again, at its old place."""
    lock(session, collaboration)
    require_staff(actor)
    last = collaboration.verifications[-1] if collaboration.verifications else None
    if last is None or not undoable(actor, collaboration):
        raise Conflict("只能撤回您自己 30 分钟内的核验通过")
    collaboration.status = CollaborationStatus.confirmed
    change_demand(session, actor, collaboration.contract.engagement.demand, DemandStatus.taken, "核验撤回")
    _tell(session, collaboration, "核验已撤回，等重新核验")
    return _write(session, actor, collaboration, Finding.undone)


def undoable(actor: User, collaboration: Collaboration) -> bool:
    """Whether the last act is the person's own approval of less than 30 minutes ago."""
    if not collaboration.verifications or collaboration.status is not CollaborationStatus.verified:
        return False
    last = collaboration.verifications[-1]
    return last.finding is Finding.approved and last.verifier_id == actor.id and now() - last.at <= UNDO_WITHIN


def find_collaboration(session: Session, actor: User, collaboration_id: uuid.UUID) -> Collaboration:
    require_staff(actor)
    collaboration = session.get(Collaboration, collaboration_id)
    if collaboration is None:
        raise NotFound("没有找到这件合作")
    return collaboration


def require_staff(actor: User) -> None:
    if Role.staff not in actor.roles:
        raise Forbidden("只有工会工作人员可以核验")


def _begin(session: Session, actor: User, collaboration: Collaboration, revision: int | None) -> None:
    """Hold the collaboration and check that this person may act on what they saw."""
    lock(session, collaboration)
    require_staff(actor)
    if collaboration.status is not CollaborationStatus.confirmed:
        raise Conflict("这一件已经有人处理过了，请看下一件")
    reason = bar(actor, collaboration)
    if reason is not None:
        raise Forbidden(reason)
    if revision is not None and collaboration.contract.revision.number != revision:
        raise Conflict("双方刚更正过合同，请重新核对")


def _opinions(rows: Iterable[Row], opinions: Mapping[str, str]) -> list[dict[str, str]]:
    """The opinion on every doubtful row, in their order. Invalid, naming the first row without one."""
    written = []
    for row in doubtful(rows):
        text = clean_text(opinions.get(row.item, ""), f"opinion-{row.item}", "意见", most=OPINION_LIMIT, required=False)
        if not text:
            raise Invalid(f"“{row.label}”需要您写一句意见，写完才能通过", field=f"opinion-{row.item}")
        written.append({"item": row.item, "opinion": text})
    return written


def _write(session: Session, actor: User, collaboration: Collaboration, finding: Finding, **found) -> Verification:
    session.flush()
    act = Verification(id=uuid.uuid4(), collaboration_id=collaboration.id, verifier_id=actor.id, finding=finding,
                       at=now(), **found)
    record_verification(session, act)
    record(session, actor, f"verification.{finding}", collaboration, ledger=act.ledger_index)
    return act


def _tell(session: Session, collaboration: Collaboration, what: str) -> None:
    contract = collaboration.contract
    engagement = contract.engagement
    ids = {engagement.expert.user_id, *(one.id for one in members(session, engagement.demand.organisation)),
           *(share.broker.user_id for share in contract.shares)}
    for user_id in sorted(ids):
        notify(session, user_id, f"{contract.revision.name}：{what}", contract)
