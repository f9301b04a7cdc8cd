"""The board's charts as ECharts options: plain JSON, no functions; the table beside them says the same."""

from flask_babel import gettext

from engagements.statistics import Dimension, Measure
from web.board.table import Table

LINES = ((Measure.demands, "solid"), (Measure.engagements, "dashed"), (Measure.contracts, "dotted"))


def counts(table: Table) -> dict:
    """Demands, engagements and contracts: lines over the months, bars over districts and fields."""
    names = {Measure.demands: gettext("需求"), Measure.engagements: gettext("对接"), Measure.contracts: gettext("合同")}
    by_month = table.dimension is Dimension.month
    series = [
        {"name": names[measure], "type": "line" if by_month else "bar", "symbolSize": 7,
         "lineStyle": {"type": dash, "width": 2}, "data": [row.cells[measure].count for row in table.rows]}
        for measure, dash in LINES
    ]
    return _frame(table, series, gettext("件"))


def amounts(table: Table) -> dict:
    """Contract amounts in 万元: verified, and waiting for verification, on top of each other."""
    verified = [_wan(row.cells[Measure.verified].amount) for row in table.rows]
    waiting = [_wan(row.cells[Measure.contracts].amount - row.cells[Measure.verified].amount) for row in table.rows]
    series = [
        {"name": gettext("已核"), "type": "bar", "stack": "amount", "data": verified},
        {"name": gettext("待核"), "type": "bar", "stack": "amount", "data": waiting,
         "itemStyle": {"decal": {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [3, 3], "rotation": -0.8}}},
    ]
    return _frame(table, series, gettext("万元"))


def _frame(table: Table, series: list[dict], unit: str) -> dict:
    labels = {"type": "category", "data": [row.label for row in table.rows]}
    values = {"type": "value", "name": unit, "minInterval": 1}
    upright = table.dimension is Dimension.month
    return {
        "legend": {"top": 0, "right": 0},
        "grid": {"left": 8, "right": 24, "top": 44, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis", "renderMode": "richText"},
        "xAxis": labels if upright else values,
        "yAxis": values if upright else labels | {"inverse": True},
        "series": series,
    }


def _wan(amount) -> float:
    return round(float(amount) / 10000, 2)
