"""Reading contracts: the list of one's own, and one contract with its revisions and what it still needs."""

from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _

from contests.evidence import evidence_of, refusals
from engagements import contracts, listing
from engagements.benefits import benefit_history
from engagements.claims import claimed_contracts_of
from engagements.parties import OTHER, side_of
from engagements.shares import brokers_for
from models.contracts import CollaborationStatus, Contract, ContractRevision, ContractStatus, Finding
from models.sheets import SheetKind
from web import access, names
from web.display import day, wan
from web.engagements.progress import SIDES
from web.identity import me
from web.limits import EXPORT, limiter
from web.lists import among, as_sheet
from web.sessions import db

STATUS = {
    ContractStatus.recorded: lambda: (_("待对方确认"), "amber", "hourglass-split"),
    ContractStatus.agreed: lambda: (_("待商定份额"), "amber", "people"),
    ContractStatus.confirmed: lambda: (_("双方已确认"), "pine", "check-circle"),
    ContractStatus.cancelled: lambda: (_("已作废"), "outline", "x-circle"),
}
STANDING = {
    CollaborationStatus.confirmed: lambda: (_("等核验"), "sea", "hourglass-split"),
    CollaborationStatus.verified: lambda: (_("原件已核"), "pine", "patch-check"),
    CollaborationStatus.returned: lambda: (_("退回补正"), "seal", "arrow-return-left"),
    CollaborationStatus.withdrawn: lambda: (_("已撤下"), "outline", "x-circle"),
}


@dataclass(frozen=True)
class Change:
    """One fact that a correction changed."""

    label: str
    before: str
    after: str


@access.member
def mine():
    found = listing.contracts_of(db(), me())
    return render_template("contracts/mine.html", contracts=found, status_of=status_of, waits=_waits_for_me,
                           claims=claimed_contracts_of(db(), me()))


@access.member
@limiter.limit(EXPORT)
def export():
    """The contracts of the page, and what an old sheet says of others."""
    shown = {one.id for one in listing.contracts_of(db(), me())}
    shown |= {claim.id for claim, _engagement in claimed_contracts_of(db(), me())}
    return as_sheet(SheetKind.contract, among(shown))


@access.member
def show(contract_id):
    contract = contracts.find_contract(db(), me(), contract_id)
    side = side_of(me(), contract.engagement)
    collaboration = contract.collaboration
    still_open = contract.status in (ContractStatus.recorded, ContractStatus.agreed)
    brokers = brokers_for(db(), contract)
    return render_template(
        "contracts/show.html", contract=contract, revision=contract.revision, side=side, sides=SIDES,
        waits=contracts.waits_for(contract), writer=contract.revision.side, collaboration=collaboration,
        facts=facts(contract.revision),
        histories=[(one, changes(contract, one)) for one in reversed(contract.revisions)],
        status=status_of(contract), may_correct=side is not None and contracts.correctable(contract),
        brokers=brokers, my_share=_my_share(contract),
        may_share=still_open and len(brokers) > 1 and _is_broker(brokers),
        warnings=refusals(db(), contract) if still_open else [],
        returned=_returned(collaboration), evidence=evidence_of(db(), collaboration) if collaboration else [],
        benefits=benefit_history(db(), contract), other=OTHER)


def status_of(contract: Contract) -> tuple[str, str, str]:
    """Word, tone and icon of where a contract stands, its collaboration included."""
    if contract.collaboration is not None and contract.status is ContractStatus.confirmed:
        return STANDING[contract.collaboration.status]()
    return STATUS[contract.status]()


def facts(revision: ContractRevision) -> list[tuple[str, str]]:
    return [(_("合同编号"), revision.contract_number), (_("合同名称"), revision.name),
            (_("合同类型"), str(names.COOPERATION[revision.type])), (_("甲方"), revision.party_a),
            (_("乙方"), revision.party_b), (_("签订日期"), day(revision.signed_on, year=True)),
            (_("合同期限"), term_of(revision)),
            (_("合同金额"), _("%(wan)s 万元", wan=wan(revision.amount, 6))),
            (_("预计创效"), _("%(wan)s 万元", wan=wan(revision.expected_benefit, 6))),
            (_("扫描件"), revision.scan.name)]


def term_of(revision: ContractRevision) -> str:
    """The days the contract runs, as far as it names them."""
    start, end = (day(one, year=True) for one in (revision.starts_on, revision.ends_on))
    if start and end:
        return _("%(start)s到%(end)s", start=start, end=end)
    return _("从%(start)s起", start=start) if start else _("到%(end)s", end=end) if end else ""


def changes(contract: Contract, revision: ContractRevision) -> list[Change]:
    """What a correction changed against the revision before it; empty for the first."""
    if revision.number == 1:
        return []
    before = contract.revisions[revision.number - 2]
    found = [Change(label, old, new) for (label, old), (_label, new)
             in zip(facts(before), facts(revision), strict=True) if old != new]
    if before.scan.sha256 != revision.scan.sha256 and before.scan.name == revision.scan.name:
        found.append(Change(_("扫描件"), before.scan.sha256[:8], revision.scan.sha256[:8]))
    return found


def _returned(collaboration) -> str:
    """Why staff sent it back, while it is back."""
    if collaboration is None or collaboration.status is not CollaborationStatus.returned:
        return ""
    return next(act.reason for act in reversed(collaboration.verifications) if act.finding is Finding.returned)


def _waits_for_me(contract: Contract) -> bool:
    side = side_of(me(), contract.engagement)
    return side is not None and contracts.waits_for(contract) is side


def _is_broker(brokers) -> bool:
    return any(broker.user_id == me().id for broker in brokers)


def _my_share(contract: Contract):
    return next((share for share in contract.shares if share.broker.user_id == me().id), None)
