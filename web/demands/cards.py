"""A demand as the card that lists it: only what the public may read."""

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from engagements.disclosure import CONFIDENTIAL
from models.base import today
from models.demands import Confidentiality, Demand, DemandStatus
from web import names
from web.chrome import SOON
from web.display import budget

SECRET = CONFIDENTIAL | {Confidentiality.internal}


@dataclass(frozen=True)
class Card:
    """What macros/demands.html draws."""

    url: str
    title: str
    tags: list[tuple[str, str, str | None]]
    targets: list[tuple[str, str]]
    company: str
    district: str
    budget: str
    deadline: date | None
    state: str
    why: str = ""
    note: str = ""


def card(demand: Demand, why: str = "") -> Card:
    return Card(url=url_for("demands.show", demand_id=demand.id), title=demand.title, tags=_tags(demand),
                targets=[(target.what, target.figure) for target in demand.targets], company=company(demand),
                district=names.district(demand.district_code), budget=budget(demand.budget_min, demand.budget_max),
                deadline=demand.deadline, state=state(demand), why=why, note=_note(demand))


def state(demand: Demand) -> str:
    """open (may be taken), taken (somebody did) or closed: what the corner, the stamp and the tag all say."""
    if demand.status in (DemandStatus.taken, DemandStatus.closed):
        return "taken"
    over = demand.deadline is not None and demand.deadline < today()
    return "open" if demand.status is DemandStatus.published and not over else "closed"


def company(demand: Demand) -> str:
    """The enterprise's short name, or its trade alone where the demand is confidential."""
    if demand.confidentiality in SECRET:
        trade = names.industry(demand.industry_code)
        return _("%(trade)s企业（匿名）", trade=trade) if trade else _("匿名企业")
    return demand.organisation.display_name if demand.organisation else ""


def _tags(demand: Demand) -> list[tuple[str, str, str | None]]:
    tags: list[tuple[str, str, str | None]] = []
    if trade := names.industry(demand.industry_code):
        tags.append((trade, "ink", None))
    if demand.cooperation_type:
        tags.append((names.COOPERATION[demand.cooperation_type], "", None))
    if demand.confidentiality in SECRET:
        tags.append((names.CONFIDENTIALITY[demand.confidentiality], "outline", "lock"))
    if state(demand) == "open" and demand.deadline and (demand.deadline - today()).days < SOON:
        tags.append((_("快到期"), "seal", "clock"))
    return tags


def _note(demand: Demand) -> str:
    if demand.status is DemandStatus.taken:
        return _("合同已登记，不再接受揭榜")
    return _("合作已核验完成") if demand.status is DemandStatus.closed else ""
