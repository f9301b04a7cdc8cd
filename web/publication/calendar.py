"""放假和调休: the days that are not what their weekday says, by which the 公示 counts its working days."""

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from contests.publication import calendar
from models.base import today
from models.errors import Conflict, Invalid, NotFound
from models.publication import CalendarDay, DayKind
from web import access
from web.identity import me
from web.limits import CONFIRM, limiter
from web.publication.reading import read_day, typed_day
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

FIRST, LAST = 2000, 2100


@access.staff
@limiter.limit(CONFIRM, methods=["POST"])
def show():
    refusal = NONE
    if request.method == "POST":
        try:
            row = calendar.set_day(db(), me(), _day(), _kind(), name=request.form.get("name", ""),
                                   source=request.form.get("source", ""))
            flash(_("已录入"), "success")
            return redirect(url_for("calendar.show", year=row.day.year))
        except (Invalid, Conflict) as error:
            refusal = refusal_of(error)
    return page(_year(), refusal)


@access.staff
@limiter.limit(CONFIRM)
def take_over(year):
    """Take a year over from the table the program carries, once compared with the notice."""
    try:
        number = calendar.import_year(db(), me(), year, source=request.form.get("import_source", ""))
    except Invalid as error:
        return page(year, refusal_of(Invalid(error.message, field="import_source")))
    flash(_("录入了 %(n)s 天", n=number), "success")
    return redirect(url_for("calendar.show", year=year))


@access.staff
@limiter.limit(CONFIRM)
def clear(day_id):
    row = db().get(CalendarDay, day_id)
    if row is None:
        raise NotFound(_("这一天没有录入过，可能刚被别人删掉"))
    day = row.day
    calendar.clear_day(db(), me(), day)
    flash(_("已删掉，这一天按星期几算"), "success")
    return redirect(url_for("calendar.show", year=day.year))


def page(year: int, refusal: Refusal):
    rows = calendar.days_of(db(), year)
    known = {row.day: row.kind for row in rows}
    carried = calendar.published_days(year) if year in calendar.TABLED else []
    typed = {name: request.form.get(name, "") for name in ("kind", "name", "source", "import_source")}
    return render_template(
        "publication/calendar.html", year=year, rows=rows, typed=typed, day=typed_day("day"),
        carried=[one for one in carried if one[0] not in known], kinds=kinds(),
        differing=[one for one in carried if one[0] in known and known[one[0]] is not one[1]],
        weekday=lambda day: format_date(day, "EEE"), refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems)), refusal.status


def kinds() -> dict[DayKind, str]:
    return {DayKind.off: _("放假"), DayKind.work: _("上班（调休）")}


def _day() -> dt.date:
    day = read_day("day", _("日期"))
    if day is None:
        raise Invalid(_("写明哪一天"), field="day")
    return day


def _kind() -> DayKind:
    try:
        return DayKind(request.form.get("kind", ""))
    except ValueError:
        raise Invalid(_("选一项：放假，还是上班"), field="kind") from None


def _year() -> int:
    year = request.args.get("year", today().year, type=int)
    if not FIRST <= year <= LAST:
        raise NotFound(_("没有这一年"))
    return year
