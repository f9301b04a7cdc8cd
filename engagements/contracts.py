"""Recording a contract: either side writes it down, the other corrects it or confirms the revision it did not write."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagements.collaborations import settle
from engagements.contract_terms import Frame, Terms, checked
from engagements.parties import OTHER, SIDE_NAMES, find_engagement, people, require_side
from engagements.stages import check_move, move, write_event
from engagements.texts import clean_text
from models.accounts import User
from models.audit import notify, record
from models.base import now, today
from models.contracts import (
    CollaborationStatus,
    Contract,
    ContractConfirmation,
    ContractRevision,
    ContractStatus,
    fingerprint,
)
from models.engagements import Engagement, Side, Stage
from models.errors import Conflict, Invalid, NotFound
from models.files import StoredFile
from models.locking import lock

NOTE_LIMIT = 1000
SCANS = ("application/pdf", "image/png", "image/jpeg")


def record_contract(session: Session, actor: User, engagement: Engagement, terms: Terms, note: str = "") -> Contract:
    """Write down a signed contract. The writing side thereby stands behind it; the other side is asked.

    Raises Conflict where the engagement has a contract already or the same paper is recorded elsewhere.
    """
    lock(session, engagement)
    side = require_side(actor, engagement)
    if contract_of(session, engagement) is not None:
        raise Conflict("这次对接已经登记过合同。内容不对，请在那份合同里更正")
    check_recordable(engagement)
    terms = _judged(session, engagement, terms)
    paper = _own_fingerprint(session, engagement, terms)
    contract = Contract(engagement=engagement, fingerprint=paper, created_at=now())
    session.add(contract)
    session.flush()
    _write_revision(session, actor, contract, side, terms, note)
    move(engagement, Stage.contract, actor, "登记了合同")
    session.flush()
    record(session, actor, "contract.record", contract, side=side.value)
    _ask(session, contract, OTHER[side], "登记了合同，请您核对")
    return contract


def check_recordable(engagement: Engagement) -> None:
    """Conflict unless both sides agreed to talk and the talk goes on."""
    if engagement.accepted_at is None:
        raise Conflict("双方同意对接以后，才能登记合同")
    check_move(engagement, Stage.contract)


def correct(session: Session, actor: User, contract: Contract, terms: Terms, note: str = "") -> ContractRevision:
    """Write a further revision; the other side then has to confirm this one.

    Open until both agreed, and again after staff returned the collaboration.
    """
    lock(session, contract)
    side = require_side(actor, contract.engagement)
    if not correctable(contract):
        raise Conflict("合同已经双方确认，不能再改。确实写错了，请工作人员退回后更正")
    terms = _judged(session, contract.engagement, terms)
    if terms == terms_of(contract.revision):
        raise Invalid("和现在登记的一样，没有要更正的。内容没错，请直接确认", field="contract_number")
    contract.fingerprint = _own_fingerprint(session, contract.engagement, terms, contract)
    contract.status = ContractStatus.recorded
    revision = _write_revision(session, actor, contract, side, terms, note)
    record(session, actor, "contract.correct", contract, side=side.value, revision=revision.number)
    _ask(session, contract, OTHER[side], "更正了合同，请您再核对")
    return revision


def confirm(session: Session, actor: User, contract: Contract, revision: int) -> Contract:
    """The other side stands behind revision `revision`: a collaboration at once, unless brokers must agree shares.

    Raises Conflict where that revision is not the present one, or somebody confirmed it a moment ago.
    """
    lock(session, contract)
    side = require_side(actor, contract.engagement)
    if contract.status is ContractStatus.cancelled:
        raise Conflict("这份合同已经作废")
    present = contract.revision
    if present.number != revision:
        raise Conflict(f"对方刚改过这份合同，现在是第 {present.number} 版。请重新核对再确认")
    if any(done.side is side for done in present.confirmations):
        raise Conflict("这一版由您这一方登记，等对方确认" if present.side is side else "您这一方已经确认过了，不用再点")
    if contract.status is not ContractStatus.recorded:
        raise Conflict("双方都已确认，不用再点")
    present.confirmations.append(ContractConfirmation(side=side, user_id=actor.id, at=now()))
    contract.status = ContractStatus.agreed
    write_event(contract.engagement, actor, f"确认了合同（第 {present.number} 版）")
    session.flush()
    record(session, actor, "contract.confirm", contract, side=side.value, revision=present.number)
    for user_id in people(session, contract.engagement, OTHER[side]):
        notify(session, user_id, f"对方确认了合同：{present.name}", contract)
    settle(session, actor, contract)
    return contract


def correctable(contract: Contract) -> bool:
    """Whether a further revision may be written."""
    if contract.status is ContractStatus.recorded:
        return True
    return contract.collaboration is not None and contract.collaboration.status is CollaborationStatus.returned


def waits_for(contract: Contract) -> Side | None:
    """The side that has yet to confirm the present revision; None when both did."""
    if contract.status is not ContractStatus.recorded:
        return None
    return OTHER[contract.revision.side]


def contract_of(session: Session, engagement: Engagement) -> Contract | None:
    return session.scalar(select(Contract).where(Contract.engagement_id == engagement.id))


def find_contract(session: Session, user: User, contract_id: uuid.UUID) -> Contract:
    """The contract, for its two sides and their brokers. NotFound for everybody else."""
    contract = session.get(Contract, contract_id)
    if contract is None:
        raise NotFound("没有找到这份合同，或者您不是其中一方")
    find_engagement(session, user, contract.engagement_id)
    return contract


def terms_of(revision: ContractRevision) -> Terms:
    return Terms(revision.contract_number, revision.name, revision.type, revision.signed_on, revision.amount,
                 revision.expected_benefit, revision.party_a, revision.party_b, revision.scan_id, revision.starts_on,
                 revision.ends_on)


def _judged(session: Session, engagement: Engagement, terms: Terms) -> Terms:
    """The terms, cleaned. Invalid too for a scan without pages: staff look at it beside the claim."""
    demand, scan = engagement.demand, session.get(StoredFile, terms.scan_id)
    if scan is not None and scan.media_type not in SCANS:
        raise Invalid("合同扫描件要传 PDF 或图片（PNG、JPEG）。Word 文件请打印、签章，再扫描或拍照", field="scan")
    return checked(terms, Frame(demand.budget_min, demand.budget_max, today()))


def _own_fingerprint(session: Session, engagement: Engagement, terms: Terms, present: Contract | None = None) -> str:
    """The fingerprint of the paper. Conflict where another contract carries it."""
    value = fingerprint(engagement.demand.organisation_id, terms.contract_number)
    with session.no_autoflush:
        other = session.scalar(select(Contract).where(Contract.fingerprint == value))
    if other is not None and other is not present:
        raise Conflict("这个合同号已经在另一次对接里登记过。请核对合同号，或找工作人员", field="contract_number")
    return value


def _write_revision(session: Session, actor: User, contract: Contract, side: Side, terms: Terms,
                    note: str) -> ContractRevision:
    revision = ContractRevision(
        number=len(contract.revisions) + 1, contract_number=terms.contract_number, name=terms.name, type=terms.type,
        signed_on=terms.signed_on, amount=terms.amount, expected_benefit=terms.expected_benefit,
        starts_on=terms.starts_on, ends_on=terms.ends_on, party_a=terms.party_a, party_b=terms.party_b,
        scan_id=terms.scan_id, side=side, author_id=actor.id, at=now(),
        note=clean_text(note, "note", "说明", most=NOTE_LIMIT, required=False))
    revision.confirmations.append(ContractConfirmation(side=side, user_id=actor.id, at=now()))
    contract.revisions.append(revision)
    session.flush()
    return revision


def _ask(session: Session, contract: Contract, side: Side, what: str) -> None:
    author = SIDE_NAMES[OTHER[side]]
    for user_id in people(session, contract.engagement, side):
        notify(session, user_id, f"{author}{what}：{contract.revision.name}", contract)
