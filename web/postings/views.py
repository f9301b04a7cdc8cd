"""Writing a demand, step by step, and the list of one's own."""

import uuid
from dataclasses import replace

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ingestion import demands, files, leak_check, own_demands
from ingestion.demand_forms import MAX_TARGETS, DisclosureForm, ProblemForm, StepForm, TargetRow, TargetsForm
from ingestion.findings import InvalidForm
from ingestion.leaks import leaks as find_leaks
from models.accounts import Role
from models.demands import Demand
from models.errors import Conflict, Invalid, NotFound
from web import access, leaks, paging
from web.identity import me
from web.likeness import near_demands
from web.postings import overview, prospects, reading, remarks
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

PAGE_SIZE = 30
FORMS = {1: ProblemForm, 2: TargetsForm, 3: DisclosureForm}


@access.roles(Role.enterprise)
def new():
    """Step 1 of a demand that is not there yet. The page's key makes sure that one form makes one draft."""
    if request.method == "GET":
        firm = me().organisation_for(Role.enterprise)
        empty = ProblemForm(industry_code=firm.industry_code, district_code=firm.district_code)
        return page(None, 1, empty, key=uuid.uuid4())
    key = request.form.get("key", type=uuid.UUID) or uuid.uuid4()
    made_before = db().get(Demand, key)
    if made_before is not None:
        return redirect(url_for("postings.edit", demand_id=demands.own(me(), made_before).id, step=1))
    form = reading.step_form(1, request.form)
    try:
        demand = demands.create_draft(db(), me(), form, whole=wants_whole(), key=key)
    except Invalid as error:
        return page(None, 1, form, refusal_of(error), key=key)
    return onward(demand, 1)


@access.roles(Role.enterprise)
def edit(demand_id, step: int):
    demand = found(demand_id)
    if step not in FORMS:
        raise NotFound(_("没有这一步"))
    if request.method == "GET":
        if demand.status not in demands.EDITABLE:
            return redirect(url_for("demands.show", demand_id=demand.id))
        form = FORMS[step].of(demand)
        read = reading.read_out(demand) if isinstance(form, TargetsForm) else ()
        return page(demand, step, replace(form, targets=read) if read else form, read_out=len(read))
    form = reading.step_form(step, request.form)
    if rows_changed(form) is not None:
        return page(demand, step, rows_changed(form))
    version = request.form.get("version", 0, type=int)
    try:
        demands.save(db(), me(), demand, form, version, whole=wants_whole())
        take_upload(demand)
    except (Invalid, Conflict) as error:
        db().rollback()
        return page(demand, step, form, refusal_of(error), version=version)
    return onward(demand, step)


@access.roles(Role.enterprise)
def review(demand_id):
    """Step 4: read everything once more as others will see it, then hand it in."""
    demand = found(demand_id)
    if request.method == "GET" and demand.status not in demands.EDITABLE:
        return redirect(url_for("demands.show", demand_id=demand.id))
    refusal = NONE
    if request.method == "POST":
        try:
            demands.submit(db(), me(), demand, request.form.get("version", 0, type=int),
                           request.form.get(leak_check.REASON, ""))
            flash(_("已提交，编号 %(number)s。工会诊断后张榜，一般 2 个工作日", number=demand.number), "success")
            return redirect(url_for("demands.show", demand_id=demand.id))
        except InvalidForm as error:
            db().rollback()
            refusal = refusal_of(error)
    leaked = leak_check.find(db(), demand)
    return render_template(
        "postings/review.html", demand=demand, parts=overview.parts(demand), refusal=refusal, errors=refusal.errors,
        links=overview.links(demand, refusal), failed=bool(refusal.problems), marked=leaks.marked(demand, leaked),
        advice=leaks.advice(leaked), doubtful=any(one.open and not one.leak.blocking for one in leaked),
        steps={one.field: overview.step_of(demand, one.field) for one in leaked}), refusal.status


@access.roles(Role.enterprise)
def mine():
    firm = me().organisation_for(Role.enterprise)
    counts = own_demands.count_by_state(db(), firm)
    state = next((one for one in counts if one == request.args.get("state")), None)
    shown = paging.asked(counts[state] if state else sum(counts.values()), PAGE_SIZE)
    return render_template("postings/mine.html", firm=firm, counts=overview.in_order(counts), state=state, page=shown,
                           demands=own_demands.of_organisation(db(), firm, state, shown.offset, shown.size))


def found(demand_id: uuid.UUID) -> Demand:
    """The demand, if it is the reader's own. NotFound otherwise."""
    demand = db().get(Demand, demand_id)
    if demand is None:
        raise NotFound(_("没有找到这条需求"))
    return demands.own(me(), demand)


def wants_whole() -> bool:
    """保存，下一步 asks for everything; 先存着 and 上一步 keep what there is."""
    return request.form.get("go", "next") == "next"


def rows_changed(form: StepForm) -> StepForm | None:
    """The form with a row more or less, where that is what was pressed (without a script); nothing is saved."""
    go = request.form.get("go", "")
    if not isinstance(form, TargetsForm) or not go.startswith(("add", "remove-")):
        return None
    if go == "add":
        return replace(form, targets=(*form.targets, TargetRow())[:MAX_TARGETS])
    gone = go.removeprefix("remove-")
    return replace(form, targets=tuple(row for index, row in enumerate(form.targets) if str(index) != gone))


def take_upload(demand: Demand) -> None:
    upload = request.files.get("attachment")
    if upload is not None and upload.filename:
        settings = current_app.extensions["settings"]
        stored = files.store(db(), settings, me(), upload.filename, upload.stream, field="attachment")
        demands.attach(db(), me(), demand, stored)


def onward(demand: Demand, step: int):
    """Where the pressed button leads."""
    go = request.form.get("go", "next")
    if go == "later":
        flash(_("草稿存好了，随时可以接着写"), "success")
        return redirect(url_for("postings.mine"))
    if go == "upload":
        return redirect(url_for("postings.edit", demand_id=demand.id, step=step) + "#attachments")
    to = step - 1 if go == "back" else step + 1
    if to in FORMS:
        return redirect(url_for("postings.edit", demand_id=demand.id, step=to))
    return redirect(url_for("postings.review", demand_id=demand.id))


def page(demand: Demand | None, step: int, form: StepForm, refusal: Refusal = NONE, key: uuid.UUID | None = None,
         version: int | None = None, read_out: int = 0):
    """One step of the form with what was typed and what is wrong with it; `read_out`: rows read out of the problem."""
    return render_template(
        "postings/edit.html", demand=demand, step=step, form=form, refusal=refusal, errors=refusal.errors, key=key,
        failed=bool(refusal.problems), read_out=read_out, version=version or (demand.version if demand else 0),
        prospects=prospects.of(demand) if step == 2 else None, **beside(demand, step, form)), refusal.status


def beside(demand: Demand | None, step: int, form: StepForm) -> dict:
    """What postings/_hints.html shows beside one step: remarks, and a confidential demand's abstract with its marks."""
    if isinstance(form, ProblemForm):
        near = near_demands(form.title, form.problem, besides=demand.id if demand else None)
        return {"remarks": remarks.on(step, form), "near": near}
    if not isinstance(form, DisclosureForm) or demand is None or form.confidentiality not in leak_check.CHECKED:
        return {"remarks": remarks.on(step, form)}
    leaked = find_leaks(form.abstract, leak_check.sealed_of(db(), demand))
    return {"remarks": remarks.on(step, form, leaked), "marked": leaks.cut(form.abstract, leaked) if leaked else []}
