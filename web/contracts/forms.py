"""Writing a contract down, and writing a correction."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engagements import contracts
from engagements.claims import claimed_contract
from engagements.parties import find_engagement, require_side
from models.errors import Conflict, Invalid
from web import access, names
from web.contracts import prefill, reading
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, refusal_of
from web.sessions import db


@access.member
@limiter.limit(CONFIRM, methods=["POST"])
def new(engagement_id):
    engagement = find_engagement(db(), me(), engagement_id)
    require_side(me(), engagement)
    present = contracts.contract_of(db(), engagement)
    if present is not None and request.method == "GET":
        return redirect(url_for("contracts.show", contract_id=present.id))
    if present is None:
        contracts.check_recordable(engagement)
    if prefill.asked():
        return _read_from_file(engagement, None)
    refusal = NONE
    if request.method == "POST":
        try:
            contract = contracts.record_contract(db(), me(), engagement, reading.read_terms(None),
                                                 request.form.get("note", ""))
            flash(_("已登记，等对方核对"), "success")
            return redirect(url_for("contracts.show", contract_id=contract.id))
        except (Invalid, Conflict) as error:
            if error.field is None and isinstance(error, Conflict):
                raise
            refusal = refusal_of(error)
    return _form(engagement, None, refusal)


@access.member
@limiter.limit(CONFIRM, methods=["POST"])
def correct(contract_id):
    contract = contracts.find_contract(db(), me(), contract_id)
    require_side(me(), contract.engagement)
    if not contracts.correctable(contract):
        raise Conflict(_("合同已经双方确认，不能再改。确实写错了，请工作人员退回后更正"))
    if prefill.asked():
        return _read_from_file(contract.engagement, contract)
    refusal = NONE
    if request.method == "POST":
        try:
            contracts.correct(db(), me(), contract, reading.read_terms(contract.revision),
                              request.form.get("note", ""))
            flash(_("已更正，等对方核对"), "success")
            return redirect(url_for("contracts.show", contract_id=contract.id))
        except (Invalid, Conflict) as error:
            if error.field is None and isinstance(error, Conflict):
                raise
            refusal = refusal_of(error)
    return _form(contract.engagement, contract, refusal)


def _read_from_file(engagement, contract):
    """The form with what the uploaded contract says in its boxes. Nothing is recorded."""
    try:
        found = prefill.read_upload()
    except Invalid as error:
        return _form(engagement, contract, refusal_of(error))
    return _form(engagement, contract, NONE, found)


def _form(engagement, contract, refusal, found=None):
    revision = contract.revision if contract is not None else None
    claim = claimed_contract(db(), engagement) if contract is None else None
    chosen = request.files.get("scan")
    typed = reading.typed_or(engagement, revision, found)
    return render_template(
        "contracts/form.html", engagement=engagement, contract=contract, refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems), typed=typed, types=names.COOPERATION.items(), found=found, claim=claim,
        kept=found.scan if found is not None else reading.kept_scan(),
        choose_again=bool(refusal.problems and chosen and chosen.filename)), refusal.status
