"""The files of an entry, for the reviewer it was given to; for staff the signed minutes of a meeting."""

from flask import current_app
from flask_babel import gettext as _

from contests.review.sheets import find_sheet
from ingestion import files
from models.accounts import Role
from models.errors import NotFound
from models.reviews import CommitteeMinutes, ReviewSheet
from web import access
from web.downloads import attachment
from web.identity import me
from web.sessions import db


@access.roles(Role.reviewer)
def material(sheet_id, code):
    """One upload of the entry."""
    entry = _readable(sheet_id).entry
    found = next((one.file for one in entry.materials if one.code == code and one.file), None)
    if found is None:
        raise NotFound(_("还没有上传这份材料"))
    with files.open_file(current_app.extensions["settings"], found) as file:
        return attachment(file.read(), found.name, found.media_type)


@access.staff
def minutes(minutes_id):
    """The signed paper of a meeting."""
    found = db().get(CommitteeMinutes, minutes_id)
    if found is None or found.file is None:
        raise NotFound(_("没有上传签字件"))
    with files.open_file(current_app.extensions["settings"], found.file) as file:
        return attachment(file.read(), found.file.name, found.file.media_type)


def _readable(sheet_id) -> ReviewSheet:
    """The reviewer's own sheet; after a recusal its materials are theirs to see no more."""
    sheet = find_sheet(db(), me(), sheet_id)
    if sheet.released_at is not None:
        raise NotFound(_("这份报名已经不由您评"))
    return sheet
