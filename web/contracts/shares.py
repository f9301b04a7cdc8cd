"""How brokers divide the credit of one contract."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engagements import contracts
from engagements import shares as sharing
from models.accounts import Role
from models.contracts import ContractStatus
from models.errors import Invalid, NotFound
from web import access
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, refusal_of
from web.sessions import db


@access.roles(Role.broker)
@limiter.limit(CONFIRM, methods=["POST"])
def propose(contract_id):
    contract, brokers = _shared(contract_id)
    refusal = NONE
    if request.method == "POST":
        try:
            sharing.propose_shares(db(), me(), contract, {broker.id: _percent(broker.id) for broker in brokers})
            flash(_("已提出，等其他促成人同意"), "success")
            return redirect(url_for("contracts.show", contract_id=contract.id))
        except Invalid as error:
            refusal = refusal_of(error)
    present = {share.broker_id: share.percent for share in contract.shares}
    typed = {broker.id: request.form.get(f"percent-{broker.id}", present.get(broker.id, "")) for broker in brokers}
    return render_template("contracts/shares.html", contract=contract, brokers=brokers, typed=typed, refusal=refusal,
                           errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


@access.roles(Role.broker)
@limiter.limit(CONFIRM)
def agree(contract_id):
    contract, _brokers = _shared(contract_id)
    sharing.agree_shares(db(), me(), contract, request.form.get("percent", 0, type=int))
    done = contract.status is ContractStatus.confirmed
    flash(_("份额已定，合作成立") if done else _("已同意"), "success")
    return redirect(url_for("contracts.show", contract_id=contract.id))


def _shared(contract_id):
    """The contract and its brokers, for one of them."""
    contract = contracts.find_contract(db(), me(), contract_id)
    brokers = sharing.brokers_for(db(), contract)
    if all(broker.user_id != me().id for broker in brokers):
        raise NotFound(_("没有找到这份合同，或者您不是它的促成人"))
    return contract, brokers


def _percent(broker_id) -> int:
    typed = request.form.get(f"percent-{broker_id}", "").strip().removesuffix("%")
    if not typed.isdecimal() or len(typed) > 3:
        raise Invalid(_("每份在 1 到 100 之间，写整数"), field="percents")
    return int(typed)
