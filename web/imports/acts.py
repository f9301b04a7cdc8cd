"""What a person does with an import: correct the columns, agree, stop, go on, decide against it."""

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _

from ingestion.sheets import batches
from models.errors import Conflict
from models.sheets import SheetBatch
from web import access
from web.identity import me
from web.imports.views import page, wake
from web.limits import UPLOAD, limiter
from web.refusals import refusal_of
from web.sessions import db


@access.staff
@limiter.limit(UPLOAD)
def columns(batch_id):
    batch = batches.find_batch(db(), batch_id)
    wished = {one["name"]: request.form.get(f"column-{place}", "") for place, one in enumerate(batch.columns)}
    table = batches.table_of_batch(current_app.extensions["settings"], batch)
    return _act(batch, batches.set_mapping, table, wished)


@access.staff
def start(batch_id):
    return _act(batches.find_batch(db(), batch_id), batches.start, partial=request.form.get("partial") == "1")


@access.staff
def pause(batch_id):
    return _act(batches.find_batch(db(), batch_id), batches.pause)


@access.staff
def resume(batch_id):
    return _act(batches.find_batch(db(), batch_id), batches.resume)


@access.staff
def drop(batch_id):
    batch = batches.find_batch(db(), batch_id)
    try:
        batches.drop(db(), me(), batch)
    except Conflict as error:
        return _refused(batch, error)
    flash(_("已作废，什么都没有写入"), "success")
    return redirect(url_for("imports.list"))


def _act(batch: SheetBatch, verb, *arguments, **more):
    try:
        verb(db(), me(), batch, *arguments, **more)
    except Conflict as error:
        return _refused(batch, error)
    wake()
    return redirect(url_for("imports.show", batch_id=batch.id))


def _refused(batch: SheetBatch, error: Conflict):
    db().rollback()
    return page(batches.find_batch(db(), batch.id), refusal_of(error))
