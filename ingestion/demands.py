"""What happens to a demand between its first line and its end: every move, who may make it, and its trace.

draft, returned and withdrawn ones are written by their enterprise; staff read what is submitted; the clock closes what
is out of date. `taken` and `closed` follow from contracts (engagements).
"""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion import leak_check
from ingestion.admission import STAFF
from ingestion.demand_forms import DisclosureForm, ProblemForm, StepForm, TargetsForm, check_deadline
from ingestion.findings import Findings
from ingestion.validation import text
from models.accounts import Admission, Role, User
from models.audit import notify, record
from models.base import now, today
from models.counters import next_number
from models.demands import Demand, DemandAttachment, DemandEvent, DemandStatus, DemandTarget
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.files import StoredFile
from models.index import PostingKind, enqueue

MOVES = {
    DemandStatus.draft: {DemandStatus.submitted, DemandStatus.withdrawn},
    DemandStatus.submitted: {DemandStatus.published, DemandStatus.returned, DemandStatus.withdrawn},
    DemandStatus.returned: {DemandStatus.submitted, DemandStatus.withdrawn},
    DemandStatus.published: {DemandStatus.withdrawn, DemandStatus.expired, DemandStatus.returned},
    DemandStatus.expired: {DemandStatus.published, DemandStatus.withdrawn},
    DemandStatus.withdrawn: {DemandStatus.submitted},
}
EDITABLE = frozenset({DemandStatus.draft, DemandStatus.returned, DemandStatus.withdrawn})
LISTED = frozenset({DemandStatus.published, DemandStatus.expired})
STATUS_NAMES = {
    DemandStatus.draft: "草稿", DemandStatus.submitted: "等诊断", DemandStatus.returned: "已退回",
    DemandStatus.published: "张榜中", DemandStatus.taken: "已揭榜", DemandStatus.withdrawn: "已撤回",
    DemandStatus.expired: "已截止", DemandStatus.closed: "已办结",
}
NUMBER_PREFIX = "WH"
MAX_ATTACHMENTS = 5


def create_draft(session: Session, actor: User, form: ProblemForm, *, whole: bool = True,
                 key: uuid.UUID | None = None) -> Demand:
    """A new draft of the actor's enterprise. Flushes. Forbidden without an approved enterprise.

    `key`, made with the empty form, becomes its id: the same form sent again makes no second draft.
    """
    organisation = actor.organisation_for(Role.enterprise)
    if organisation is None:
        raise Forbidden("企业入驻通过后才能发布需求")
    demand = Demand(id=key or uuid.uuid4(), organisation=organisation, author=actor, **form.checked(whole))
    session.add(demand)
    session.flush()
    _trace(session, actor, demand, DemandStatus.draft)
    return demand


def save(session: Session, actor: User, demand: Demand, form: StepForm, version: int, *, whole: bool = True) -> Demand:
    """Write one step. Flushes. Conflict where the demand changed since `version` was read, or is past editing.

    A whole step is refused where a confidential demand's public texts in it name the firm or its people (InvalidForm).
    """
    _check_version(own(actor, demand), version)
    if demand.status not in EDITABLE:
        raise Conflict(f"这条需求{STATUS_NAMES[demand.status]}，不能再改。先撤回，再修改")
    values = form.checked(whole)
    targets = values.pop("targets", None)
    for column, value in values.items():
        setattr(demand, column, value)
    if targets is not None:
        _write_targets(session, demand, targets)
    if whole:
        leak_check.refuse_names(session, demand, _public_fields(form, demand))
    demand.updated_at = now()
    session.flush()
    record(session, actor, "demand.saved", demand, step=type(form).__name__)
    return demand


