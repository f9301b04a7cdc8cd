"""The payment ledger: what each award may be paid, how it is taxed, what was paid, and all of it as a sheet."""

import unicodedata
from decimal import Decimal, InvalidOperation

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests.publication.certificates import award_words, certificates_of, find_certificate
from contests.publication.payments import bounds, confirm_treatment, pay, payments_of, treatment_of
from contests.publication.tax import BASES
from contests.seasons import definition_of
from models.accounts import Role
from models.after_award import Treatment
from models.base import today
from models.errors import Invalid, Refused
from web import access
from web.contests.season import title_of
from web.downloads import attachment
from web.identity import me
from web.limits import CONFIRM, EXPORT, limiter
from web.publication.reading import boxes, read_day, typed_day
from web.refusals import NONE, Refusal, refusal_of
from web.seasons.finding import find_season
from web.sessions import db
from web.sheets import XLSX, workbook

ABSURD = Decimal(10_000_000)
"""元: no prize of a document comes near it."""


@access.staff
def index(season_id):
    return _page(find_season(season_id), NONE)


@access.roles(Role.staff)
@limiter.limit(CONFIRM, methods=["POST"])
def record(certificate_id):
    """One award's payment, on a page of its own that shows what will be withheld."""
    row, refusal = find_certificate(db(), me(), certificate_id), NONE
    if request.method == "POST":
        try:
            payment = pay(db(), me(), row, gross=_yuan(), paid_on=read_day("paid_on", _("发放日期")),
                          voucher=request.form.get("voucher", ""))
            flash(_("已登记，实发 %(net)s 元", net=f"{payment.net:,.2f}"), "success")
            return redirect(url_for("publication.payments", season_id=row.line.notice.season_id))
        except (Invalid, Refused) as error:
            refusal = refusal_of(error)
            clause = error.clause
            db().rollback()
            row = find_certificate(db(), me(), certificate_id)
            return _pay_page(row, refusal, clause)
    return _pay_page(row, refusal, None)


@access.roles(Role.staff)
@limiter.limit(CONFIRM)
def tax(season_id):
    season = find_season(season_id)
    try:
        confirm_treatment(db(), me(), season, _treatment(), basis=request.form.get("basis", ""),
                          source=request.form.get("source", ""))
    except Invalid as error:
        db().rollback()
        return _page(find_season(season_id), refusal_of(error))
    flash(_("已确认税务处理"), "success")
    return redirect(url_for("publication.payments", season_id=season.id))


@access.staff
@limiter.limit(EXPORT)
def export(season_id):
    season = find_season(season_id)
    found = payments_of(db(), season.id)
    rows = [_line(certificate, found.get(certificate.id)) for certificate in certificates_of(db(), season.id)]
    header = [_("证书编号"), _("获奖者"), _("单位"), _("奖项"), _("应发（元）"), _("扣税（元）"), _("实发（元）"), _("税率，百分数"), _("税务依据"),
              _("发放日期"), _("凭证号"), _("登记人")]
    name = _("奖金发放台账-%(year)s", year=season.year)
    return attachment(workbook(_("奖金发放台账"), header, rows), f"{name}.xlsx", XLSX)


def _line(certificate, payment) -> list:
    told = [certificate.number, certificate.line.name, certificate.line.organisation, award_words(certificate)[1]]
    if payment is None:
        return [*told, *[""] * 8]
    return [*told, float(payment.gross), float(payment.tax), float(payment.net), payment.tax_treatment.rate,
            payment.tax_treatment.basis, payment.paid_on.isoformat(), payment.voucher, payment.recorded_by.name]


def _page(season, refusal: Refusal):
    definition, paid = definition_of(season), payments_of(db(), season.id)
    certificates = [(row, award_words(row)[1], bounds(definition, row.line), paid.get(row.id))
                    for row in certificates_of(db(), season.id)]
    sums = {name: sum((getattr(one, name) for one in paid.values()), Decimal(0)) for name in ("gross", "tax", "net")}
    return render_template(
        "publication/payments.html", season=season, title=title_of(definition), certificates=certificates, sums=sums,
        paid=len(paid), treatment=treatment_of(db(), season.id), names=treatment_names(), bases=BASES,
        typed=request.form, refusal=refusal, errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


def _pay_page(row, refusal: Refusal, clause: str | None):
    season = row.line.notice.season
    return render_template(
        "publication/pay.html", row=row, award=award_words(row)[1], bounds=bounds(definition_of(season), row.line),
        treatment=treatment_of(db(), season.id), names=treatment_names(), refusal=refusal, errors=refusal.errors,
        paid_on=typed_day("paid_on") if request.method == "POST" else boxes(today()), clause=clause,
        typed=request.form, failed=bool(refusal.problems)), refusal.status


def treatment_names() -> dict[Treatment, str]:
    return {Treatment.occasional: _("按偶然所得，代扣百分之二十"), Treatment.exempt: _("免税"),
            Treatment.wages: _("由获奖者单位并入工资代扣")}


def _treatment() -> Treatment:
    try:
        return Treatment(request.form.get("treatment", ""))
    except ValueError:
        raise Invalid(_("选一项：怎么扣税"), field="treatment") from None


def _yuan() -> Decimal:
    """The typed figure in 元: `8000`, `8,000.00`, `８０００元`."""
    typed = unicodedata.normalize("NFKC", request.form.get("gross", "")).replace(",", "").replace(" ", "")
    try:
        amount = Decimal(typed.removesuffix("元"))
    except InvalidOperation:
        raise Invalid(_("奖金按元填，只写数字，比如 8000"), field="gross") from None
    if not amount.is_finite() or not 0 < amount < ABSURD:
        raise Invalid(_("奖金按元填，只写数字，比如 8000"), field="gross")
    return amount


