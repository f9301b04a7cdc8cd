"""What happened to a collaboration so far, day by day, and what else rests on the same paper."""

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.evidence import evidence_of
from contests.seasons import definition_of
from models.base import CITY_TIME
from models.contests import Evidence, EvidenceStatus
from models.contracts import Collaboration, Contract, ContractRevision, Finding
from models.files import StoredFile
from web.engagements.progress import SIDES

FINDINGS = {
    Finding.approved: lambda: _("核验通过"), Finding.returned: lambda: _("退回补正"),
    Finding.second_opinion: lambda: _("请人复核"), Finding.recused: lambda: _("回避"),
    Finding.undone: lambda: _("撤回核验"),
}


def course(collaboration: Collaboration) -> list[tuple[str, str]]:
    """(MM-DD, what) in order of time."""
    contract = collaboration.contract
    first, *later = contract.revisions
    steps = [(first.signed_on.strftime("%m-%d"), _("签订")),
             (_day(first.at), _("%(side)s登记", side=SIDES[first.side]()))]
    steps += [(_day(one.at), _("%(side)s更正", side=SIDES[one.side]())) for one in later]
    steps += [(_day(done.at), _("%(name)s确认", name=done.user.name)) for done in contract.revision.confirmations
              if done.side is not contract.revision.side]
    steps += [(_day(act.at), f"{act.verifier.name} {FINDINGS[act.finding]()}") for act in collaboration.verifications]
    return [*steps, (_day(collaboration.queued_at), _("送核验"))]


def claims(session: Session, collaboration: Collaboration) -> list[tuple[Evidence, str]]:
    """Each standing claim on it with the name of its group."""
    return [(row, definition_of(row.season).track(row.track).name) for row in evidence_of(session, collaboration)
            if row.status is not EvidenceStatus.withdrawn]


def same_paper(session: Session, contract: Contract) -> list[Contract]:
    """Other contracts recorded with the very same file."""
    digest = contract.revision.scan.sha256
    return list(session.scalars(
        select(Contract).join(ContractRevision, ContractRevision.contract_id == Contract.id)
        .join(StoredFile, ContractRevision.scan_id == StoredFile.id)
        .where(StoredFile.sha256 == digest, Contract.id != contract.id).distinct()))


def _day(moment) -> str:
    return moment.astimezone(CITY_TIME).strftime("%m-%d")