def submit(session: Session, actor: User, demand: Demand, version: int, leak_reason: str = "") -> Demand:
    """Hand a demand in for triage; the first time it gets its number. Flushes.

    InvalidForm where steps have gaps or where public texts give a confidential one away; `leak_reason` says why
    doubtful words may stay.
    """
    _check_version(own(actor, demand), version)
    findings = Findings()
    for form in (ProblemForm.of(demand), TargetsForm.of(demand), DisclosureForm.of(demand)):
        findings.check(form.checked, True)
    findings.check(leak_check.settle, session, actor, demand, leak_reason)
    findings.settle()
    if demand.number is None:
        demand.number = _new_number(session)
    demand.submitted_at = now()
    return _move(session, actor, demand, DemandStatus.submitted)


def _new_number(session: Session) -> str:
    """The next number of the year that no sheet of another platform brought along: by it rows are known again."""
    year = today().year
    while True:
        number = f"{NUMBER_PREFIX}-{year}-{next_number(session, f'demand-{year}'):04d}"
        if session.scalar(select(Demand.id).where(Demand.source == "file", Demand.external_id == number)) is None:
            return number


def publish(session: Session, staff: User, demand: Demand, version: int, leak_reason: str = "") -> Demand:
    """Post a submitted demand: from now on it is recommended. Flushes. InvalidForm where it gives itself away still."""
    _check_triage(staff, demand, version)
    if demand.deadline is None or demand.deadline < today():
        raise Conflict("截止日期已经过了，请退回企业改日期")
    leak_check.settle(session, staff, demand, leak_reason)
    demand.published_at = now()
    _move(session, staff, demand, DemandStatus.published)
    _tell_author(session, demand, f"您的需求“{demand.title}”已张榜，可以看推荐的专家了")
    return demand


def return_with_reason(session: Session, staff: User, demand: Demand, version: int, reason: str) -> Demand:
    """Send a submitted demand back, or take a published one down, saying why. Flushes."""
    reason = text(reason, "reason", "退回原因", most=1000, least=4)
    _check_triage(staff, demand, version)
    _move(session, staff, demand, DemandStatus.returned, reason)
    _tell_author(session, demand, f"您的需求“{demand.title}”退回了：{reason}")
    return demand


def withdraw(session: Session, actor: User, demand: Demand, version: int, reason: str = "") -> Demand:
    """The enterprise takes its demand back; it can be mended and submitted again. Flushes."""
    reason = text(reason, "reason", "撤回原因", most=300)
    _check_version(own(actor, demand), version)
    return _move(session, actor, demand, DemandStatus.withdrawn, reason)


def renew(session: Session, actor: User, demand: Demand, version: int, deadline: dt.date | None) -> Demand:
    """Set a later last day for a posted or expired demand; an expired one is posted again. Flushes."""
    _check_version(own(actor, demand), version)
    if demand.status not in LISTED:
        raise Conflict(f"这条需求{STATUS_NAMES[demand.status]}，不能续期")
    findings = Findings()
    check_deadline(findings, deadline, whole=True)
    if deadline is not None and demand.deadline is not None and deadline <= demand.deadline:
        findings.add(f"新的截止日期要晚于现在的 {demand.deadline.month} 月 {demand.deadline.day} 日", "deadline")
    findings.settle()
    leak_check.refuse_names(session, demand)
    demand.deadline = deadline
    if demand.status is DemandStatus.expired:
        return _move(session, actor, demand, DemandStatus.published)
    demand.updated_at = now()
    enqueue(session, PostingKind.demand, demand.id)
    session.flush()
    record(session, actor, "demand.renewed", demand, deadline=deadline.isoformat())
    return demand


def expire_due(session: Session) -> int:
    """Close every posted demand whose last day (Asia/Shanghai) is over. Flushes; how many were closed."""
    open_ones = select(Demand).where(Demand.status == DemandStatus.published)
    due = session.scalars(open_ones.where(Demand.deadline < today())).all()
    for demand in due:
        _move(session, None, demand, DemandStatus.expired)
        _tell_author(session, demand, f"您的需求“{demand.title}”已到截止日期。还要找人，可以续期")
    return len(due)


