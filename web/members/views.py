"""The queue of applications, one application with its code, proof and likenesses, and what was decided on it."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ingestion import admission, capabilities
from models.accounts import Admission, Expert, Role, RoleGrant
from models.audit import AuditEvent
from models.capabilities import CapabilityClaim
from models.errors import Invalid, NotFound
from models.sheets import SheetKind
from web import access, names, paging
from web.identity import has_role, me
from web.limits import EXPORT, limiter
from web.lists import as_sheet
from web.navigation import back
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

PAGE_SIZE = 30


@access.staff
def queue():
    """Applications of one state: those that wait oldest first, the decided newest first."""
    state = _state()
    query = select(RoleGrant).where(RoleGrant.status == state).options(
        joinedload(RoleGrant.user), joinedload(RoleGrant.organisation))
    order = RoleGrant.applied_at if state is Admission.applied else RoleGrant.decided_at.desc()
    number = db().scalar(select(func.count()).select_from(RoleGrant).where(RoleGrant.status == state))
    page = paging.asked(number, PAGE_SIZE)
    grants = db().scalars(query.order_by(order, RoleGrant.id).offset(page.offset).limit(page.size)).all()
    return render_template("members/queue.html", grants=grants, page=page, state=state, states=Admission,
                           may_export=has_role(Role.admin))


@access.roles(Role.admin)
@limiter.limit(EXPORT)
def export():
    """Applications of one state with the phone numbers that the list does not show: for the administrator alone."""
    return as_sheet(SheetKind.member, RoleGrant.status == _state())


@access.staff
def show(grant_id):
    return _page(_found(grant_id))


@access.staff
def approve(grant_id):
    grant = admission.approve(db(), me(), _found(grant_id))
    flash(_("%(name)s已入驻", name=grant.user.name), "success")
    return redirect(url_for("members.queue"))


@access.staff
def send_back(grant_id):
    return _with_reason(_found(grant_id), admission.return_with_reason, _("已退回，对方会收到原因"))


@access.staff
def revoke(grant_id):
    return _with_reason(_found(grant_id), admission.revoke, _("已停用，从下一次打开页面起生效"))


@access.staff
def claim(claim_id):
    """Staff saw the proof of one claim, or take that back."""
    found = db().get(CapabilityClaim, claim_id)
    if found is None:
        raise NotFound(_("没有找到这一条"))
    capabilities.verify_claim(db(), me(), found, request.form.get("seen") == "1")
    flash(_("已记下"), "success")
    return redirect(back())


def _with_reason(grant: RoleGrant, decide, message: str):
    try:
        decide(db(), me(), grant, request.form.get("reason", ""))
    except Invalid as error:
        return _page(grant, refusal_of(error))
    flash(message, "success")
    return redirect(url_for("members.queue"))


def _page(grant: RoleGrant, refusal: Refusal = NONE):
    history = db().scalars(select(AuditEvent).where(AuditEvent.subject_id == grant.id).order_by(AuditEvent.at)
                           .options(joinedload(AuditEvent.actor))).all()
    expert = db().scalar(select(Expert).where(Expert.user_id == grant.user_id))
    return render_template("members/show.html", grant=grant, likenesses=admission.likenesses(db(), grant),
                           history=history, refusal=refusal, errors=refusal.errors, failed=bool(refusal.problems),
                           postings=capabilities.of_expert(db(), expert) if expert else [],
                           proofs=names.PROOF_CHOICES), refusal.status


def _found(grant_id: uuid.UUID) -> RoleGrant:
    grant = db().get(RoleGrant, grant_id)
    if grant is None:
        raise NotFound(_("没有找到这份申请"))
    return grant


def _state() -> Admission:
    try:
        return Admission(request.args.get("state", Admission.applied))
    except ValueError as error:
        raise NotFound(_("没有这种状态")) from error
