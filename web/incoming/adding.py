"""Adding an item that the reader missed."""

import uuid

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ingestion.notices.additions import FIELDS
from jobs.drafts.notices import Added, add_item, find_notice
from models.errors import Conflict, Invalid
from web import access
from web.identity import me
from web.incoming.rows import row_id
from web.incoming.views import shown_page, version_typed
from web.refusals import refusal_of
from web.sessions import db


@access.staff
def add(notice_id: uuid.UUID):
    notice, key = find_notice(db(), notice_id), request.form.get("add", "")
    try:
        if key not in FIELDS:
            raise Invalid("请先选要补哪一类内容", field="add")
        path = add_item(db(), me(), notice, _typed(key), version=version_typed())
    except (Invalid, Conflict) as error:
        db().rollback()
        return shown_page(find_notice(db(), notice_id), refusal_of(error))
    flash(_("补上了 1 项"), "success")
    return redirect(url_for("incoming.show", notice_id=notice_id, _anchor=f"{row_id(path)}-row"))


def _typed(key: str) -> Added:
    """What the form says. The place that the page's script found is only a hint; the text decides."""
    start, quote = request.form.get("start", ""), request.form.get("quote", "").replace("\r\n", "\n")
    return Added(key, {field: request.form.get(f"a:{field}", "") for field in FIELDS[key]}, quote,
                 int(start) if start.isdecimal() and len(start) < 8 else None, request.form.get("reason", ""))
