"""The figures at the top of a desk: how much of what is under way, each opening its list."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models.accounts import Expert, Role, User
from models.capabilities import Capability, CapabilityStatus
from models.contracts import Contract, ContractStatus
from models.demands import Demand, DemandStatus
from models.engagements import Engagement, Stage


def of(session: Session, person: User) -> list[dict]:
    """Items for the stats macro, for an enterprise or an expert; none for whoever is neither."""
    if Role.enterprise in person.roles:
        firm = person.organisation_for(Role.enterprise)
        return [_posted(session, firm.id), *_talks(session, Demand.organisation_id == firm.id)]
    if Role.expert in person.roles:
        return [_capabilities(session, person), *_talks(session, Expert.user_id == person.id)]
    return []


def _posted(session: Session, firm_id) -> dict:
    number = _count(session, select(Demand.id).where(Demand.organisation_id == firm_id,
                                                     Demand.status == DemandStatus.published))
    return _item(_("张榜中的需求"), number, _("条"), url_for("postings.mine", state=DemandStatus.published))


def _capabilities(session: Session, person: User) -> dict:
    number = _count(session, select(Capability.id).join(Expert).where(
        Expert.user_id == person.id, Capability.status == CapabilityStatus.published))
    return _item(_("公开的本领"), number, _("条"), url_for("capabilities.mine"))


def _talks(session: Session, mine: ColumnElement[bool]) -> list[dict]:
    pairs = select(Engagement.id).join(Demand).join(Expert, Expert.id == Engagement.expert_id).where(mine)
    signed = select(Contract.id).where(Contract.engagement_id.in_(pairs), Contract.status == ContractStatus.confirmed)
    going = pairs.where(Engagement.stage != Stage.ended)
    return [_item(_("正在对接"), _count(session, going), _("次"), url_for("engagements.mine")),
            _item(_("双方确认的合同"), _count(session, signed), _("份"), url_for("contracts.mine"))]


def _item(label: str, value: int, unit: str, url: str) -> dict:
    return {"label": label, "value": value, "unit": unit, "note": _("看明细") if value else "", "url": url}


def _count(session: Session, query) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0
