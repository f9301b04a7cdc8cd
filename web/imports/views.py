"""The staff's list of imports with the form that begins one; and one batch with what it would do, does or did."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ingestion import files
from ingestion.sheets import batches
from ingestion.sheets.fields import FIELDS
from ingestion.sheets.judging import Verdict
from ingestion.sheets.mapping import missing
from ingestion.sheets.seen import Owners, recent_shared
from jobs import notify
from models.accounts import Role
from models.errors import Conflict, Invalid
from models.sheets import BatchState, SheetBatch, SheetKind
from web import access, names
from web.identity import has_role, me
from web.imports.places import STAFF, Place
from web.limits import UPLOAD, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import after_commit, db

RECENT = 30
PROBLEMS_SHOWN = 50


@access.staff
@limiter.limit(UPLOAD, methods=["POST"])
def index():
    if request.method == "GET":
        return _list()
    try:
        batch = opened(None)
    except (Invalid, Conflict) as error:
        db().rollback()
        return _list(refusal_of(error))
    return redirect(url_for("imports.show", batch_id=batch.id))


@access.staff
def show(batch_id):
    return page(STAFF, STAFF.find(batch_id))


def page(place: Place, batch: SheetBatch, refusal: Refusal = NONE):
    """One batch as it stands; while it is worked on, the page asks again by itself."""
    running = batch.state in batches.AT_WORK and not batch.paused
    wrong = batches.problems(db(), batch, PROBLEMS_SHOWN)
    return render_template(
        "imports/show.html", place=place, batch=batch, running=running, wrong=wrong,
        wrong_count=batches.problems_count(db(), batch.id) if wrong else 0,
        figures=_figures(batch), fields=[(field.key, _field(field)) for field in FIELDS[batch.kind]],
        lacking=[field.label for field in missing(batch.kind, batch.mapping)], kinds=names.SHEET_KINDS,
        states=names.BATCH_STATES, refused=batch.found.get(Verdict.refused, 0),
        changed=batch.found.get(Verdict.changed, 0),
        good=sum(batch.found.get(one, 0) for one in Verdict if one is not Verdict.refused),
        large=batch.rows > batches.most_at_once(db()), refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems)), refusal.status


def _figures(batch: SheetBatch) -> list[dict]:
    """How many rows of each verdict, as the page shows figures."""
    counts = batch.found if batch.state in (BatchState.checking, BatchState.checked) else batch.written
    return [{"label": label, "value": counts[verdict], "unit": _("行")} for verdict, label in names.VERDICTS.items()
            if counts.get(verdict)]


def wake() -> None:
    """Have the worker look at the batches as soon as this request is committed."""
    settings = current_app.extensions["settings"]
    after_commit(lambda: notify.sheets_waiting(settings))


def opened(owners: Owners | None) -> SheetBatch:
    """The uploaded file as a batch, which the worker looks at next. `owners`: whose drafts each kind becomes."""
    settings, upload = current_app.extensions["settings"], request.files.get("file")
    typed = request.form.get("kind", "")
    if typed not in (set(SheetKind) if owners is None else owners):
        raise Invalid(_("选要导入的是什么"), field="kind")
    if upload is None or not upload.filename:
        raise Invalid(_("选一份表格"), field="file")
    kind, data = SheetKind(typed), files.read_within(upload.stream, settings.max_upload_mb)
    owner = owners[kind] if owners is not None else None
    batch = batches.open_batch(db(), settings, me(), kind, upload.filename, data, owner)
    if batch.paused:
        flash(_("这份表上次没有做完，可以接着做"), "info")
    wake()
    return batch


def _list(refusal: Refusal = NONE):
    return render_template("imports/list.html", recent=recent_shared(db(), RECENT), kinds=names.SHEET_KINDS,
                           may_export_members=has_role(Role.admin),
                           choices=[(kind.value, name, names.SHEET_KIND_HINTS[kind])
                                    for kind, name in names.SHEET_KINDS.items()],
                           states=names.BATCH_STATES, refusal=refusal, errors=refusal.errors,
                           values=request.form, failed=bool(refusal.problems)), refusal.status


def _field(field) -> str:
    return _("%(label)s（必有）", label=field.label) if field.required else field.label
