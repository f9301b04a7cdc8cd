"""The list on the page and as a table, read from what the worker found at its last look."""

from collections.abc import Sequence

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from matching.lacking import Gap, Lack, gaps
from models.base import city_day, today
from models.demands import Demand, DemandStatus
from models.errors import NotFound
from models.outlooks import Best, DemandOutlook
from web import access, sheets
from web.downloads import attachment
from web.limits import EXPORT, limiter
from web.search import searcher
from web.sessions import db

TABS = (Best.none, Best.partial)


@access.staff
def index():
    best = _asked()
    found, held = _gaps(best)
    looked = db().execute(select(func.count(), func.min(DemandOutlook.looked_at)).select_from(DemandOutlook)
                          .join(Demand).where(_open())).one()
    total = db().scalar(select(func.count()).select_from(Demand).where(_open()))
    return render_template("gaps/index.html", gaps=found, outlooks=held, best=best, tabs=TABS, total=total,
                           looked=looked[0], oldest=looked[1])


@access.staff
@limiter.limit(EXPORT)
def export():
    best = _asked()
    found, held = _gaps(best)
    header = [_("缺的本领"), _("写到它的人数"), _("需求编号"), _("需求"), _("企业"), _("卡住的要求"), _("挂了几天"), _("几天没有合适的人"),
              _("最多对上几项"), _("必须的几项")]
    rows = [_row(gap, held[lack.demand]) for gap in found for lack in gap.lacks]
    book = sheets.workbook(_("本市缺的本领"), header, rows)
    return attachment(book, f"{_('本市缺的本领')}-{today().isoformat()}.xlsx", sheets.XLSX)


def _row(gap: Gap, outlook: DemandOutlook) -> Sequence:
    demand = outlook.demand
    firm = demand.organisation
    return [gap.skill or _("没有写要求"), outlook.written_by, demand.number or "", demand.title,
            firm.display_name if firm else "", " ".join(filter(None, (outlook.binding, outlook.figure))),
            _days(demand.published_at), _days(outlook.short_since) if outlook.short_since else 0, outlook.covered,
            outlook.required]


def _gaps(best: Best) -> tuple[list[Gap], dict]:
    """The gaps, and each demand's outlook by its id."""
    rows = db().scalars(select(DemandOutlook).join(Demand).where(DemandOutlook.best == best, _open()).options(
        joinedload(DemandOutlook.demand).joinedload(Demand.organisation))).all()
    lacks = [Lack(row.demand_id, row.binding, row.written_by, _days(row.demand.published_at)) for row in rows]
    return gaps(lacks, searcher().thesaurus(db())), {row.demand_id: row for row in rows}


def _open():
    return Demand.status == DemandStatus.published


def _days(moment) -> int:
    """Whole days of the city's calendar since a moment."""
    return (today() - city_day(moment)).days if moment else 0


def _asked() -> Best:
    try:
        best = Best(request.args.get("best", Best.none))
    except ValueError as error:
        raise NotFound(_("没有这种状态")) from error
    if best not in TABS:
        raise NotFound(_("没有这种状态"))
    return best
