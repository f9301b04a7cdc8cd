"""Before a confidential demand is posted: its public texts must not tell who asks or what is sealed.

Names and identifiers must go. What may be harmless (a model, a place, a sentence) can stay once a person wrote why; the
reason is kept with the words it was given for, so that a new text is looked at anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion.findings import Findings
from ingestion.firm_names import firm_names
from ingestion.leaks import Leak, Sealed, contacts, leaks
from ingestion.validation import text
from models.accounts import RoleGrant, User
from models.audit import record
from models.base import now
from models.demands import Confidentiality, Demand, LeakConfirmation

REASON = "leak_reason"
"""The field in which a person writes why doubtful findings may stay."""
CHECKED = frozenset({Confidentiality.summary, Confidentiality.nda})
"""Public ones hide nothing; of internal ones nothing is public."""


@dataclass(frozen=True)
class Finding:
    """One leak in the public text `field`; `confirmed`: somebody wrote why it may stay."""

    field: str
    leak: Leak
    confirmed: LeakConfirmation | None = None

    @property
    def open(self) -> bool:
        return self.leak.blocking or self.confirmed is None


def refuse_contacts(findings: Findings, values: Mapping[str, str | None], labels: Mapping[str, str]) -> None:
    """Note contact data in the texts of `values` that `labels` names: nobody writes it into what is posted."""
    for name, label in labels.items():
        if contacts(values[name] or ""):
            findings.add(f"{label}里不要写电话、邮箱和微信号。双方同意见面后，平台会显示联系方式", name)


def public_texts(demand: Demand) -> dict[str, str]:
    """Field of the form → what everybody reads of a confidential demand. Empty for the other levels."""
    if demand.confidentiality not in CHECKED:
        return {}
    targets = {f"target-{row}-{column}": getattr(target, column)
               for row, target in enumerate(demand.targets) for column in ("what", "figure")}
    return {"title": demand.title, "abstract": demand.abstract, **targets}


def sealed_of(session: Session, demand: Demand) -> Sealed:
    """What `demand` hides: its firm, the firm's people, and every text that is not public."""
    firm = demand.organisation
    people = _people(session, demand)
    names = firm_names(firm.name, firm.short_name) if firm else firm_names("")
    known = [firm.uscc if firm else "", *(value for person in people for value in (person.phone, person.email))]
    return Sealed(
        names=names.sure, common_names=names.common, address=firm.address if firm else "",
        people=tuple(sorted({person.name for person in people if len(person.name) >= 2})),
        identifiers=tuple(sorted(filter(None, known))),
        texts=(demand.problem, demand.constraints, demand.tried, demand.offers, demand.ownership,
               *(target.measure for target in demand.targets)),
        shown=(demand.title, *(f"{target.what} {target.figure}" for target in demand.targets)))


def find(session: Session, demand: Demand) -> list[Finding]:
    """What the public texts give away, in form order, with the reasons given so far. Reads only."""
    shown = public_texts(demand)
    if not shown:
        return []
    sealed = sealed_of(session, demand)
    given = {(one.field, one.kind, one.words): one for one in confirmations(session, demand)}
    return [Finding(name, leak, given.get((name, leak.kind, leak.words)))
            for name, value in shown.items() for leak in leaks(value, sealed)]


def confirmations(session: Session, demand: Demand) -> list[LeakConfirmation]:
    """The reasons written for this demand, oldest first."""
    return list(session.scalars(select(LeakConfirmation).where(LeakConfirmation.demand_id == demand.id)
                                .order_by(LeakConfirmation.at, LeakConfirmation.id)))


def settle(session: Session, actor: User, demand: Demand, reason: str) -> None:
    """Let the public texts pass, or say what is in the way. Flushes.

    `reason` is kept for every doubtful finding that has none. InvalidForm names each field with a name or identifier,
    or asks for the reason.
    """
    found = find(session, demand)
    _refuse(found)
    doubtful = [one for one in found if one.open]
    if not doubtful:
        return
    reason = text(reason, REASON, "可以公开的理由", most=500)
    if len(reason) < 4:
        findings = Findings()
        findings.add(f"公开的文字里有 {len(doubtful)} 处可能让人认出您：{_words(doubtful)}。请改掉，或者写明为什么可以公开", REASON)
        findings.settle()
    _confirm(session, actor, demand, doubtful, reason)


def refuse_names(session: Session, demand: Demand, fields: Iterable[str] | None = None) -> None:
    """InvalidForm where names or identifiers stand in the public texts (of `fields`, if given)."""
    among = None if fields is None else frozenset(fields)
    _refuse([one for one in find(session, demand) if among is None or one.field in among])


def _refuse(found: list[Finding]) -> None:
    findings = Findings()
    blocking = [one for one in found if one.leak.blocking]
    for name in dict.fromkeys(one.field for one in blocking):
        words = _words(one for one in blocking if one.field == name)
        findings.add(f"{_label(name)}里有能认出您的字：{words}。请删掉，或换个说法", name)
    findings.settle()


def _confirm(session: Session, actor: User, demand: Demand, doubtful: list[Finding], reason: str) -> None:
    for name, kind, words in sorted({(one.field, one.leak.kind, one.leak.words) for one in doubtful}):
        session.add(LeakConfirmation(demand_id=demand.id, user_id=actor.id, at=now(), field=name, kind=kind,
                                     words=words, reason=reason))
    session.flush()
    record(session, actor, "demand.leaks_confirmed", demand, kinds=sorted(one.leak.kind for one in doubtful))


def _words(found: Iterable[Finding]) -> str:
    return "、".join(dict.fromkeys(f"“{one.leak.words}”" for one in found))


def _label(name: str) -> str:
    if name.startswith("target-"):
        return f"第 {int(name.split('-')[1]) + 1} 项指标"
    return {"title": "标题", "abstract": "摘要"}[name]


def _people(session: Session, demand: Demand) -> list[User]:
    """The author and everybody who holds or asked for a role under the firm."""
    members = select(RoleGrant.user_id).where(RoleGrant.organisation_id == demand.organisation_id)
    return list(session.scalars(select(User).where(User.id.in_(members) | (User.id == demand.author_id))
                                .order_by(User.id)))
