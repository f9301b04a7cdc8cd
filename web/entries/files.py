"""What goes in and out of an entry as files: uploads, the official form, the dossier that proves itself."""

import io

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _

from contests import entries
from contests.dossiers import write_dossier
from contests.entry_access import track_of
from contests.forms.form import RegistrationForm
from contests.forms.pdf import render_pdf
from contests.forms.word import render_docx
from contests.prefill import form_of
from ingestion import files
from models.contests import Entry
from models.errors import Invalid, NotFound
from web import access
from web.downloads import attachment
from web.entries.views import page
from web.identity import me
from web.limits import CONFIRM, EXPORT, limiter
from web.refusals import refusal_of
from web.sessions import db

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RENDER = "20/minute"


@access.member
@limiter.limit(CONFIRM)
def attach(entry_id, code):
    """Lay an upload beside a material."""
    entry = entries.find_entry(db(), me(), entry_id)
    field = f"material-{code}"
    upload = request.files.get("file")
    try:
        if upload is None or not upload.filename:
            raise Invalid(_("选一个文件再上传"), field=field)
        stored = files.store(db(), current_app.extensions["settings"], me(), upload.filename, upload.stream, field)
        entries.attach_material(db(), me(), entry, code, stored)
    except Invalid as error:
        return page(entry, refusal_of(error))
    flash(_("已上传“%(name)s”", name=stored.name), "success")
    return redirect(url_for("entries.show", entry_id=entry.id) + "#materials")


@access.member
def material(entry_id, code):
    entry = entries.find_entry(db(), me(), entry_id)
    found = next((one.file for one in entry.materials if one.code == code and one.file), None)
    if found is None:
        raise NotFound(_("还没有上传这份材料"))
    with files.open_file(current_app.extensions["settings"], found) as file:
        return attachment(file.read(), found.name, found.media_type)


@access.member
@limiter.limit(RENDER)
def pdf(entry_id):
    entry, form = _form(entry_id)
    return attachment(render_pdf(form), f"{form.template.annex}-{entry.name}.pdf", PDF)


@access.member
@limiter.limit(RENDER)
def docx(entry_id):
    entry, form = _form(entry_id)
    return attachment(render_docx(form), f"{form.template.annex}-{entry.name}.docx", DOCX)


@access.member
@limiter.limit(EXPORT)
def dossier(entry_id):
    """The entry's evidence as a ZIP that anybody can check offline."""
    entry = entries.find_entry(db(), me(), entry_id)
    settings = current_app.extensions["settings"]
    out = io.BytesIO()
    write_dossier(db(), entry, lambda stored: files.path_of(settings, stored), out)
    return attachment(out.getvalue(), _("佐证包-%(name)s", name=entry.name) + ".zip", "application/zip")


def _form(entry_id) -> tuple[Entry, RegistrationForm]:
    entry = entries.find_entry(db(), me(), entry_id)
    _definition, track = track_of(entry.season, entry.track)
    return entry, form_of(entry, track)
