"""Rows for tests: plain functions with sensible defaults. Each adds to the session, flushes and returns the row.

People and firms are invented. Keyword arguments override columns; related rows are made where none is given.
"""

import datetime as dt
import functools
import hashlib
import itertools
from decimal import Decimal

import numpy as np
from sqlalchemy.orm import Session
from stdnum.cn import uscc

from ingestion import passwords
from matching.encoders.embedding import model_name
from matching.encoders.model_files import SHIPPED
from matching.learning.kernel import KernelRanker
from models.accounts import (
    Admission,
    ApiToken,
    Broker,
    Expert,
    ExpertKind,
    Organisation,
    OrganisationKind,
    Role,
    RoleGrant,
    User,
)
from models.base import now, today
from models.capabilities import Capability, CapabilityClaim, ProofKind
from models.contracts import Collaboration, Contract, ContractRevision, ContractStatus
from models.demands import CooperationType, Demand, DemandStatus, DemandTarget
from models.encoders import EncoderGeneration, GenerationState
from models.engagements import Engagement, Introduction, Opening, Side, Stage
from models.files import StoredFile
from models.rankers import RankerVersion

PASSWORD = "correct horse battery staple"
_numbers = itertools.count(1)


@functools.cache
def password_hash() -> str:
    return passwords.hash_password(PASSWORD)


def add(session: Session, row):
    session.add(row)
    session.flush()
    return row


def credit_code(number: int) -> str:
    """A well-formed 统一社会信用代码 of Weihai that belongs to nobody."""
    body = f"91371000MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def organisation(session: Session, kind: OrganisationKind = OrganisationKind.enterprise, **columns) -> Organisation:
    number = next(_numbers)
    defaults = dict(kind=kind, name=f"海岬{number}号试验机械有限公司", short_name=f"海岬{number}", uscc=credit_code(number),
                    district_code="371002", industry_code="C3411", status=Admission.approved, joined_on=today())
    return add(session, Organisation(**defaults | columns))


def user(session: Session, **columns) -> User:
    """A person without any role. The password is PASSWORD."""
    number = next(_numbers)
    defaults = dict(email=f"person{number}@jiebang.example", phone=f"199{number:08d}", name=f"林试{number}",
                    password_hash=password_hash(), terms_version="1", terms_accepted_at=now())
    return add(session, User(**defaults | columns))


def grant(session: Session, holder: User, role: Role, organisation: Organisation | None = None,
          status: Admission = Admission.approved, **columns) -> RoleGrant:
    row = add(session, RoleGrant(user=holder, role=role, organisation=organisation, status=status, **columns))
    session.refresh(holder, ["grants"])
    return row


def member(session: Session, role: Role, organisation: Organisation | None = None, **columns) -> User:
    """A person who holds one approved role."""
    holder = user(session, **columns)
    grant(session, holder, role, organisation)
    return holder


def contact(session: Session, firm: Organisation | None = None, **columns) -> User:
    """An enterprise's contact person, of a new enterprise unless one is given."""
    return member(session, Role.enterprise, firm or organisation(session), **columns)


def staff(session: Session, **columns) -> User:
    return member(session, Role.staff, organisation(session, OrganisationKind.union), **columns)


def expert(session: Session, employer: Organisation | None = None, **columns) -> Expert:
    employer = employer or organisation(session, OrganisationKind.university)
    holder = columns.pop("user", None) or user(session)
    grant(session, holder, Role.expert, employer)
    defaults = dict(user=holder, organisation=employer, kind=ExpertKind.university, name=holder.name, title="教授",
                    field="机械制造", district_code="371002", joined_on=today())
    return add(session, Expert(**defaults | columns))


def broker(session: Session, employer: Organisation | None = None, **columns) -> Broker:
    employer = employer or organisation(session, OrganisationKind.university)
    holder = columns.pop("user", None) or user(session)
    grant(session, holder, Role.broker, employer)
    defaults = dict(user=holder, organisation=employer, name=holder.name, joined_on=today())
    return add(session, Broker(**defaults | columns))


def bearer(session: Session, holder: User) -> dict[str, str]:
    """The header of an API call by `holder`."""
    secret = f"secret-of-{holder.id}"
    add(session, ApiToken(user_id=holder.id, digest=hashlib.sha256(secret.encode()).hexdigest(),
                          expires_at=now() + dt.timedelta(days=1)))
    return {"Authorization": f"Bearer {secret}"}


TARGETS = (("跳动量", "≤0.03 mm", "偏摆仪，转 3 圈取最大值", True), ("节拍", "≤40 秒", "连续 50 件取平均", False))


def demand(session: Session, author: User | None = None, targets=TARGETS, **columns) -> Demand:
    """A published demand of an enterprise, with two targets."""
    author = author or contact(session)
    number = next(_numbers)
    defaults = dict(
        number=f"WH-2026-{number:04d}", organisation=author.organisation_for(Role.enterprise), author=author,
        title="碳纤维钓竿插接处跳动超差", problem="碳纤维多节竿插接后跳动量在 0.08 mm 左右，装配返修率 12%，打磨靠老师傅手感。",
        industry_code="C2444", district_code="371002", cooperation_type=CooperationType.development,
        budget_min=Decimal(300000), budget_max=Decimal(500000), deadline=today() + dt.timedelta(days=30),
        status=DemandStatus.published, submitted_at=now(), published_at=now())
    row = Demand(**defaults | columns)
    row.targets = [DemandTarget(position=position, what=what, figure=figure, measure=measure, required=required)
                   for position, (what, figure, measure, required) in enumerate(targets, 1)]
    return add(session, row)


