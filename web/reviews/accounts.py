"""评委账号: staff open one for somebody from outside, until a day, and tell them the first password."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ingestion import reviewers
from ingestion.reviewers import ReviewerForm
from models.accounts import RoleGrant
from models.errors import Invalid, NotFound
from web import access
from web.identity import me
from web.limits import CONFIRM, limiter
from web.publication.reading import read_day, typed_day
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def index():
    """The accounts; one that was just made is shown with its password, this once."""
    if request.method == "GET":
        return _page(NONE)
    try:
        user, password = reviewers.invite_reviewer(db(), me(), ReviewerForm(
            *(request.form.get(name, "") for name in ("name", "phone", "email")), read_day("until", _("用到哪天"))))
    except Invalid as error:
        return _page(refusal_of(error))
    return _page(NONE, made=(user, password))


@access.staff
@limiter.limit(CONFIRM)
def extend(grant_id):
    grant = db().get(RoleGrant, grant_id)
    if grant is None:
        raise NotFound(_("没有找到这个评委账号"))
    try:
        reviewers.extend(db(), me(), grant, read_day("until", _("用到哪天")))
    except Invalid as error:
        db().rollback()
        return _page(Refusal([(f"until-{grant_id}", error.message)], 422))
    flash(_("已改好"), "success")
    return redirect(url_for("committees.accounts"))


def _page(refusal: Refusal, made=None):
    fresh = request.method == "GET" or made is not None
    typed = {name: "" if fresh else request.form.get(name, "") for name in ("name", "phone", "email")}
    return render_template("reviews/accounts.html", grants=reviewers.invited(db()), made=made, typed=typed,
                           until=("", "", "") if fresh else typed_day("until"), refusal=refusal, errors=refusal.errors,
                           failed=bool(refusal.problems)), refusal.status
