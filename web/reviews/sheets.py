"""A reviewer's own pages: what is left, one score sheet with the materials beside it, recusal."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests.checklist import checklist
from contests.indicators import count, figures
from contests.review import reading, recusals, sheets
from contests.review.access import clause_of, terms_of
from contests.review.assigning import require_no_conflict
from contests.review.rubric import (
    FULL,
    GRADES,
    Criterion,
    points_field,
    read_points,
    read_reason,
    reason_field,
    require_points,
    require_reason,
    rubric,
)
from ingestion.findings import Findings
from models.accounts import Role
from models.errors import Conflict, Forbidden, Invalid, Refused
from models.reviews import ReviewSheet, RoundMode
from web import access
from web.contests.season import title_of
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

REMARK = "remark"
"""The one reason of a live sheet: on stage there is no time for one to each score."""


@access.roles(Role.reviewer)
def mine():
    return render_template("reviews/mine.html", rounds=reading.own_rounds(db(), me()), terms_of=terms_of,
                           title_of=title_of)


@access.roles(Role.reviewer)
@limiter.limit(CONFIRM, methods=["POST"])
def sheet(sheet_id):
    found = sheets.find_sheet(db(), me(), sheet_id)
    if request.method == "GET":
        return page(found)
    try:
        if "draft" in request.form:
            sheets.save_draft(db(), me(), found, typed(found))
            flash(_("已存着，还没有提交"), "success")
            return redirect(url_for("reviews.sheet", sheet_id=found.id))
        check(found)
        sheets.submit_sheet(db(), me(), found, typed(found))
    except (Invalid, Refused) as error:
        return page(found, refusal_of(error))
    except Conflict as error:
        db().rollback()
        return page(sheets.find_sheet(db(), me(), sheet_id), refusal_of(error))
    flash(_("已提交并封存：%(name)s", name=found.entry.name), "success")
    return redirect(after(found))


def after(found: ReviewSheet) -> str:
    """The next sheet that is not handed in; the list after the last, the stage in a live round."""
    if found.round.mode is RoundMode.live:
        return url_for("reviews.live", round_id=found.round_id)
    [own] = reading.own_rounds(db(), me(), found.round_id)
    return url_for("reviews.sheet", sheet_id=own.next.sheet_id) if own.next else url_for("reviews.mine")


def typed(found: ReviewSheet) -> dict[str, tuple[str, str]]:
    """Indicator → (points, reason) as typed."""
    field = request.form.get
    return {one.code: (field(points_field(one.code), ""), field(REMARK) if REMARK in request.form
                       else field(reason_field(one.code), "")) for one in criteria_of(found)}


def check(found: ReviewSheet) -> None:
    """Every fault of the form at once, each beside its field."""
    findings = Findings()
    for one in criteria_of(found):
        findings.check(lambda one=one: require_points(one, read_points(one, typed(found)[one.code][0])))
        findings.check(lambda one=one: require_reason(one, read_reason(one, typed(found)[one.code][1])))
    if REMARK in request.form:
        findings.errors = [Invalid(_("写一句评语"), field=REMARK) if (one.field or "").endswith("-reason") else one
                           for one in findings.errors]
        findings.errors = list({one.field: one for one in findings.errors}.values())
    findings.settle()


def criteria_of(found: ReviewSheet) -> tuple[Criterion, ...]:
    return rubric(terms_of(found.round)[1])


def page(found: ReviewSheet, refusal: Refusal = NONE):
    """The sheet: facts and materials on one side, scores on the other. With everybody's scores once they are open."""
    definition, track = terms_of(found.round)
    entry = found.entry
    own = reading.own_rounds(db(), me(), found.round_id)
    places = [one.sheet_id for one in own[0].sheets] if own else []
    kept = {one.indicator: one for one in found.scores}
    return render_template(
        "reviews/sheet.html", sheet=found, entry=entry, definition=definition, track=track, title=title_of(definition),
        criteria=rubric(track), full=FULL, grades=GRADES, kept=kept, evidence=entry.evidence,
        figures={figure.code.split(".")[0]: figure for figure in figures(track, count(db(), entry.evidence))},
        items=checklist(entry, track, definition.year),
        uploads=[one for one in entry.materials if one.file], points_field=points_field, reason_field=reason_field,
        place=places.index(found.id) + 1 if found.id in places else None, places=len(places),
        blocked=blocked(found), others=reading.sheets_of_entry(db(), found.round, entry.id),
        live=found.round.mode is RoundMode.live, clause=clause_of(found.round),
        refusal=refusal, errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


def blocked(found: ReviewSheet) -> str:
    """Why the reviewer may not score it as things stand now; empty where they may."""
    if found.submitted_at is not None or found.released_at is not None:
        return ""
    try:
        require_no_conflict(db(), found.round, found.member, found.entry)
    except Refused as refused:
        return refused.message
    return ""


@access.roles(Role.reviewer)
@limiter.limit(CONFIRM, methods=["POST"])
def recuse(sheet_id):
    """A page of its own that asks for the reason."""
    found, refusal = sheets.find_sheet(db(), me(), sheet_id), NONE
    if found.submitted_at is not None or found.released_at is not None:
        raise Forbidden(_("评分表已经提交或收回，要回避请找工作人员"))
    if request.method == "POST":
        try:
            other = recusals.recuse(db(), me(), found.round, found.member, found.entry, request.form.get("reason", ""))
            flash(_("已登记回避，由另一位评委来评") if other else _("已登记回避，工作人员会另找评委"), "success")
            return redirect(url_for("reviews.mine"))
        except (Invalid, Conflict) as error:
            refusal = refusal_of(error)
    return render_template("reviews/recuse.html", sheet=found, refusal=refusal, errors=refusal.errors,
                           failed=bool(refusal.problems), blocked=blocked(found)), refusal.status
