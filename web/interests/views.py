"""What is declared, with a form for one more."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ingestion import interests
from models.accounts import Role
from models.errors import Invalid
from models.sheets import SheetKind
from web import access
from web.identity import has_role, me
from web.limits import EXPORT, limiter
from web.lists import among, as_sheet
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db


@access.roles(Role.expert, Role.enterprise, Role.staff, Role.admin)
def mine():
    if request.method == "GET":
        return page()
    typed = {name: request.form.get(name, "") for name in ("party", "against", "reason")}
    try:
        interests.declare(db(), me(), **typed)
    except Invalid as error:
        db().rollback()
        return page(refusal_of(error), typed)
    flash(_("已申报，从现在起双方不再互相推荐"), "success")
    return redirect(url_for("interests.mine"))


@access.roles(Role.expert, Role.enterprise, Role.staff, Role.admin)
def withdraw(conflict_id):
    interests.withdraw(db(), me(), interests.one(db(), conflict_id))
    flash(_("已撤回"), "success")
    return redirect(url_for("interests.mine"))


@access.roles(Role.expert, Role.enterprise, Role.staff, Role.admin)
@limiter.limit(EXPORT)
def export():
    return as_sheet(SheetKind.conflict, among(one.id for one in interests.of(db(), me())))


def page(refusal: Refusal = NONE, typed: dict[str, str] | None = None):
    return render_template("interests/mine.html", conflicts=interests.of(db(), me()), typed=typed or {},
                           staff=has_role(Role.staff, Role.admin), errors=refusal.errors, problems=refusal.problems,
                           failed=bool(refusal.problems)), refusal.status
