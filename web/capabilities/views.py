"""An expert's own capabilities: list, write, change, hide."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from ingestion import capabilities
from ingestion.capabilities import MAX_CLAIMS, CapabilityForm, ClaimRow
from ingestion.sources import taking
from models.accounts import Role
from models.capabilities import Capability
from models.errors import Conflict, Invalid, NotFound
from models.sources import SourceEntry
from web import access, names
from web.identity import me
from web.likeness import near_capabilities
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

ROW = re.compile(r"claim-(\d{1,3})-(?:text|year)")
TYPED_ROWS = 50
"""Rows read from one form; more than a form may keep, so that the message can count them."""


@access.roles(Role.expert)
def mine():
    expert = capabilities.expert_of(db(), me())
    return render_template("capabilities/mine.html", expert=expert, capabilities=capabilities.of_expert(db(), expert),
                           proofs=names.PROOF_CHOICES)


@access.roles(Role.expert)
def new():
    """A capability that is not there yet. The page's key makes sure that one form posts one."""
    expert = capabilities.expert_of(db(), me())
    entry = _entry(request.args.get("entry", type=uuid.UUID))
    if request.method == "GET":
        form = taking.capability_form(entry, expert.field) if entry else CapabilityForm(field=expert.field)
        return page(None, form, key=entry.id if entry else uuid.uuid4())
    form, key = read(request.form), request.form.get("key", type=uuid.UUID) or uuid.uuid4()
    if rows_changed(form) is not None:
        return page(None, rows_changed(form), key=key)
    if db().get(Capability, key) is not None:
        return redirect(url_for("capabilities.mine"))
    near = () if "same_sure" in request.form else near_capabilities(
        form.title, form.summary, capabilities.of_expert(db(), expert))
    if near:
        return page(None, form, key=key, near=near)
    try:
        capabilities.create(db(), me(), form, key=key)
    except Invalid as error:
        return page(None, form, refusal_of(error), key)
    if entry is not None and entry.id == key:
        taking.mark_taken(db(), me(), entry)
    flash(_("登记好了，推荐里马上就有"), "success")
    return redirect(url_for("capabilities.mine"))


@access.roles(Role.expert)
def edit(capability_id):
    capability = found(capability_id)
    if request.method == "GET":
        return page(capability, CapabilityForm.of(capability))
    form = read(request.form)
    if rows_changed(form) is not None:
        return page(capability, rows_changed(form))
    try:
        capabilities.update(db(), me(), capability, form, request.form.get("version", 0, type=int))
    except (Invalid, Conflict) as error:
        return page(capability, form, refusal_of(error))
    flash(_("改好了"), "success")
    return redirect(url_for("capabilities.mine"))


@access.roles(Role.expert)
def visible(capability_id):
    on = request.form.get("on") == "1"
    capabilities.show(db(), me(), found(capability_id), on)
    flash(_("已公开，推荐里马上就有") if on else _("已收起，推荐里不再出现"), "success")
    return redirect(url_for("capabilities.mine"))


def _entry(entry_id: uuid.UUID | None) -> SourceEntry | None:
    """The entry of a watched source that the new capability is to be made of, if it is the reader's own."""
    return taking.entry_of(db(), me(), entry_id) if entry_id else None


def found(capability_id: uuid.UUID) -> Capability:
    """The capability, if it is the reader's own. NotFound otherwise."""
    capability = db().get(Capability, capability_id)
    if capability is None or capability.expert_id != capabilities.expert_of(db(), me()).id:
        raise NotFound(_("没有找到这条本领"))
    return capability


def read(fields: MultiDict) -> CapabilityForm:
    numbers = sorted({int(one[1]) for one in map(ROW.fullmatch, fields) if one})
    rows = (ClaimRow(fields.get(f"claim-{n}-text", ""), fields.get(f"claim-{n}-year", ""),
                     fields.get(f"claim-{n}-proof", "")) for n in numbers[:TYPED_ROWS])
    return CapabilityForm(fields.get("title", ""), fields.get("summary", ""), fields.get("field", ""), tuple(rows))


def rows_changed(form: CapabilityForm) -> CapabilityForm | None:
    """The form with a row more or less, where that is what was pressed (without a script); nothing is saved."""
    go = request.form.get("go", "")
    if go == "add":
        return replace(form, claims=(*form.claims, ClaimRow())[:MAX_CLAIMS])
    if go.startswith("remove-"):
        gone = go.removeprefix("remove-")
        return replace(form, claims=tuple(row for index, row in enumerate(form.claims) if str(index) != gone))
    return None


def page(capability: Capability | None, form: CapabilityForm, refusal: Refusal = NONE, key: uuid.UUID | None = None,
         near: Sequence[Capability] = ()):
    return render_template(
        "capabilities/edit.html", capability=capability, form=form, refusal=refusal, errors=refusal.errors, key=key,
        proofs=list(names.PROOF_CHOICES.items()), failed=bool(refusal.problems), near=near,
        version=request.form.get("version") or (capability.version if capability else 0)), refusal.status
