"""Objections as staff see to them: who waits, what the ranking would become, the answer by somebody apart."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests.publication.lists import effect_on
from contests.publication.objections import decide, find_objection, may_decide, queue
from ingestion import files
from models.errors import Invalid, NotFound
from models.publication import Objection, ObjectionFile, ObjectionStatus
from web import access
from web.downloads import attachment
from web.identity import me
from web.limits import CONFIRM, limiter
from web.publication.reading import line_words, present
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

DECISIONS = {"upheld": True, "rejected": False}


@access.staff
def index():
    found = queue(db())
    return render_template("publication/objections.html", objections=found, words=_words,
                           barred={one.id: may_decide(db(), me(), one) for one in found
                                   if one.status is ObjectionStatus.open})


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def show(objection_id):
    objection, refusal = find_objection(db(), objection_id), NONE
    if request.method == "POST":
        try:
            decide(db(), me(), objection, upheld=_decision(), answer=request.form.get("answer", ""),
                   version=request.form.get("version", 0, type=int))
            flash(_("已答复，公示页上看得到"), "success")
            return redirect(url_for("objections.show", objection_id=objection.id))
        except Invalid as error:
            refusal = refusal_of(error)
    return _page(objection, refusal)


@access.staff
def download(file_id):
    found = db().get(ObjectionFile, file_id)
    if found is None:
        raise NotFound(_("没有找到这份材料"))
    with files.open_file(current_app.extensions["settings"], found) as file:
        return attachment(file.read(), found.name, found.media_type)


def _page(objection: Objection, refusal: Refusal):
    waits = objection.status is ObjectionStatus.open
    forecast = effect_on(objection.notice, objection.line) if waits and objection.line else []
    return render_template(
        "publication/objection.html", objection=objection, about=_words(objection), card=present(objection.notice),
        waits=waits, barred=may_decide(db(), me(), objection) if waits else "",
        effect=[move.as_document() for move in forecast] or objection.effect, refusal=refusal, errors=refusal.errors,
        typed=request.form, failed=bool(refusal.problems)), refusal.status


def _words(objection: Objection) -> str:
    return line_words(present(objection.notice), objection.line) if objection.line else _("整份名单")


def _decision() -> bool:
    chosen = request.form.get("decision", "")
    if chosen not in DECISIONS:
        raise Invalid(_("选一项：成立，还是不成立"), field="decision")
    return DECISIONS[chosen]


