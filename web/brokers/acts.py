"""Making an introduction, asking for one, taking a request up, and each side's yes or no."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engagements import introductions
from engagements.openings import find_expert
from models.accounts import Role
from models.demands import Confidentiality, Demand, DemandStatus
from models.engagements import EndCode
from models.errors import Conflict, Forbidden, Invalid, NotFound
from web import access, names
from web.brokers import choices
from web.demands.cards import company
from web.engagements.openings import pair
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, refusal_of
from web.sessions import db


@access.roles(Role.broker)
@limiter.limit(CONFIRM, methods=["POST"])
def new():
    """Introduce one demand and one expert; both found by typing a part of their name or number."""
    introductions.broker_of(db(), me())
    refusal = NONE
    if request.method == "POST":
        try:
            intro = introductions.introduce(db(), me(), _demand(), _expert(), request.form.get("note", ""))
            flash(_("已牵线，双方会收到通知"), "success")
            return redirect(url_for("intros.show", intro_id=intro.id))
        except (Invalid, Conflict, Forbidden) as error:
            refusal = refusal_of(error)
    typed = request.form if request.method == "POST" else request.args
    return render_template("brokers/new.html", refusal=refusal, errors=refusal.errors, failed=bool(refusal.problems),
                           typed=typed, most=choices.MOST, demands=choices.demands(typed.get("demand_words", "")),
                           company=company,
                           experts=choices.experts(typed.get("expert_words", ""))), refusal.status


@access.roles(Role.enterprise)
@limiter.limit(CONFIRM)
def request_one():
    demand, expert = pair()
    introductions.request_broker(db(), me(), demand, expert, request.form.get("note", ""))
    flash(_("已请促成人牵线。有人接了会告诉您"), "success")
    return redirect(url_for("demands.show", demand_id=demand.id))


@access.roles(Role.broker)
def take_up(intro_id):
    intro = introductions.find_introduction(db(), me(), intro_id)
    introductions.take_up(db(), me(), intro)
    flash(_("您接了这次牵线，专家会收到通知"), "success")
    return redirect(url_for("intros.show", intro_id=intro.id))


@access.member
def consent(intro_id):
    intro = introductions.find_introduction(db(), me(), intro_id)
    engagement = introductions.consent(db(), me(), intro)
    if engagement is None:
        flash(_("已同意，等对方答复"), "success")
        return redirect(url_for("intros.show", intro_id=intro.id))
    flash(_("双方都同意了，可以约见面"), "success")
    return redirect(url_for("engagements.show", engagement_id=engagement.id))


@access.member
def refuse(intro_id):
    intro = introductions.find_introduction(db(), me(), intro_id)
    introductions.side_in(me(), intro)
    refusal = NONE
    if request.method == "POST":
        try:
            introductions.refuse(db(), me(), intro, _code())
            flash(_("已婉拒，促成人会收到通知"), "success")
            return redirect(url_for("intros.waiting"))
        except Invalid as error:
            refusal = refusal_of(error)
    return render_template("brokers/refuse.html", intro=intro, codes=names.END.items(), refusal=refusal,
                           errors=refusal.errors, failed=bool(refusal.problems), typed=request.form), refusal.status


def _code() -> EndCode:
    try:
        return EndCode(request.form.get("code", ""))
    except ValueError as error:
        raise Invalid(_("选一个原因"), field="code") from error


def _demand() -> Demand:
    demand = db().get(Demand, _id("demand_id", _("选一条需求")))
    if demand is None or demand.confidentiality is Confidentiality.internal \
            or demand.status is not DemandStatus.published:
        raise Invalid(_("这条需求现在不在张榜，换一条"), field="demand_id")
    return demand


def _expert():
    try:
        return find_expert(db(), _id("expert_id", _("选一位专家")))
    except NotFound as error:
        raise Invalid(error.message, field="expert_id") from error


def _id(name: str, missing: str) -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get(name, ""))
    except ValueError as error:
        raise Invalid(missing, field=name) from error
