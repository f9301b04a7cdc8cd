"""What an enterprise does with a demand beside writing it: take it back, keep it open longer, drop a file."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ingestion import amounts, demands
from ingestion.demand_forms import DisclosureForm
from models.accounts import Role
from models.demands import Demand
from models.errors import Invalid
from web import access
from web.identity import me
from web.postings import reading
from web.postings.views import beside, found
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db


@access.roles(Role.enterprise)
def withdraw(demand_id):
    demand = found(demand_id)
    refusal = NONE
    if request.method == "POST":
        try:
            demands.withdraw(db(), me(), demand, _version(), request.form.get("reason", ""))
            flash(_("已撤回。改好以后可以再提交"), "success")
            return redirect(url_for("postings.mine"))
        except Invalid as error:
            refusal = refusal_of(error)
    return _asked("postings/withdraw.html", demand, refusal)


@access.roles(Role.enterprise)
def renew(demand_id):
    demand = found(demand_id)
    refusal = NONE
    if request.method == "POST":
        try:
            boxes = (request.form.get(f"deadline-{part}") for part in ("year", "month", "day"))
            demands.renew(db(), me(), demand, _version(), amounts.day(*boxes, "deadline", _("截止日期")))
            flash(_("已续到 %(year)s 年 %(month)s 月 %(day)s 日", year=demand.deadline.year,
                    month=demand.deadline.month, day=demand.deadline.day), "success")
            return redirect(url_for("demands.show", demand_id=demand.id))
        except Invalid as error:
            refusal = refusal_of(error)
    return _asked("postings/renew.html", demand, refusal)


@access.roles(Role.enterprise)
def detach(demand_id, file_id):
    demand = found(demand_id)
    demands.detach(db(), me(), demand, file_id)
    return redirect(url_for("postings.edit", demand_id=demand.id, step=3) + "#attachments")


@access.roles(Role.enterprise)
def hints():
    """The remarks on what is typed so far. Saves nothing; a POST because a problem may be longer than an address."""
    step = request.form.get("step", 1, type=int)
    form = reading.step_form(step, request.form)
    demand = None
    if isinstance(form, DisclosureForm):
        demand = found(request.form.get("demand_id", uuid.UUID(int=0), type=uuid.UUID))
    return render_template("postings/_hints.html", **beside(demand, step, form))


def _version() -> int:
    return request.form.get("version", 0, type=int)


def _asked(template: str, demand: Demand, refusal: Refusal):
    typed = tuple(request.form.get(f"deadline-{part}", "") for part in ("year", "month", "day"))
    return render_template(template, demand=demand, errors=refusal.errors, refusal=refusal, typed=typed,
                           failed=bool(refusal.problems)), refusal.status
