"""Certificates: a public check of a number, the paper for its holder and staff, and taking one back."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from contests.publication.certificates import (
    Standing,
    award_words,
    certificates_of,
    check_number,
    find_certificate,
    revoke_certificate,
)
from contests.publication.document import written
from contests.publication.print import CertificatePaper, render_certificate
from contests.publication.services import eligible
from contests.seasons import definition_of
from models.accounts import Role
from models.after_award import Payment, ServiceTicket
from models.awards import Award
from models.contests import Entry
from models.errors import Conflict, Invalid
from models.publication import Certificate, NoticeLine
from web import access
from web.contests.season import title_of
from web.downloads import attachment
from web.entries.files import PDF, RENDER
from web.identity import me
from web.limits import CONFIRM, SEARCH, limiter
from web.publication.aftermath import ticket_states
from web.refusals import NONE, refusal_of
from web.seasons.finding import find_season
from web.sessions import db


@access.public
@limiter.limit(SEARCH, exempt_when=lambda: not request.args.get("number"))
def check():
    """A number typed by hand: valid, revoked, or none of ours."""
    typed = request.args.get("number", "").strip()[:40]
    return _answer(typed)


@access.public
@limiter.limit(SEARCH)
def checked(number):
    """The page that the QR code of a certificate leads to."""
    return _answer(number[:40])


@access.member
def mine():
    """The certificates a person holds."""
    held = db().scalars(select(Certificate).join(NoticeLine).join(Award).join(Entry).where(Entry.user_id == me().id)
                        .order_by(Certificate.issued_at.desc())).all()
    return render_template("publication/mine.html", held=[_held(row) for row in held], states=ticket_states())


@access.member
@limiter.limit(RENDER)
def pdf(certificate_id):
    row = find_certificate(db(), me(), certificate_id)
    if row.revoked_at is not None:
        raise Conflict(_("这份证书已经作废，不能再打印"))
    return attachment(render_certificate(paper_of(row)), f"{row.number}.pdf", PDF)


@access.staff
def index(season_id):
    season = find_season(season_id)
    found = certificates_of(db(), season.id)
    return render_template("publication/certificates.html", season=season, title=title_of(definition_of(season)),
                           certificates=[(row, award_words(row)[1]) for row in found])


@access.roles(Role.staff)
@limiter.limit(CONFIRM, methods=["POST"])
def revoke(certificate_id):
    """A page of its own that asks once more."""
    row, refusal = find_certificate(db(), me(), certificate_id), NONE
    if row.revoked_at is not None:
        raise Conflict(_("这份证书已经作废"))
    if request.method == "POST":
        try:
            revoke_certificate(db(), me(), row, request.form.get("reason", ""))
            flash(_("已作废，核对页面从现在起会说明"), "success")
            return redirect(url_for("publication.certificates", season_id=row.line.notice.season_id))
        except Invalid as error:
            refusal = refusal_of(error)
    return render_template("publication/revoke.html", row=row, award=award_words(row)[1], refusal=refusal,
                           errors=refusal.errors, typed=request.form.get("reason", ""),
                           failed=bool(refusal.problems)), refusal.status


def _held(row: Certificate) -> dict:
    """A certificate with what follows it: its money, and the services it entitles to, asked for or not."""
    contest, award = award_words(row)
    asked = {one.service: one for one in db().scalars(
        select(ServiceTicket).where(ServiceTicket.certificate_id == row.id))}
    offered = [] if row.revoked_at else eligible(definition_of(row.line.notice.season), row.line)
    return {"row": row, "contest": contest, "award": award, "asked": asked, "offered": offered,
            "payment": db().scalar(select(Payment).where(Payment.certificate_id == row.id))}


def paper_of(row: Certificate) -> CertificatePaper:
    contest, award = award_words(row)
    settings = current_app.extensions["settings"]
    address = f"{'https' if settings.https else 'http'}://{settings.public_host}" + url_for(
        "certificates.checked", number=row.number)
    return CertificatePaper(row.number, row.line.name, row.line.organisation, contest, award, row.document.signed_by,
                            written(row.document.dated), address)


def _answer(typed: str):
    found = check_number(db(), typed) if typed else None
    unknown = found is not None and found.standing is Standing.unknown
    return render_template("publication/check.html", typed=typed, found=found), 404 if unknown else 200
