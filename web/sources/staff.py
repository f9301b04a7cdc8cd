"""Every watched source, those that fail first: staff see what members' lists stopped coming in."""

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ingestion.sources.watching import EVERY
from models.sources import WatchedSource
from web import access, names
from web.sessions import db


@access.staff
def index():
    rows = db().scalars(select(WatchedSource).options(joinedload(WatchedSource.owner)).order_by(
        WatchedSource.failures.desc(), WatchedSource.name, WatchedSource.id)).all()
    return render_template("sources/staff.html", sources=rows, every=EVERY, formats=names.SOURCE_FORMAT)
