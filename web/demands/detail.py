"""What one demand's page shows to whom."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from engagements.disclosure import Disclosure, openings_of
from ingestion.demands import EDITABLE
from ingestion.sameness.clusters import together_with
from models.accounts import Expert, Role, User
from models.demands import Demand, DemandStatus, Follow
from models.engagements import Engagement, Stage
from web import names
from web.demands import cards, listing, suggestions
from web.display import day
from web.identity import user
from web.sessions import db

SIMILAR = 3


@dataclass(frozen=True)
class Step:
    """One step of the demand's way, as macros/process.html draws it."""

    state: str
    title: str
    note: str = ""


def page(demand: Demand, disclosure: Disclosure) -> dict:
    """Everything demands/show.html needs."""
    person = user()
    expert = _expert(person)
    state = cards.state(demand)
    shown = {
        "demand": demand, "disclosure": disclosure, "state": state, "company": _company(demand, disclosure),
        "tags": cards.card(demand).tags, "takers": takers(demand), "steps": steps(demand, state),
        "conditions": conditions(demand, disclosure), "expert": expert,
        "engagement": _engagement(demand, expert), "followed": _followed(demand, person),
        "similar": [cards.card(row) for row in _similar(demand)] if state != "open" else [],
        "together": together_with(db(), demand) if state == "open" else [],
        "take_url": take_url(demand), "edit_url": edit_url(demand, disclosure),
        "openings": openings_of(db(), demand) if disclosure.owner else [], "dismissals": names.DISMISSAL,
    }
    return shown | suggestions.for_page(demand, disclosure, expert, state)


def take_url(demand: Demand) -> str:
    """Where 揭榜 leads; a visitor is asked to log in there."""
    return url_for("engagements.take", demand_id=demand.id)


def edit_url(demand: Demand, disclosure: Disclosure) -> str | None:
    """Where its owner changes it; None where it is past changing."""
    editable = disclosure.owner and demand.status in EDITABLE
    return url_for("postings.edit", demand_id=demand.id, step=1) if editable else None


def takers(demand: Demand) -> int:
    """How many experts are in talks about it or have asked to be."""
    return db().scalar(select(func.count()).select_from(Engagement)
                       .where(Engagement.demand_id == demand.id, Engagement.stage != Stage.ended))


def steps(demand: Demand, state: str) -> list[Step]:
    """张榜 → 诊断 → 揭榜 → 见面 → 签约 → 核验, with what is done, what is now and what comes."""
    stages = set(db().scalars(select(Engagement.stage).where(Engagement.demand_id == demand.id)))
    met = bool(stages & {Stage.visit, Stage.trial, Stage.contract})
    signed = demand.status in (DemandStatus.taken, DemandStatus.closed)
    posted = demand.submitted_at or demand.published_at  # an imported demand was never handed in
    reached = [posted is not None, demand.published_at is not None, bool(stages) or signed,
               met or signed, signed, demand.status is DemandStatus.closed]
    number = takers(demand)
    deadline = _("到 %(day)s", day=day(demand.deadline)) if demand.deadline and state == "open" else ""
    waiting = _("已有 %(n)s 人", n=number) if number else ""
    words = [
        (_("提交"), day(posted)), (_("工会诊断后张榜"), day(demand.published_at)),
        (_("等人揭榜"), "　".join(filter(None, (deadline, waiting)))), (_("见面"), _("企业选人后约时间")),
        (_("签约、登记合同"), _("双方各自登记")), (_("核验，成为参赛材料"), _("带原件到工会窗口")),
    ]
    current = next((index for index, done in enumerate(reached) if not done), len(reached))
    if current == 3 and state == "open":
        current = 2  # somebody took it, and it is still open to others
    return [Step("done" if index < current else "now" if index == current else "next", title, note)
            for index, (title, note) in enumerate(words)]


def conditions(demand: Demand, disclosure: Disclosure) -> list[tuple[str, str]]:
    rows = [(_("合作方式"), str(names.COOPERATION.get(demand.cooperation_type, "")))]
    if disclosure.full:
        rows += [(_("成果归属"), demand.ownership), (_("企业能提供"), demand.offers)]
    return [*rows, (_("公开范围"), str(names.CONFIDENTIALITY[demand.confidentiality]))]


def _company(demand: Demand, disclosure: Disclosure) -> str:
    if disclosure.full and demand.organisation:
        return demand.organisation.display_name
    return cards.company(demand)


def _expert(person: User | None) -> Expert | None:
    if person is None or Role.expert not in person.roles:
        return None
    return db().scalar(select(Expert).where(Expert.user_id == person.id))


def _engagement(demand: Demand, expert: Expert | None) -> Engagement | None:
    if expert is None:
        return None
    return db().scalar(select(Engagement).where(Engagement.demand_id == demand.id, Engagement.expert_id == expert.id))


def _followed(demand: Demand, person: User | None) -> bool:
    return person is not None and db().get(Follow, (person.id, demand.id)) is not None


def _similar(demand: Demand) -> list[Demand]:
    """Open demands of the same trade, the nearest last day first: what to look at instead."""
    return list(db().scalars(
        select(Demand).where(listing.listed(), listing.still_open(), Demand.id != demand.id,
                             listing.DIVISION.in_([demand.industry_code[:3]]))
        .order_by(Demand.deadline.is_(None), Demand.deadline, Demand.id).limit(SIMILAR)))
