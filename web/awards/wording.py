"""Selection in words: terms, figures, and what kept an entry from a grade."""

from collections.abc import Iterable
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from contests.selection.quotas import Obstacle
from contests.selection.simulation import Change
from contests.selection.terms import PLACES, Criterion
from models.figures import plain
from web.display import wan

CHANGES = {
    Change.entered: (_l("进入名单"), "pine", "plus-lg"), Change.left: (_l("落出名单"), "amber", "x-lg"),
    Change.raised: (_l("升等"), "pine", "check-circle"), Change.lowered: (_l("降等"), "amber", "exclamation-triangle"),
    Change.opened: (_l("因并列待定有变"), "sea", "hourglass-split"), Change.climbed: (_l("名次上升"), "", None),
    Change.fell: (_l("名次下降"), "", None), Change.same: (_l("不变"), "", None),
}
"""Change → its words, tone and icon."""


def figure(criterion: Criterion, value: Decimal | None) -> str:
    """A figure as people read it: money in 万元, others as they are."""
    if value is None:
        return _("没有")
    return wan(value) if criterion.unit == "元" else plain(value)


def unit(criterion: Criterion) -> str:
    return _("万元") if criterion.unit == "元" else criterion.unit


def full(obstacle: Obstacle) -> str:
    """The caps that had no room: 一等奖 3 名已满, or by name where it is not the grade's own places."""
    told = [_("%(n)s 名已满", n=cap.most) if cap.code.startswith(f"{PLACES}.")
            else _("“%(name)s”已满 %(n)s 名", name=cap.name, n=cap.most) for cap in obstacle.caps]
    return _("%(grade)s：%(why)s", grade=obstacle.grade.name, why=_("、").join(told))


def why(obstacles: Iterable[Obstacle], points: Decimal) -> list[str]:
    """What kept an entry out, grade by grade."""
    return [_("%(grade)s：%(points)s 分，没到分数线 %(cutoff)s 分", grade=one.grade.name, points=points,
              cutoff=plain(one.grade.cutoff)) if one.short else full(one) for one in obstacles]
