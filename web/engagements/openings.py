"""Beginning an engagement: an expert takes the challenge, an enterprise invites."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engagements import openings
from engagements.disclosure import disclosure_of
from engagements.openings import APPROACH_LIMIT, QUESTIONS_LIMIT
from models.accounts import Role
from models.demands import Demand
from models.errors import Invalid, NotFound
from web import access
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, refusal_of
from web.sessions import db


@access.member
@limiter.limit(CONFIRM, methods=["POST"])
def take(demand_id):
    """揭榜: how the expert means to solve it."""
    demand = _demand(demand_id)
    openings.check_pair(db(), demand, openings.expert_of(db(), me()))
    refusal = NONE
    if request.method == "POST":
        try:
            engagement = openings.take_challenge(
                db(), me(), demand, approach=request.form.get("approach", ""), days=_days(),
                questions=request.form.get("questions", ""))
            flash(_("已揭榜，企业会收到通知"), "success")
            return redirect(url_for("engagements.show", engagement_id=engagement.id))
        except Invalid as error:
            refusal = refusal_of(error)
    return render_template("engagements/take.html", demand=demand, refusal=refusal, errors=refusal.errors,
                           failed=bool(refusal.problems), typed=request.form, approach_limit=APPROACH_LIMIT,
                           questions_limit=QUESTIONS_LIMIT), refusal.status


@access.roles(Role.enterprise)
@limiter.limit(CONFIRM)
def invite():
    """The enterprise asks one of the recommended experts to talk."""
    demand, expert = pair()
    engagement = openings.invite(db(), me(), demand, expert, request.form.get("note", ""))
    flash(_("已邀请%(name)s，等对方答复", name=expert.name), "success")
    return redirect(url_for("engagements.show", engagement_id=engagement.id))


def pair():
    """The demand and the expert a form names. NotFound where either is not there."""
    try:
        demand_id, expert_id = (uuid.UUID(request.form.get(name, "")) for name in ("demand_id", "expert_id"))
    except ValueError as error:
        raise NotFound(_("没有找到这条推荐，请刷新页面再试")) from error
    return _demand(demand_id), openings.find_expert(db(), expert_id)


def _demand(demand_id: uuid.UUID) -> Demand:
    demand = db().get(Demand, demand_id)
    if demand is None:
        raise NotFound(_("没有找到这条需求"))
    disclosure_of(db(), me(), demand)
    return demand


def _days() -> int | None:
    typed = request.form.get("days", "").strip()
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 5:
        raise Invalid(_("需要的天数写整数，比如 45"), field="days")
    return int(typed)
