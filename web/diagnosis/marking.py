"""A submitted demand as staff read it: the stretches to look at marked, the gaps beside the text."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from ingestion import hints, leak_check
from ingestion.demand_forms import TargetRow
from ingestion.hints import Hint
from ingestion.leaks import contacts
from models.base import today
from models.demands import Demand
from web import leaks
from web.leaks import Advice, Stretch


@dataclass(frozen=True)
class Marked:
    """The texts cut into stretches, and the remarks on the whole. `public` is empty where nothing is sealed.

    `unsettled`: marks that nobody gave a reason for, so that posting asks for one.
    """

    problem: list[Stretch]
    public: dict[str, list[Stretch]]
    leaks: list[Advice]
    unsettled: bool
    gaps: list[Hint]
    good: list[Hint]


def mark(session: Session, demand: Demand) -> Marked:
    rows = [TargetRow.of(target) for target in demand.targets]
    remarks = [*hints.on_problem(demand.title, demand.problem), *hints.on_targets(rows, demand.deadline, today(), True)]
    found = leak_check.find(session, demand)
    unsettled = [one for one in found if one.open]
    if unsettled:
        remarks.append(Hint(False, _("公开的文字里有 %(n)s 处可能让人认出是谁", n=len(unsettled)), "abstract"))
    return Marked(leaks.cut(demand.problem, contacts(demand.problem)), leaks.marked(demand, found), leaks.advice(found),
                  any(not one.leak.blocking for one in unsettled),
                  [one for one in remarks if not one.good], [one for one in remarks if one.good])
