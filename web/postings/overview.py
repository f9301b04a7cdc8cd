"""A demand laid out for its owner: what each step says, and the order of its states."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from ingestion.leak_check import REASON
from models import codes
from models.demands import Confidentiality, Demand, DemandStatus
from web.display import budget, day
from web.names import CONFIDENTIALITY, COOPERATION
from web.refusals import Refusal

STEP_OF = {"title": 1, "problem": 1, "industry_code": 1, "district_code": 1, "confidentiality": 3, "abstract": 3,
           "offers": 3, "ownership": 3}
"""Which step a field stands on; every other is on step 2."""
ACTIVE = (DemandStatus.returned, DemandStatus.draft, DemandStatus.submitted, DemandStatus.published,
          DemandStatus.taken, DemandStatus.expired, DemandStatus.closed, DemandStatus.withdrawn)
"""The order in which states are listed: what waits for the owner first."""


@dataclass(frozen=True)
class Part:
    """One line of the review: what it is, what stands there, and on which step it is changed."""

    label: str
    value: str
    step: int
    public: bool
    """Whether everybody sees it, or only those who may open the full text."""


def parts(demand: Demand) -> list[Part]:
    """Everything written, in form order, with who will see it."""
    full = demand.confidentiality is Confidentiality.public
    listed = demand.confidentiality is not Confidentiality.internal
    kind = COOPERATION[demand.cooperation_type] if demand.cooperation_type else _("还说不准")
    rows = [
        (_("标题"), demand.title, 1, listed), (_("难题"), demand.problem, 1, full),
        (_("所属行业"), codes.industry_name(demand.industry_code), 1, listed),
        (_("所在区市"), codes.division_name(demand.district_code), 1, listed),
        (_("现场条件"), demand.constraints, 2, full), (_("试过的办法"), demand.tried, 2, full),
        (_("愿意投入"), budget(demand.budget_min, demand.budget_max), 2, listed),
        (_("揭榜截止"), day(demand.deadline, year=True), 2, listed), (_("希望怎么合作"), str(kind), 2, listed),
        (_("谁能看全文"), str(CONFIDENTIALITY[demand.confidentiality]), 3, listed),
        (_("公开摘要"), "" if full else demand.abstract, 3, listed),
        (_("企业能提供"), demand.offers, 3, full), (_("成果归谁"), demand.ownership, 3, full),
    ]
    return [Part(*row) for row in rows]


def links(demand: Demand, refusal: Refusal) -> list[tuple[str, str]]:
    """(address, message) of each gap, leading to the field on its step."""
    return [("#" + name if name == REASON else step_of(demand, name), message) for name, message in refusal.problems]


def step_of(demand: Demand, name: str) -> str:
    """Where the field `name` is written."""
    return url_for("postings.edit", demand_id=demand.id, step=STEP_OF.get(name, 2)) + f"#{name}"


def in_order(counts: dict[DemandStatus, int]) -> list[tuple[DemandStatus, int]]:
    """The states that have any, in the order of what waits for the owner, with their numbers."""
    return [(state, counts[state]) for state in ACTIVE if state in counts]
