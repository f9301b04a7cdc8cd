import re

from flask import render_template, request, url_for
from flask_babel import gettext

from engagements.statistics import Dimension, Measure, years
from models.accounts import Role
from models.errors import NotFound
from models.money import wan_figure
from web import access, names, sheets
from web.board import charts, table
from web.display import today
from web.downloads import attachment
from web.identity import has_role
from web.limits import EXPORT, limiter
from web.sessions import db

YEAR = re.compile(r"[12]\d{3}", re.ASCII)
MONTH = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])", re.ASCII)
LINKS = {
    Measure.demands: lambda key: url_for("demands.show", demand_id=key),
    Measure.engagements: lambda key: url_for("demands.show", demand_id=key),
    Measure.contracts: lambda key: url_for("verification.show", collaboration_id=key),
    Measure.verified: lambda key: url_for("verification.show", collaboration_id=key),
}
"""The page of one counted thing."""


@access.staff
def index():
    return render_template("board/index.html", table=_table(), years=years(db()), dimensions=Dimension,
                           measures=Measure, charts=charts)


@access.staff
def rows():
    measure, dimension, key, year = _asked()
    found = table.rows_behind(db(), measure, dimension, key, year)
    return render_template("board/rows.html", facts=found, total=table.total(found), measure=measure, year=year,
                           dimension=dimension, key=key,
                           label=None if key is None else table.label(dimension, key), links=_links(),
                           district_name=names.district)


@access.staff
@limiter.limit(EXPORT)
def export():
    built = _table()
    header = [gettext("月份") if built.dimension is Dimension.month else
              gettext("区市") if built.dimension is Dimension.district else gettext("行业"),
              gettext("需求"), gettext("对接"), gettext("合同"), gettext("已核合同"), gettext("合同金额（万元）"),
              gettext("已核金额（万元）")]
    lines = [[row.label, *_figures(row.cells)] for row in built.rows]
    return attachment(sheets.workbook(gettext("数据看板"), header, [*lines, [gettext("合计"), *_figures(built.total)]]),
                      f"jiebang-{built.year}-{built.dimension}.xlsx", sheets.XLSX)


@access.staff
@limiter.limit(EXPORT)
def export_rows():
    measure, dimension, key, year = _asked()
    header = [gettext("编号"), gettext("名称"), gettext("日期"), gettext("区市"), gettext("行业"),
              gettext("金额（万元）")]
    lines = [[fact.number, fact.title, f"{fact.day}", table.label(Dimension.district, fact.district),
              table.label(Dimension.field, fact.field), wan_figure(fact.amount)]
             for fact in table.rows_behind(db(), measure, dimension, key, year)]
    return attachment(sheets.workbook(gettext("明细"), header, lines), f"jiebang-{measure}-{year}.xlsx", sheets.XLSX)


def _links() -> dict:
    """The pages this reader may open: only verifying staff read contracts."""
    return LINKS if has_role(Role.staff) else {m: LINKS[m] for m in (Measure.demands, Measure.engagements)}


def _figures(cells) -> list[float]:
    return [cells[Measure.demands].count, cells[Measure.engagements].count, cells[Measure.contracts].count,
            cells[Measure.verified].count, wan_figure(cells[Measure.contracts].amount),
            wan_figure(cells[Measure.verified].amount)]


def _table() -> table.Table:
    _, dimension, _, year = _asked()
    return table.build(db(), dimension, year, table.last_month_of(year, today()))


def _asked() -> tuple[Measure, Dimension, str | None, int]:
    """What the address asks for. NotFound for a measure, dimension, year or month that does not exist."""
    key, year = request.args.get("key"), request.args.get("year") or str(today().year)
    try:
        measure = Measure(request.args.get("measure", Measure.demands))
        dimension = Dimension(request.args.get("by", Dimension.month))
    except ValueError as error:
        raise NotFound("没有这样的统计") from error
    if not YEAR.fullmatch(year) or key and dimension is Dimension.month and not MONTH.fullmatch(key):
        raise NotFound("没有这样的统计")
    return measure, dimension, key, int(year)
