"""The queue of submitted demands, one demand with its gaps marked, and the two ways on."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ingestion import demands, leak_check
from models.demands import Demand, DemandStatus
from models.errors import Conflict, Invalid, NotFound
from models.sheets import SheetKind
from web import access, paging
from web.diagnosis import marking
from web.identity import me
from web.limits import EXPORT, limiter
from web.lists import as_sheet
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

PAGE_SIZE = 30
TABS = (DemandStatus.submitted, DemandStatus.returned, DemandStatus.published)


@access.staff
def queue():
    """Demands of one state: submitted ones oldest first, the others by their last change."""
    state = _state()
    query = select(Demand).where(Demand.status == state, Demand.organisation_id.is_not(None))
    total = db().scalar(select(func.count()).select_from(query.subquery()))
    page = paging.asked(total, PAGE_SIZE)
    order = Demand.submitted_at if state is DemandStatus.submitted else Demand.updated_at.desc()
    found = db().scalars(query.options(joinedload(Demand.organisation)).order_by(order, Demand.id)
                         .offset(page.offset).limit(page.size)).all()
    return render_template("diagnosis/queue.html", demands=found, page=page, state=state, tabs=TABS)


@access.staff
@limiter.limit(EXPORT)
def export():
    return as_sheet(SheetKind.demand, Demand.status == _state(), Demand.organisation_id.is_not(None))


@access.staff
def show(demand_id):
    return _page(_found(demand_id))


@access.staff
def publish(demand_id):
    demand = _found(demand_id)
    try:
        demands.publish(db(), me(), demand, _version(), request.form.get(leak_check.REASON, ""))
    except (Invalid, Conflict) as error:
        db().rollback()
        return _page(demand, refusal_of(error))
    flash(_("%(number)s 已张榜", number=demand.number), "success")
    return redirect(_next())


@access.staff
def send_back(demand_id):
    demand = _found(demand_id)
    try:
        demands.return_with_reason(db(), me(), demand, _version(), request.form.get("reason", ""))
    except (Invalid, Conflict) as error:
        return _page(demand, refusal_of(error))
    flash(_("%(number)s 已退回，企业会收到原因", number=demand.number), "success")
    return redirect(_next())


def _next() -> str:
    """The next demand that waits, or the empty queue."""
    waiting = db().scalar(select(Demand.id).where(Demand.status == DemandStatus.submitted)
                          .order_by(Demand.submitted_at, Demand.id).limit(1))
    return url_for("diagnosis.show", demand_id=waiting) if waiting else url_for("diagnosis.queue")


def _page(demand: Demand, refusal: Refusal = NONE):
    return render_template("diagnosis/show.html", demand=demand, refusal=refusal, errors=refusal.errors,
                           failed=bool(refusal.problems), marked=marking.mark(db(), demand)), refusal.status


def _found(demand_id: uuid.UUID) -> Demand:
    demand = db().get(Demand, demand_id)
    if demand is None or demand.status is DemandStatus.draft or demand.organisation_id is None:
        raise NotFound(_("没有找到这条需求"))
    return demand


def _version() -> int:
    return request.form.get("version", 0, type=int)


def _state() -> DemandStatus:
    state = request.args.get("state", DemandStatus.submitted)
    if state not in TABS:
        raise NotFound(_("没有这种状态"))
    return DemandStatus(state)
