"""What a person takes over from a document that was read: only now are rows made. The act names the file's digest."""

import re
import uuid
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from ingestion import capabilities, demands, profiles
from ingestion.capabilities import CapabilityForm, ClaimRow
from ingestion.demand_forms import ProblemForm, TargetsForm
from ingestion.documents.achievements import Item
from ingestion.findings import Findings, InvalidForm
from ingestion.leak_check import refuse_contacts
from ingestion.leaks import contacts
from ingestion.profiles import ProfileForm
from models.accounts import Expert, User
from models.audit import record
from models.capabilities import Capability, ProofKind
from models.demands import Demand
from models.errors import Invalid

KINDS = {"paper": "论文", "patent": "专利", "project": "项目"}
PROOFS = {"paper": ProofKind.paper, "patent": ProofKind.patent, "project": ProofKind.contract}
DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Profile:
    """The parts of a profile that were taken over; None for those that were not."""

    title: str | None = None
    field: str | None = None
    bio: str | None = None

    @property
    def taken(self) -> dict[str, str]:
        return {name: value for name in ("title", "field", "bio") if (value := getattr(self, name)) is not None}


def without_contacts(text: str) -> str:
    """A text without the phone numbers, mail addresses and chat accounts in it."""
    for leak in reversed(contacts(text)):
        text = text[:leak.start] + text[leak.end:]
    return text


def offered(item: Item, area: str) -> CapabilityForm:
    """The capability that an item of a CV is offered as. All of it stands in the document; `area` is the field."""
    text = without_contacts(item.text)
    summary = f"{KINDS[item.kind]}：{text.rstrip('。')}。研究方向：{area}"
    claim = ClaimRow(text[:200], str(item.year or ""), PROOFS[item.kind])
    return CapabilityForm(without_contacts(item.title)[:60], summary[:2000], area[:40], (claim,))


def accept_person(session: Session, actor: User, profile: Profile, wanted: dict[int, CapabilityForm], *,
                  key: uuid.UUID, digest: str) -> list[Capability]:
    """Rewrite the taken parts of the actor's profile and post the taken capabilities. Flushes.

    `wanted`: number of the item → its form. The same `key` again posts nothing twice. InvalidForm names each wrong
    field: title, field, bio, item-N-…; nothing is to be kept then. Forbidden for whoever is no approved expert.
    """
    expert, findings = capabilities.expert_of(session, actor), Findings()
    if not profile.taken and not wanted:
        raise Invalid("还没有收下任何一项。勾选要收下的，再提交", field="take-title")
    if profile.taken:
        refuse_contacts(findings, {"bio": profile.bio or ""}, {"bio": "简介"})
        findings.check(profiles.update_expert, session, actor, expert, _profile_form(expert, profile))
    posted = [findings.check(_post, session, actor, number, form, uuid.uuid5(key, str(number)))
              for number, form in wanted.items()]
    findings.settle()
    record(session, actor, "document.accepted", expert, sha256=_checked(digest), parts=sorted(profile.taken),
           capabilities=len(posted))
    return posted


def _profile_form(expert: Expert, profile: Profile) -> ProfileForm:
    present = ProfileForm(title=expert.title, field=expert.field, bio=expert.bio, district_code=expert.district_code,
                          capacity=str(expert.capacity))
    return replace(present, **profile.taken)


def _post(session: Session, actor: User, number: int, form: CapabilityForm, key: uuid.UUID) -> Capability:
    present = session.get(Capability, key)
    if present is not None:
        return present
    findings = Findings()
    for index, claim in enumerate(form.claims):
        refuse_contacts(findings, {f"claim-{index}-text": claim.text}, {f"claim-{index}-text": "做成的事"})
    made = findings.check(capabilities.create, session, actor, form, key=key)
    if findings.errors:
        raise InvalidForm([Invalid(error.message, field=f"item-{number}-{error.field}") for error in findings.errors])
    return made


def accept_demand(session: Session, actor: User, problem: ProblemForm, targets: TargetsForm, *, key: uuid.UUID,
                  digest: str) -> Demand:
    """A draft demand with the taken parts, to be written on in the usual steps. Flushes.

    The same `key` again gives the draft that is there. InvalidForm names each wrong field; nothing is to be kept then.
    """
    present = session.get(Demand, key)
    if present is not None:
        return demands.own(actor, present)
    findings = Findings()
    for form in (problem, targets):
        findings.check(form.checked, False)
    contact = {"title": "标题", "problem": "难题"}
    refuse_contacts(findings, {name: getattr(problem, name) for name in contact}, contact)
    findings.settle()
    demand = demands.create_draft(session, actor, problem, whole=False, key=key)
    demands.save(session, actor, demand, targets, demand.version, whole=False)
    record(session, actor, "document.accepted", demand, sha256=_checked(digest))
    return demand


def _checked(digest: str) -> str:
    """The digest a page carried from the reading to the accepting. Invalid where it is none."""
    if not DIGEST.fullmatch(digest):
        raise Invalid("页面已过期，请重新读一次文件")
    return digest
