"""What follows an award: benefits after 3 and 12 months, services by grade, nominations onward."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests.publication import followups, nominations, services
from contests.publication.certificates import award_words, certificates_of, find_certificate
from contests.seasons import definition_of
from models.accounts import Role
from models.after_award import NominationOutcome, PropertyStatus, ServiceTicket, TicketStatus
from models.base import today
from models.errors import Invalid, NotFound, Refused
from web import access
from web.contests.season import title_of
from web.identity import me
from web.limits import CONFIRM, limiter
from web.publication.reading import read_day, typed_day
from web.refusals import NONE, Refusal, refusal_of
from web.seasons.finding import find_season
from web.sessions import db


@access.staff
def follow_ups(season_id):
    season = find_season(season_id)
    rows = followups.follow_ups(db(), season.id)
    return render_template("publication/followups.html", season=season, title=title_of(definition_of(season)),
                           rows=[(row, followups.figures(db(), row)) for row in rows], today=today(),
                           missing=followups.missing)


@access.roles(Role.staff)
@limiter.limit(CONFIRM, methods=["POST"])
def follow_up(follow_up_id):
    """One look: expected against realised, contract by contract, and closing it."""
    row, refusal = followups.find_follow_up(db(), follow_up_id), NONE
    if request.method == "POST":
        try:
            followups.close(db(), me(), row, request.form.get("note", ""))
            flash(_("已办结"), "success")
            return redirect(url_for("publication.follow_ups", season_id=row.certificate.line.notice.season_id))
        except Invalid as error:
            refusal = refusal_of(error)
    found = followups.figures(db(), row)
    return render_template("publication/followup.html", row=row, figures=found, award=award_words(row.certificate)[1],
                           lacking=followups.missing(found), due=today() >= row.due_on, refusal=refusal,
                           errors=refusal.errors, typed=request.form.get("note", ""),
                           failed=bool(refusal.problems)), refusal.status


@access.roles(Role.staff)
@limiter.limit(CONFIRM)
def remind(follow_up_id):
    row = followups.find_follow_up(db(), follow_up_id)
    number = followups.remind(db(), me(), row)
    flash(_("已提醒 %(n)s 家企业", n=number), "success")
    return redirect(url_for("publication.follow_up", follow_up_id=row.id))


@access.staff
def service_tickets(season_id):
    season = find_season(season_id)
    return _tickets(season, NONE)


@access.roles(Role.staff)
@limiter.limit(CONFIRM)
def handle(ticket_id):
    ticket = db().get(ServiceTicket, ticket_id)
    if ticket is None:
        raise NotFound(_("没有找到这件申请"))
    try:
        services.handle(db(), me(), ticket, _choice(TicketStatus, "status", _("选一项：办到哪里")),
                        request.form.get("reply", ""), version=request.form.get("version", 0, type=int))
    except Invalid as error:
        return _tickets(ticket.certificate.line.notice.season, refusal_of(error))
    flash(_("已记下，本人会收到消息"), "success")
    return redirect(url_for("publication.services", season_id=ticket.certificate.line.notice.season_id))


@access.member
@limiter.limit(CONFIRM)
def ask(certificate_id):
    """A winner asks for a service that the award entitles to."""
    row = find_certificate(db(), me(), certificate_id)
    services.ask(db(), me(), row, request.form.get("service", ""), request.form.get("wish", ""))
    flash(_("已提交，办到哪里会发消息告诉您"), "success")
    return redirect(url_for("certificates.mine"))


@access.roles(Role.staff)
@limiter.limit(CONFIRM, methods=["POST"])
def nominate(season_id):
    """Awards that lead on: the list, and one more nomination."""
    season, refusal = find_season(season_id), NONE
    if request.method == "POST":
        try:
            nominations.nominate(db(), me(), _certificate(season), request.form.get("honour", ""),
                                 minutes=request.form.get("minutes", ""), held=_property())
            flash(_("已推荐"), "success")
            return redirect(url_for("publication.nominations", season_id=season.id))
        except (Invalid, Refused) as error:
            refusal = refusal_of(error)
            db().rollback()
            season = find_season(season_id)
    return _nominations(season, refusal)


@access.roles(Role.staff)
@limiter.limit(CONFIRM)
def outcome(nomination_id):
    row = nominations.find_nomination(db(), nomination_id)
    season = row.certificate.line.notice.season
    try:
        nominations.record_outcome(db(), me(), row, _choice(NominationOutcome, "outcome", _("选一项：授予，还是没有授予")),
                                   read_day("outcome_on", _("日期")))
    except Invalid as error:
        return _nominations(season, refusal_of(error))
    flash(_("已登记"), "success")
    return redirect(url_for("publication.nominations", season_id=season.id))


def _tickets(season, refusal: Refusal):
    return render_template("publication/services.html", season=season, title=title_of(definition_of(season)),
                           tickets=services.tickets(db(), season.id), name_of=services.name_of, moves=services.MOVES,
                           definition=definition_of(season), states=ticket_states(), refusal=refusal,
                           errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


def _nominations(season, refusal: Refusal):
    definition = definition_of(season)
    rules = {rule.code: rule for rule in nominations.honours(definition)}
    holders = [(str(row.id), f"{award_words(row)[1]}　{row.line.name}") for row in certificates_of(db(), season.id)
               if row.revoked_at is None and nominations.honours(definition, row.line)]
    return render_template(
        "publication/nominations.html", season=season, title=title_of(definition), rules=rules, holders=holders,
        nominations=nominations.nominations(db(), season.id), recipient=nominations.recipient, award_words=award_words,
        typed=request.form, outcome_on=typed_day("outcome_on"), refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems)), refusal.status


def ticket_states() -> dict[TicketStatus, tuple[str, str, str]]:
    """(word, tone, icon) of each state."""
    return {TicketStatus.asked: (_("等受理"), "amber", "hourglass-split"),
            TicketStatus.accepted: (_("在办"), "sea", "broadcast"), TicketStatus.done: (_("办好了"), "pine", "check-circle"),
            TicketStatus.declined: (_("不办"), "", "x-circle")}


def _certificate(season):
    chosen = request.form.get("certificate", "")
    found = next((row for row in certificates_of(db(), season.id) if str(row.id) == chosen), None)
    if found is None:
        raise Invalid(_("选一个获奖项目"), field="certificate")
    return found


def _property() -> nominations.Property:
    return nominations.Property(_choice(PropertyStatus, "property_status", _("选一项：专利到哪一步")),
                                request.form.get("property_number", ""))


def _choice(kind, field: str, message: str):
    try:
        return kind(request.form.get(field, ""))
    except ValueError:
        raise Invalid(message, field=field) from None


