"""What a person does with a batch: correct the columns, agree, stop, go on, decide against it."""

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _

from ingestion.sheets import batches
from models.errors import Conflict
from models.sheets import SheetBatch
from web import access
from web.identity import me
from web.imports.places import STAFF, Place
from web.imports.views import page, wake
from web.limits import UPLOAD, limiter
from web.refusals import refusal_of
from web.sessions import db


@access.staff
@limiter.limit(UPLOAD)
def columns(batch_id):
    return set_columns(STAFF, STAFF.find(batch_id))


@access.staff
def start(batch_id):
    return agree(STAFF, STAFF.find(batch_id))


@access.staff
def pause(batch_id):
    return act(STAFF, STAFF.find(batch_id), batches.pause)


@access.staff
def resume(batch_id):
    return act(STAFF, STAFF.find(batch_id), batches.resume)


@access.staff
def drop(batch_id):
    return decide_against(STAFF, STAFF.find(batch_id))


def set_columns(place: Place, batch: SheetBatch):
    wished = {one["name"]: request.form.get(f"column-{at}", "") for at, one in enumerate(batch.columns)}
    table = batches.table_of_batch(current_app.extensions["settings"], batch)
    return act(place, batch, batches.set_mapping, table, wished)


def agree(place: Place, batch: SheetBatch):
    return act(place, batch, batches.start, partial=request.form.get("partial") == "1")


def decide_against(place: Place, batch: SheetBatch):
    try:
        batches.drop(db(), me(), batch)
    except Conflict as error:
        return _refused(place, batch, error)
    flash(_("已作废，什么都没有写入"), "success")
    return redirect(url_for(place.endpoint("list")))


def act(place: Place, batch: SheetBatch, verb, *arguments, **more):
    """Do it, wake the worker, show the batch; or show why not."""
    try:
        verb(db(), me(), batch, *arguments, **more)
    except Conflict as error:
        return _refused(place, batch, error)
    wake()
    return redirect(url_for(place.endpoint("show"), batch_id=batch.id))


def _refused(place: Place, batch: SheetBatch, error: Conflict):
    db().rollback()
    return page(place, place.find(batch.id), refusal_of(error))
