"""Standing behind a contract."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from engagements import contracts
from models.contracts import ContractStatus
from web import access
from web.identity import me
from web.limits import CONFIRM, limiter
from web.sessions import db


@access.member
@limiter.limit(CONFIRM)
def confirm(contract_id):
    """Confirm the revision the page showed: one that moved on meanwhile is a conflict."""
    contract = contracts.find_contract(db(), me(), contract_id)
    contracts.confirm(db(), me(), contract, request.form.get("revision", 0, type=int))
    if contract.status is ContractStatus.confirmed:
        flash(_("双方已确认，合作成立，并写进台账第 %(n)s 条", n=contract.collaboration.ledger_index), "success")
    else:
        flash(_("双方已确认，等促成人商定份额"), "success")
    return redirect(url_for("contracts.show", contract_id=contract.id))
