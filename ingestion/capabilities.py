"""What an expert posts: a capability, claim by claim, each with its year and proof."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion.findings import Findings
from ingestion.leak_check import refuse_contacts
from ingestion.validation import choice, line, text
from models.accounts import Expert, Role, User
from models.audit import record, record_each
from models.base import now, today
from models.capabilities import Capability, CapabilityClaim, CapabilityStatus, ProofKind
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.index import PostingKind, enqueue, enqueue_each

MAX_CLAIMS = 8
TITLE, SUMMARY, FIELD = {"most": 60, "least": 6}, {"most": 2000, "least": 20}, {"most": 40, "least": 2}
"""Characters of each text."""
EARLIEST_YEAR = 1950


@dataclass(frozen=True)
class ClaimRow:
    """One claim as typed."""

    text: str = ""
    year: str = ""
    proof: str = ProofKind.none

    @property
    def empty(self) -> bool:
        return not (self.text.strip() or self.year.strip())

    def checked(self, number: int, index: int) -> dict:
        findings = Findings()
        values = {
            "text": findings.check(line, self.text, f"claim-{index}-text", f"第 {number} 条", most=200, least=6),
            "year": findings.check(_year, self.year, f"claim-{index}-year", number),
            "proof": findings.check(choice, self.proof, ProofKind, f"claim-{index}-proof", f"选第 {number} 条的凭据"),
        }
        findings.settle()
        return values


@dataclass(frozen=True)
class CapabilityForm:
    """A capability as typed."""

    title: str = ""
    summary: str = ""
    field: str = ""
    claims: tuple[ClaimRow, ...] = ()

    def checked(self) -> dict:
        """Column values, `claims` as a list of their own. InvalidForm names every field that is wrong."""
        findings = Findings()
        values = {
            "title": findings.check(line, self.title, "title", "标题", **TITLE),
            "summary": findings.check(text, self.summary, "summary", "简介", **SUMMARY),
            "field": findings.check(line, self.field, "field", "领域", **FIELD),
            "claims": findings.check(self._claims) or [],
        }
        refuse_contacts(findings, values, {"title": "标题", "summary": "简介"})
        findings.settle()
        return values

    def _claims(self) -> list[dict]:
        findings = Findings()
        written = [(index, row) for index, row in enumerate(self.claims) if not row.empty]
        if len(written) > MAX_CLAIMS:
            findings.add(f"做成过的事最多写 {MAX_CLAIMS} 条，现在 {len(written)} 条",
                         f"claim-{written[MAX_CLAIMS][0]}-text")
        rows = [findings.check(row.checked, number, index) for number, (index, row) in enumerate(written, 1)]
        findings.settle()
        return rows

    @classmethod
    def of(cls, capability: Capability) -> "CapabilityForm":
        rows = (ClaimRow(claim.text, str(claim.year or ""), claim.proof) for claim in capability.claims)
        return cls(capability.title, capability.summary, capability.field, tuple(rows))


def create(session: Session, actor: User, form: CapabilityForm, *, key: uuid.UUID | None = None) -> Capability:
    """Post a capability; it is recommended from now on. Flushes. Forbidden for whoever is no approved expert.

    `key`, made with the empty form, becomes its id: the same form sent again posts no second one.
    """
    expert = expert_of(session, actor)
    values = form.checked()
    claims = values.pop("claims")
    capability = Capability(id=key or uuid.uuid4(), expert=expert, **values)
    capability.claims = [CapabilityClaim(position=position, **row) for position, row in enumerate(claims, 1)]
    session.add(capability)
    return _done(session, actor, capability, "capability.created")


def update(session: Session, actor: User, capability: Capability, form: CapabilityForm, version: int) -> Capability:
    """Rewrite a capability. A claim whose words, year and proof stay the same keeps its verification. Flushes."""
    _own(session, actor, capability)
    if capability.version != version:
        raise Conflict("这条本领刚在别处改过。请重新打开，核对后再提交")
    values = form.checked()
    claims = values.pop("claims")
    verified = {(claim.text, claim.year, claim.proof) for claim in capability.claims if claim.verified}
    for column, value in values.items():
        setattr(capability, column, value)
    capability.claims.clear()
    session.flush()  # positions are unique: the old rows must be gone before the new ones come
    capability.claims.extend(
        CapabilityClaim(position=position, verified=(row["text"], row["year"], row["proof"]) in verified, **row)
        for position, row in enumerate(claims, 1))
    return _done(session, actor, capability, "capability.updated")


def verify_claim(session: Session, staff: User, claim: CapabilityClaim, seen: bool = True) -> None:
    """Staff saw the proof of a claim, or take that back. Flushes. Forbidden for others, and without a proof."""
    if not staff.roles & {Role.staff, Role.admin}:
        raise Forbidden("只有工会工作人员可以核对凭据")
    if seen and claim.proof is ProofKind.none:
        raise Forbidden("这一条没有凭据，不能标为已核")
    claim.verified = seen
    session.flush()
    enqueue(session, PostingKind.capability, claim.capability_id)
    record(session, staff, "claim.verified" if seen else "claim.unverified", claim)


def show(session: Session, actor: User, capability: Capability, visible: bool) -> Capability:
    """Post a hidden capability again, or take a posted one off. Flushes."""
    _own(session, actor, capability)
    capability.status = CapabilityStatus.published if visible else CapabilityStatus.hidden
    return _done(session, actor, capability, "capability.shown" if visible else "capability.hidden")


def show_together(session: Session, actor: User, chosen: Mapping[uuid.UUID, int]) -> list[Capability]:
    """Post several hidden capabilities, all or none. `chosen`: id → version of each as the person saw it. Flushes.

    NotFound where one is not the actor's; Conflict where one has changed since, or was posted meanwhile.
    """
    expert = expert_of(session, actor)
    if not chosen:
        raise Invalid("选上要公开的本领", field="chosen")
    found = list(session.scalars(select(Capability).where(Capability.id.in_(chosen), Capability.expert_id == expert.id)
                                 .order_by(Capability.updated_at.desc(), Capability.id)))
    if len(found) != len(chosen):
        raise NotFound("没有找到其中的一条本领")
    for one in found:
        if one.status is not CapabilityStatus.hidden or one.version != chosen[one.id]:
            raise Conflict(f"“{one.title}”刚在别处改过，一条也没有公开。请核对后再选")
        one.status, one.updated_at = CapabilityStatus.published, now()
    session.flush()
    enqueue_each(session, PostingKind.capability, [one.id for one in found])
    record_each(session, actor, "capability.shown", Capability, [one.id for one in found], together=len(found))
    return found


def expert_of(session: Session, actor: User) -> Expert:
    """The actor's expert profile. Forbidden without an approved expert role."""
    expert = session.scalar(select(Expert).where(Expert.user_id == actor.id))
    if expert is None or Role.expert not in actor.roles:
        raise Forbidden("专家入驻通过后才能登记本领")
    return expert


def of_expert(session: Session, expert: Expert) -> list[Capability]:
    """An expert's capabilities, hidden ones too, newest change first."""
    return list(session.scalars(select(Capability).where(Capability.expert_id == expert.id)
                                .order_by(Capability.updated_at.desc(), Capability.id)))


def _own(session: Session, actor: User, capability: Capability) -> None:
    if capability.expert_id != expert_of(session, actor).id:
        raise NotFound("没有找到这条本领")


def _done(session: Session, actor: User, capability: Capability, action: str) -> Capability:
    capability.updated_at = now()
    session.flush()
    enqueue(session, PostingKind.capability, capability.id)
    record(session, actor, action, capability)
    session.flush()
    return capability


def _year(value: str, field: str, number: int) -> int | None:
    typed = line(value, field, f"第 {number} 条的年份", most=10)
    if not typed:
        return None
    if not typed.isdecimal() or not EARLIEST_YEAR <= int(typed) <= today().year:
        raise Invalid(f"第 {number} 条的年份写四位，比如 2024，不晚于今年", field=field)
    return int(typed)
