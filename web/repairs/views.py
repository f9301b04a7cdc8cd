"""Paste or upload a text, see what its repair did, refuse or adopt, take the clean text along. Nothing is stored."""

import pathlib

from flask import current_app, render_template, request
from flask_babel import gettext as _

from ingestion import files
from ingestion.notices.opening import notice_text
from ingestion.repair.choosing import choose
from ingestion.repair.passes import repair
from ingestion.repair.repaired import Kind, Repaired
from models.accounts import Role
from models.errors import Invalid
from web import access
from web.downloads import attachment
from web.identity import has_role
from web.limits import SEARCH, UPLOAD, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.repairs.rows import CANDIDATES, KINDS, counts, rows

LONGEST = 100_000
"""Characters: a repair of so many takes about a second."""
ROWS_SHOWN = 300
TEXT = "text/plain; charset=utf-8"


@access.member
@limiter.limit(UPLOAD, methods=["POST"])
def page():
    if request.method != "POST":
        return _form()
    try:
        text, name = _given()
    except Invalid as error:
        return _form(refusal_of(error))
    return _shown(repair(text), name)


@access.member
@limiter.limit(SEARCH)
def chosen():
    """The text as the person chose it: to be read here or taken along."""
    try:
        text = _bounded(request.form.get("original", ""))
    except Invalid as error:
        return _form(refusal_of(error))
    repaired, name = repair(text), request.form.get("name", "")
    result = choose(repaired, _refused(repaired), set(request.form.getlist("adopt", type=int)))
    if "download" in request.form:
        stem = pathlib.PurePath(name).stem or _("文字")
        return attachment(result.encode("utf-8", "replace"), _("%(name)s（修复）.txt", name=stem), TEXT)
    return _shown(repaired, name, result)


def _given() -> tuple[str, str]:
    """The text of the upload, or else what was pasted; and the upload's name."""
    upload = request.files.get("document")
    if upload is None or not upload.filename:
        return _bounded(request.form.get("text", "").replace("\r\n", "\n")), ""
    data = files.read_within(upload.stream, current_app.extensions["settings"].max_upload_mb, "document")
    return _bounded(notice_text(upload.filename, data), "document"), upload.filename


def _bounded(text: str, field: str = "text") -> str:
    if not text.strip():
        raise Invalid(_("贴上文字，或者选一份文件"), field=field)
    if len(text) > LONGEST:
        raise Invalid(_("文字有 %(n)s 字，一次最多 %(most)s 字。可以分成几段", n=len(text), most=LONGEST), field=field)
    return text


def _refused(repaired: Repaired) -> set[int]:
    """The changes left as they were: single ones, and whole kinds."""
    kinds = set(request.form.getlist("refuse_kind"))
    single = {int(number) for group in request.form.getlist("refuse") for number in group.split(",")
              if number.isascii() and number.isdigit() and len(number) < 8}
    return single | {number for number, change in enumerate(repaired.changes) if str(change.kind) in kinds}


def _form(refusal: Refusal = NONE):
    return render_template("repairs/form.html", refusal=refusal, errors=refusal.errors, staff=_staff(), longest=LONGEST,
                           text=request.form.get("text", "")[:LONGEST], failed=bool(refusal.problems)), refusal.status


def _shown(repaired: Repaired, name: str, result: str | None = None):
    every = rows(repaired)
    return render_template(
        "repairs/show.html", repaired=repaired, rows=every[:ROWS_SHOWN], more=max(0, len(every) - ROWS_SHOWN),
        name=name, asked=[number for number, row in enumerate(every[:ROWS_SHOWN], 1) if row.asks],
        counts=counts(repaired), kinds=KINDS, lost_most=CANDIDATES, result=result, staff=_staff(),
        refused=set(request.form.getlist("refuse")), refused_kinds=set(request.form.getlist("refuse_kind")),
        adopted=set(request.form.getlist("adopt", type=int)), quiet=(Kind.line, Kind.space))


def _staff() -> bool:
    return has_role(Role.staff, Role.admin)
