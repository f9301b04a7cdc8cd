"""The board's charts, as the chart macro takes them; each draws what the table says and nothing else."""

from flask_babel import gettext

from engagements.statistics import Dimension, Measure
from models.money import wan_figure
from web.board.table import Table
from web.display import wan


def counts(table: Table) -> dict:
    """Demands, engagements and contracts: lines over the months, bars side by side over districts and fields."""
    names = {Measure.demands: gettext("需求"), Measure.engagements: gettext("对接"), Measure.contracts: gettext("合同")}
    series = [{"name": name, "data": [row.cells[measure].count for row in table.rows]}
              for measure, name in names.items()]
    total = table.total
    summary = gettext("%(year)s 年需求 %(demands)s 条，对接 %(engagements)s 次，合同 %(contracts)s 份", year=table.year,
                      demands=total[Measure.demands].count, engagements=total[Measure.engagements].count,
                      contracts=total[Measure.contracts].count)
    kind = "line" if table.dimension is Dimension.month else "bar"
    return _chart(table, kind, series, summary) | {"stacked": False}


def amounts(table: Table) -> dict:
    """Contract amounts in 万元: verified, and waiting for verification, on top of each other."""
    series = [
        {"name": gettext("已核"), "data": [wan_figure(row.cells[Measure.verified].amount) for row in table.rows]},
        {"name": gettext("待核"), "data": [
            wan_figure(row.cells[Measure.contracts].amount - row.cells[Measure.verified].amount)
            for row in table.rows]},
    ]
    summary = gettext("%(year)s 年合同金额 %(all)s 万元，已核 %(verified)s 万元", year=table.year,
                      all=wan(table.total[Measure.contracts].amount),
                      verified=wan(table.total[Measure.verified].amount))
    return _chart(table, "bar", series, summary) | {"unit": gettext("万元")}


def _chart(table: Table, kind: str, series: list[dict], summary: str) -> dict:
    heading = {Dimension.month: gettext("月份"), Dimension.district: gettext("区市"), Dimension.field: gettext("行业")}
    return {"kind": kind, "heading": heading[table.dimension], "categories": [row.label for row in table.rows],
            "series": series, "unit": "", "summary": summary}
