"""上传表格: an enterprise's demands, an expert's own work, out of a sheet into drafts of theirs."""

from flask import redirect, render_template, request, url_for

from ingestion.sheets import batches
from ingestion.sheets.fields import KIND_NAMES
from ingestion.sheets.seen import owners_of, recent_own
from ingestion.sheets.templates import blank
from models.accounts import Role
from models.errors import Conflict, Invalid, NotFound
from models.sheets import SheetKind
from web import access, names
from web.downloads import attachment
from web.identity import me
from web.imports.acts import act, agree, decide_against, set_columns
from web.imports.exports import mistakes
from web.imports.places import OWN
from web.imports.views import RECENT, opened, page
from web.limits import UPLOAD, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db
from web.sheets import XLSX

members = access.roles(Role.enterprise, Role.expert)


@members
@limiter.limit(UPLOAD, methods=["POST"])
def index():
    if request.method == "GET":
        return _list()
    try:
        batch = opened(owners_of(db(), me()))
    except (Invalid, Conflict) as error:
        db().rollback()
        return _list(refusal_of(error))
    return redirect(url_for("uploads.show", batch_id=batch.id))


@members
def show(batch_id):
    return page(OWN, OWN.find(batch_id))


@members
@limiter.limit(UPLOAD)
def columns(batch_id):
    return set_columns(OWN, OWN.find(batch_id))


@members
def start(batch_id):
    return agree(OWN, OWN.find(batch_id))


@members
def pause(batch_id):
    return act(OWN, OWN.find(batch_id), batches.pause)


@members
def resume(batch_id):
    return act(OWN, OWN.find(batch_id), batches.resume)


@members
def drop(batch_id):
    return decide_against(OWN, OWN.find(batch_id))


@members
@limiter.limit(UPLOAD)
def errors(batch_id):
    return mistakes(OWN.find(batch_id))


@members
def template(kind):
    """A blank sheet with its columns explained; only of what the person may bring in."""
    kind = next((one for one in owners_of(db(), me()) if one == kind), None)
    if kind is None:
        raise NotFound("没有这种表")
    return attachment(blank(kind), f"{KIND_NAMES[kind]}-空表.xlsx", XLSX)


def _list(refusal: Refusal = NONE):
    owners = owners_of(db(), me())
    return render_template(
        "imports/own.html", kinds={kind: names.SHEET_KINDS[kind] for kind in owners}, owners=owners,
        recent=recent_own(db(), me(), RECENT), states=names.BATCH_STATES, most=batches.MOST_OWN_ROWS,
        both=len(owners) > 1, only=next(iter(owners), SheetKind.demand), refusal=refusal, errors=refusal.errors,
        values=request.form, failed=bool(refusal.problems)), refusal.status
