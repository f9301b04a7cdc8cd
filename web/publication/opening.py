"""The steps from the decided list to the result, for staff; opening a 公示 and taking one down."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from contests.parts import UNSAID
from contests.publication.calendar import exceptions, unentered_years
from contests.publication.lists import find_notice, notice_clause, notices
from contests.publication.opening import Approval, open_notice, withdraw_notice
from contests.publication.results import obstacles
from contests.publication.working_days import last_day
from contests.seasons import definition_of
from ingestion import files
from models.accounts import Role
from models.awards import Award
from models.base import today
from models.errors import Conflict, Invalid, NotFound, Refused
from models.publication import NoticeStatus
from web import access
from web.contests.season import title_of
from web.downloads import attachment
from web.identity import me
from web.limits import CONFIRM, limiter
from web.publication.reading import present, read_day, typed_day
from web.refusals import NONE, Refusal, refusal_of
from web.seasons.finding import find_season
from web.sessions import db

TEXTS = ("approved_by", "minutes", "track", "calendar_checked")


@access.staff
def show(season_id):
    season = find_season(season_id)
    cards = [present(notice) for notice in notices(db(), season)]
    return render_template("publication/season.html", season=season, title=title_of(definition_of(season)), cards=cards,
                           definition=definition_of(season), decided=_decided(season), unsaid=UNSAID,
                           obstacles=obstacles)


@access.roles(Role.staff)
@limiter.limit(CONFIRM, methods=["POST"])
def start(season_id):
    """The record of approval, and with it the list goes public."""
    season, refusal = find_season(season_id), NONE
    if request.method == "POST":
        try:
            notice = open_notice(db(), me(), season, _approval(), track=request.form.get("track", ""),
                                 calendar_checked=bool(request.form.get("calendar_checked")))
            flash(_("已公示，到 %(day)s 24:00", day=notice.last_day.isoformat()), "success")
            return redirect(url_for("publication.show", season_id=season.id))
        except (Invalid, Refused) as error:
            db().rollback()
            season, refusal = find_season(season_id), refusal_of(error)
    return _form(season, refusal)


@access.staff
def minutes(notice_id):
    notice = find_notice(db(), notice_id)
    if notice.minutes_file is None:
        raise NotFound(_("没有上传会议纪要"))
    with files.open_file(current_app.extensions["settings"], notice.minutes_file) as file:
        return attachment(file.read(), notice.minutes_file.name, notice.minutes_file.media_type)


@access.roles(Role.staff)
@limiter.limit(CONFIRM, methods=["POST"])
def withdraw(notice_id):
    """A page of its own that asks once more."""
    notice, refusal = find_notice(db(), notice_id), NONE
    if notice.status is not NoticeStatus.open:
        raise Conflict(_("这次公示已经撤下，或者结果已经公布"))
    if request.method == "POST":
        try:
            withdraw_notice(db(), me(), notice, request.form.get("reason", ""))
            flash(_("已撤下。改好名单以后可以重新公示"), "success")
            return redirect(url_for("publication.show", season_id=notice.season_id))
        except Invalid as error:
            refusal = refusal_of(error)
    return render_template("publication/withdraw.html", notice=notice, card=present(notice), refusal=refusal,
                           errors=refusal.errors, typed=request.form.get("reason", ""),
                           failed=bool(refusal.problems)), refusal.status


def _form(season, refusal: Refusal):
    definition = definition_of(season)
    days = definition.public_notice.days if definition.public_notice else 0
    last = last_day(today(), days, exceptions(db())) if days and days != UNSAID else None
    typed = {name: request.form.get(name, "") for name in TEXTS}
    return render_template(
        "publication/open.html", season=season, title=title_of(definition), definition=definition, days=days, last=last,
        clause=notice_clause(definition), typed=typed,
        tracks=[(track.code, track.name) for track in definition.tracks], approved_on=typed_day("approved_on"),
        unknown=unentered_years(db(), today(), last) if last else [], refusal=refusal, errors=refusal.errors,
        unsaid=UNSAID, failed=bool(refusal.problems)), refusal.status


def _approval() -> Approval:
    upload = request.files.get("minutes_file")
    stored = None
    if upload is not None and upload.filename:
        stored = files.store(db(), current_app.extensions["settings"], me(), upload.filename, upload.stream,
                             "minutes_file")
    return Approval(request.form.get("approved_by", ""), read_day("approved_on", _("审定日期")),
                    request.form.get("minutes", ""), stored)


def _decided(season) -> dict[str, int]:
    """Track → how many awards are decided and not revoked."""
    return dict(db().execute(select(Award.track, func.count()).where(
        Award.season_id == season.id, Award.revoked_at.is_(None)).group_by(Award.track)).all())