def capability(session: Session, holder: Expert | None = None, claims=("插接跳动量由 0.08 mm 降到 0.025 mm",),
               **columns) -> Capability:
    defaults = dict(expert=holder or expert(session), title="薄壁管件插接精度控制",
                    summary="对碳纤维薄壁管做在线磨削与配对，跳动量稳定在 0.025 mm 以内，节拍 35 秒。", field="机械制造")
    row = Capability(**defaults | columns)
    row.claims = [CapabilityClaim(position=position, text=text, year=2025, proof=ProofKind.test_report)
                  for position, text in enumerate(claims, 1)]
    return add(session, row)


def engagement(session: Session, demanded: Demand | None = None, holder: Expert | None = None,
               stage: Stage = Stage.interest, **columns) -> Engagement:
    """An engagement that the other side has accepted."""
    defaults = dict(demand=demanded or demand(session), expert=holder or expert(session), opening=Opening.interest,
                    accepted_at=now(), stage=stage)
    return add(session, Engagement(**defaults | columns))


def introduction(session: Session, engaged: Engagement, introducer: Broker | None = None, **columns) -> Introduction:
    """The introduction, agreed by both sides, that an engagement came from."""
    defaults = dict(demand=engaged.demand, expert=engaged.expert, broker=introducer or broker(session),
                    engagement=engaged, enterprise_consented_at=now(), expert_consented_at=now())
    return add(session, Introduction(**defaults | columns))


def stored_file(session: Session, content: bytes = b"%PDF-1.4", uploader: User | None = None, **columns) -> StoredFile:
    """The row of an upload; its bytes are written by the test that reads them."""
    defaults = dict(sha256=hashlib.sha256(content).hexdigest(), name="合同.pdf", media_type="application/pdf",
                    size=len(content), pages=1, uploaded_by_id=(uploader or user(session)).id)
    return add(session, StoredFile(**defaults | columns))


def contract(session: Session, engaged: Engagement | None = None, **columns) -> Contract:
    """A contract both sides confirmed, with one revision; `columns` override the revision's."""
    engaged = engaged or engagement(session, stage=Stage.contract)
    number, writer = next(_numbers), engaged.expert.user
    row = Contract(engagement=engaged, status=ContractStatus.confirmed, fingerprint=f"{number:064x}")
    defaults = dict(number=1, contract_number=f"HJ-{number:04d}", name="钓竿插接精度技术开发合同",
                    type=CooperationType.development, signed_on=today(), amount=Decimal(380000),
                    expected_benefit=Decimal(1200000), party_a=engaged.demand.organisation.name,
                    party_b=engaged.expert.organisation.name, side=Side.expert, author=writer,
                    scan=stored_file(session, str(number).encode(), writer))
    row.revisions = [ContractRevision(**defaults | columns)]
    return add(session, row)


def collaboration(session: Session, agreed: Contract | None = None, **columns) -> Collaboration:
    """A confirmed collaboration as a bare row: nothing of it stands in the ledger."""
    number = next(_numbers)
    defaults = dict(number=f"HT-2026-{number:04d}", contract=agreed or contract(session), ledger_index=10**6 + number)
    return add(session, Collaboration(**defaults | columns))


def generation(session: Session, state: GenerationState = GenerationState.ready, **columns) -> EncoderGeneration:
    """A model of the name `bge-small-zh-v1.5`, complete where there are no postings; without files."""
    number = next(_numbers)
    defaults = dict(name=f"BAAI/bge-small-zh-v1.5@{number:012x}+000000", source="BAAI/bge-small-zh-v1.5", dimensions=8,
                    state=state)
    return add(session, EncoderGeneration(**defaults | columns))


def ranker_version(session: Session, **columns) -> RankerVersion:
    """A candidate that was found better than the plain ranking on one demand, made for the shipped encoder."""
    number = next(_numbers)
    comparison = {"against": 0, "demands": 1, "left_out": 0, "collaborations": 1, "confidence": 0.99, "before": 0.5,
                  "after": 0.7, "gain": 0.2, "low": 0.1, "high": 0.3, "looks": []}
    data = {"counts": {"known": 60}, "kinds": {"collaboration": 40}, "pairs": 40, "demands": 40, "unplaced": 0,
            "until": "2026-09-01", "places": [1.0, 0.6], "lists": 0, "answered": 0}
    nothing = np.zeros((0, 384), np.float32)
    defaults = dict(number=number, encoder=model_name(SHIPPED), digest=f"{number:064x}", data=data, trained_on=[],
                    blob=KernelRanker(nothing, nothing, np.zeros(0, np.float32)).to_bytes(), comparison=comparison,
                    better=True)
    return add(session, RankerVersion(**defaults | columns))