def attach(session: Session, actor: User, demand: Demand, file: StoredFile) -> None:
    """Add a stored file of the actor's to an editable demand. Flushes."""
    own(actor, demand)
    if demand.status not in EDITABLE:
        raise Conflict(f"这条需求{STATUS_NAMES[demand.status]}，不能再加附件")
    if any(attachment.file.sha256 == file.sha256 for attachment in demand.attachments):
        raise Invalid(f"“{file.name}”已经传过了", field="attachment")
    if len(demand.attachments) >= MAX_ATTACHMENTS:
        raise Invalid(f"附件最多 {MAX_ATTACHMENTS} 份", field="attachment")
    demand.attachments.append(DemandAttachment(file=file))
    demand.updated_at = now()
    session.flush()
    record(session, actor, "demand.attached", demand, file=str(file.id))


def detach(session: Session, actor: User, demand: Demand, file_id: uuid.UUID) -> None:
    """Take an attachment off an editable demand. Flushes. NotFound where it is not attached."""
    own(actor, demand)
    found = next((one for one in demand.attachments if one.file_id == file_id), None)
    if found is None or demand.status not in EDITABLE:
        raise NotFound("没有这份附件")
    demand.attachments.remove(found)
    demand.updated_at = now()
    session.flush()
    record(session, actor, "demand.detached", demand, file=str(file_id))


def own(actor: User, demand: Demand) -> Demand:
    """`demand`, if the actor's enterprise posted it. NotFound for everybody else: they need not know it exists."""
    if not owns(actor, demand):
        raise NotFound("没有找到这条需求")
    return demand


def owns(actor: User, demand: Demand) -> bool:
    return demand.organisation_id is not None and any(
        grant.role is Role.enterprise and grant.status is Admission.approved
        and grant.organisation_id == demand.organisation_id for grant in actor.grants)


def _check_version(demand: Demand, version: int) -> None:
    if demand.version != version:
        raise Conflict("这条需求刚在别处改过。请重新打开，核对后再提交，您写的内容还在")


def _check_triage(staff: User, demand: Demand, version: int) -> None:
    if not staff.roles & STAFF:
        raise Forbidden("只有工会工作人员可以诊断需求")
    if owns(staff, demand):
        raise Forbidden("这是您自己单位的需求，请另一位工作人员来办")
    _check_version(demand, version)


def _public_fields(form: StepForm, demand: Demand) -> set[str]:
    """The public texts that one step of the form writes."""
    match form:
        case ProblemForm():
            return {"title"}
        case DisclosureForm():
            return {"abstract"}
    return leak_check.public_texts(demand).keys() - {"title", "abstract"}


def _write_targets(session: Session, demand: Demand, rows: list[dict]) -> None:
    demand.targets.clear()
    session.flush()  # positions are unique: the old rows must be gone before the new ones come
    demand.targets.extend(DemandTarget(position=position, **row) for position, row in enumerate(rows, 1))


def _move(session: Session, actor: User | None, demand: Demand, to: DemandStatus, reason: str = "") -> Demand:
    if to not in MOVES.get(demand.status, ()):
        raise Conflict(f"这条需求{STATUS_NAMES[demand.status]}，不能这样办理")
    listed = demand.status in LISTED or to in LISTED
    demand.status = to
    demand.updated_at = now()
    if listed:
        enqueue(session, PostingKind.demand, demand.id)
    session.flush()
    _trace(session, actor, demand, to, reason)
    return demand


def _trace(session: Session, actor: User | None, demand: Demand, status: DemandStatus, reason: str = "") -> None:
    demand.events.append(DemandEvent(status=status, actor=actor, reason=reason))
    session.flush()
    record(session, actor, f"demand.{status}", demand)


def _tell_author(session: Session, demand: Demand, message: str) -> None:
    if demand.author_id is not None:
        notify(session, demand.author_id, message[:300], demand)
