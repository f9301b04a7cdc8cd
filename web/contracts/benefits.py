"""The enterprise reports what the contract brought in, with proof."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engagements import benefits, contracts
from engagements.parties import side_of
from ingestion import amounts
from ingestion.findings import Findings
from models.engagements import Side
from models.errors import Conflict, Forbidden, Invalid
from web import access
from web.contracts.reading import uploaded
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, refusal_of
from web.sessions import db


@access.member
@limiter.limit(CONFIRM, methods=["POST"])
def report(contract_id):
    contract = contracts.find_contract(db(), me(), contract_id)
    if side_of(me(), contract.engagement) is not Side.enterprise:
        raise Forbidden(_("产生的效益由企业填报"))
    refusal = NONE
    if request.method == "POST":
        try:
            realised, until, proof_id = _read()
            benefits.report_benefit(db(), me(), contract, realised=realised, until=until, proof_id=proof_id)
            flash(_("已填报"), "success")
            return redirect(url_for("contracts.show", contract_id=contract.id))
        except (Invalid, Conflict) as error:
            if error.field is None and isinstance(error, Conflict):
                raise
            refusal = refusal_of(error)
    return render_template("contracts/benefit.html", contract=contract, revision=contract.revision, refusal=refusal,
                           errors=refusal.errors, failed=bool(refusal.problems), typed=request.form,
                           history=benefits.benefit_history(db(), contract)), refusal.status


def _read():
    found = Findings()
    realised = found.check(_realised)
    until = found.check(_until)
    proof_id = found.check(uploaded, "proof", None, _("证明材料"))
    found.settle()
    return realised, until, proof_id


def _realised():
    amount = amounts.yuan(request.form.get("realised"), "realised", _("产生的效益"))
    if amount is None:
        raise Invalid(_("写产生的效益，单位是万元"), field="realised")
    return amount


def _until():
    parts = (request.form.get(f"until-{part}") for part in ("year", "month", "day"))
    day = amounts.day(*parts, "until", _("截止日"))
    if day is None:
        raise Invalid(_("写截止日：效益算到哪一天"), field="until")
    return day
