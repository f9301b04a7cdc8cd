"""从文件读需求: a company's demand form or brochure, read into a draft that is then written on in the usual steps."""

import uuid
from dataclasses import dataclass, field

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ingestion.demand_forms import MAX_TARGETS, PROBLEM, TITLE, ProblemForm, TargetRow, TargetsForm
from ingestion.documents.accepting import accept_demand, without_contacts
from ingestion.documents.demand_drafts import DemandDraft, read_demand
from ingestion.documents.document import Document
from models.accounts import Role
from models.errors import Conflict, Invalid
from models.money import wan
from web import access, names
from web.documents.uploads import Quote, Stretch, marked, quote, typed_quote, uploaded
from web.identity import me
from web.limits import UPLOAD, limiter
from web.postings.reading import targets_form
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

QUOTED = ("title", "problem", "tried", "constraints", "budget", "cooperation_type", "deadline")


@dataclass(frozen=True)
class Draft:
    """What the page shows: the two steps that a form fills, and where each field was read."""

    name: str
    digest: str
    key: uuid.UUID
    problem: ProblemForm
    targets: TargetsForm
    quotes: dict[str, Quote]
    remarks: list[str] = field(default_factory=list)
    text: list[Stretch] = field(default_factory=list)


@access.roles(Role.enterprise)
@limiter.limit(UPLOAD, methods=["POST"])
def demand():
    if request.method == "GET":
        return _page(None)
    if request.form.get("go") == "read":
        try:
            document, digest = uploaded()
        except Invalid as error:
            return _page(None, refusal_of(error))
        return _page(_draft(document, digest))
    draft = _typed()
    try:
        made = accept_demand(db(), me(), draft.problem, draft.targets, key=draft.key, digest=draft.digest)
    except (Invalid, Conflict) as error:
        db().rollback()
        return _page(draft, refusal_of(error))
    flash(_("草稿建好了，接着一步步补全"), "success")
    return redirect(url_for("postings.edit", demand_id=made.id, step=1))


def _page(draft: Draft | None, refusal: Refusal = NONE):
    return render_template(
        "documents/demand.html", draft=draft, refusal=refusal, errors=refusal.errors, failed=bool(refusal.problems),
        kinds=list(names.COOPERATION.items()), most=TITLE, firm=me().organisation_for(Role.enterprise)), refusal.status


def _draft(document: Document, digest: str) -> Draft:
    read, firm = read_demand(document), me().organisation_for(Role.enterprise)
    problem = ProblemForm(_text(read.title)[:TITLE], _text(read.problem)[:PROBLEM], firm.industry_code,
                          firm.district_code)
    sources = {"title": read.title, "problem": read.problem, "tried": read.tried, "constraints": read.constraints,
               "budget": read.budget, "cooperation_type": read.cooperation, "deadline": read.deadline}
    sources |= {f"target-{index}": target for index, target in enumerate(read.targets)}
    quotes = {name: said for name, one in sources.items() if (said := quote(document, one)) is not None}
    return Draft(document.name, digest, uuid.uuid4(), problem, _targets(read), quotes, _remarks(document, read, firm),
                 marked(document, [*sources.values(), read.organisation, read.phone, read.email]))


def _text(read) -> str:
    return without_contacts(read.text) if read is not None else ""


def _targets(read: DemandDraft) -> TargetsForm:
    rows = tuple(TargetRow(target.what[:60], target.figure[:60]) for target in read.targets[:MAX_TARGETS])
    day = read.deadline_on
    return TargetsForm(
        targets=rows, constraints=_text(read.constraints)[:1000], tried=_text(read.tried)[:1000],
        budget_min=_wan(read.budget_min), budget_max=_wan(read.budget_max), year=f"{day.year}" if day else "",
        month=f"{day.month}" if day else "", day=f"{day.day}" if day else "",
        cooperation_type=read.cooperation_type or "")


def _wan(amount) -> str:
    return wan(amount).replace(",", "")


def _remarks(document: Document, read: DemandDraft, firm) -> list[str]:
    labels = {"title": _("标题"), "problem": _("难题"), "targets": _("指标"), "budget": _("愿意投入")}
    missing = [label for name, label in labels.items() if not getattr(read, name)]
    remarks = [*document.warnings]
    if missing:
        remarks.append(_("没有读到：%(what)s", what=_("、").join(missing)))
    if read.organisation is not None and read.organisation.text not in (firm.name, firm.short_name):
        remarks.append(_("文件里的单位是“%(name)s”，草稿记在您的单位名下", name=read.organisation.text[:60]))
    if read.phone is not None or read.email is not None:
        remarks.append(_("文件里的电话和邮箱没有带进草稿：双方同意见面后，平台会显示您登记的联系方式"))
    return remarks


def _typed() -> Draft:
    form = request.form
    problem = ProblemForm(form.get("title", ""), form.get("problem", ""), form.get("industry_code", ""),
                          form.get("district_code", ""))
    wanted = (*QUOTED, *(f"target-{index}" for index in range(MAX_TARGETS)))
    quotes = {name: said for name in wanted if (said := typed_quote(name)) is not None}
    return Draft(form.get("name", ""), form.get("digest", ""), form.get("key", type=uuid.UUID) or uuid.uuid4(), problem,
                 targets_form(form), quotes)
