"""What waits for a person, role by role, the most pressing first."""

import datetime as dt
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contests.publication import followups, objections
from engagements import claims, contracts, conversations, queue
from engagements.meetings.reading import unanswered
from engagements.parties import side_of
from ingestion import capabilities
from models.accounts import Admission, Broker, Expert, Role, RoleGrant, User
from models.awards import Award
from models.base import now
from models.contests import Entry, EntryStatus
from models.contracts import BrokerShare, Contract, ContractStatus
from models.demands import Demand, DemandStatus
from models.engagements import Engagement, Introduction, Side, Stage
from models.publication import Certificate, NoticeLine
from web.chrome import routed

NOW, SOON, WAITING = "now", "soon", "waiting"
"""It is the reader's turn; worth doing; somebody else's turn."""


MONTH = dt.timedelta(days=31)
OPEN = (DemandStatus.returned, DemandStatus.draft, DemandStatus.submitted)
"""States of a demand in which something is still to be done before it is posted."""


@dataclass(frozen=True)
class Task:
    """One line of the desk."""

    urgency: str
    text: str
    note: str
    url: str


def of(session: Session, person: User) -> list[Task]:
    """Every task of the person, the reader's turn first; within one urgency in order of the roles."""
    found: list[Task] = []
    if Role.enterprise in person.roles:
        found += _enterprise(session, person)
    if Role.expert in person.roles:
        found += _expert(session, person)
    if Role.broker in person.roles:
        found += _broker(session, person)
    if person.roles & {Role.staff, Role.admin}:
        found += _staff(session, person)
    found += _claims(session, person) + _meetings(session, person) + _certificates(session, person)
    return sorted(found, key=lambda task: (NOW, SOON, WAITING).index(task.urgency))


def _enterprise(session: Session, person: User) -> list[Task]:
    firm = person.organisation_for(Role.enterprise)
    demands = session.scalars(select(Demand).where(Demand.organisation_id == firm.id).order_by(Demand.updated_at)).all()
    found = [_demand(demand) for demand in demands if demand.status in OPEN]
    if not demands:
        found.append(Task(NOW, _("发布第一条需求"), _("把生产上的难题写出来，四步写完"), url_for("postings.new")))
    engagements = select(Engagement).join(Demand).where(Demand.organisation_id == firm.id)
    consents = select(Introduction).join(Demand).where(
        Demand.organisation_id == firm.id, Introduction.broker_id.is_not(None),
        Introduction.enterprise_consented_at.is_(None), Introduction.refused_at.is_(None))
    return found + _talks(session, person, engagements) + _consents(session, consents)


def _demand(demand: Demand) -> Task:
    urgency, text = {
        DemandStatus.returned: (NOW, _("补正退回的需求")), DemandStatus.draft: (SOON, _("写完草稿")),
        DemandStatus.submitted: (WAITING, _("等工会诊断")),
    }[demand.status]
    url = (url_for("demands.show", demand_id=demand.id) if urgency == WAITING
           else url_for("postings.edit", demand_id=demand.id, step=1))
    return Task(urgency, text, demand.title, url)


def _expert(session: Session, person: User) -> list[Task]:
    expert = session.scalars(select(Expert).where(Expert.user_id == person.id)).one()
    found = []
    if not capabilities.of_expert(session, expert):
        found.append(Task(NOW, _("登记第一条本领"), _("写清做成过什么、做到什么数，平台才能替您找需求"),
                          url_for("capabilities.new")))
    consents = select(Introduction).where(
        Introduction.expert_id == expert.id, Introduction.broker_id.is_not(None),
        Introduction.expert_consented_at.is_(None), Introduction.refused_at.is_(None))
    engagements = select(Engagement).where(Engagement.expert_id == expert.id)
    return found + _talks(session, person, engagements) + _consents(session, consents)


def _talks(session: Session, person: User, query) -> list[Task]:
    """Engagements and their contracts: whose turn it is."""
    found = []
    for engagement in session.scalars(query.where(Engagement.stage != Stage.ended).order_by(Engagement.updated_at)):
        side = side_of(person, engagement)
        task = _contract(contracts.contract_of(session, engagement), side) or _answer(engagement, side)
        if task is not None:
            found.append(task)
    return found


def _answer(engagement: Engagement, side: Side | None) -> Task | None:
    waits = conversations.waits_for(engagement)
    if waits is None:
        return None
    url = url_for("engagements.show", engagement_id=engagement.id)
    if waits is side:
        text = (_("%(name)s揭了榜，请您回应", name=engagement.expert.name) if side is Side.enterprise
                else _("有企业邀请您，请您回应"))
        return Task(NOW, text, engagement.demand.title, url)
    return Task(WAITING, _("等对方回应"), engagement.demand.title, url)


def _contract(contract: Contract | None, side: Side | None) -> Task | None:
    waits = contracts.waits_for(contract) if contract else None
    if waits is None:
        return None
    url = url_for("contracts.show", contract_id=contract.id)
    if waits is side:
        return Task(NOW, _("核对对方登记的合同"), contract.revision.name, url)
    return Task(WAITING, _("等对方核对合同"), contract.revision.name, url)


def _claims(session: Session, person: User) -> list[Task]:
    """What old sheets say of the person's collaborations and waits for them, in one line."""
    number = sum(one.confirmed_at(claims.side_in(person, one)) is None for one in claims.claims_of(session, person))
    return [Task(NOW, _("确认旧表里的对接"), _("%(n)s 次，有没有这回事", n=number),
                 url_for("engagements.mine", _anchor="claims"))] if number else []


def _meetings(session: Session, person: User) -> list[Task]:
    """Matching days to come on which the person has not said yet whether they come, a line a day."""
    return [Task(NOW, _("确认对接会的场次"), _("%(title)s，%(n)s 场没确认", title=activity.title, n=number),
                 url_for("events.show", activity_id=activity.id, _anchor="mine"))
            for activity, number in unanswered(session, person)]


def _certificates(session: Session, person: User) -> list[Task]:
    """Certificates a person holds, for a month after they were issued."""
    held = select(func.count()).select_from(Certificate).join(NoticeLine).join(Award).join(Entry)
    number = session.scalar(held.where(
        Entry.user_id == person.id, Certificate.revoked_at.is_(None), Certificate.issued_at > now() - MONTH)) or 0
    return [Task(SOON, _("下载获奖证书"), _("%(n)s 份", n=number), url_for("certificates.mine"))] if number else []


def _consents(session: Session, query) -> list[Task]:
    return [Task(NOW, _("%(broker)s为您牵线，请您回应", broker=intro.broker.name), intro.demand.title,
                 url_for("intros.show", intro_id=intro.id)) for intro in session.scalars(query)]


def _broker(session: Session, person: User) -> list[Task]:
    broker = session.scalars(select(Broker).where(Broker.user_id == person.id)).one()
    waiting = session.scalar(select(func.count()).select_from(Introduction).where(
        Introduction.broker_id.is_(None), Introduction.refused_at.is_(None)))
    unagreed = session.scalars(select(BrokerShare).join(Contract).where(
        BrokerShare.broker_id == broker.id, BrokerShare.agreed_at.is_(None), Contract.status == ContractStatus.agreed))
    found = [Task(NOW, _("商定牵线份额"), share.contract.revision.name,
                  url_for("contracts.show", contract_id=share.contract_id)) for share in unagreed]
    if waiting:
        found.append(Task(SOON, _("%(n)s 家在等人牵线", n=waiting), _("接下来，约两边见面"), url_for("intros.board")))
    return found


def _staff(session: Session, person: User) -> list[Task]:
    counts = (
        (queue.waiting_count(session), _("件合作等核验"), "verification.queue"),
        (_count(session, select(Demand).where(Demand.status == DemandStatus.submitted)), _("条需求等诊断"),
         "diagnosis.queue"),
        (_count(session, select(RoleGrant).where(RoleGrant.status == Admission.applied)), _("份入驻等核对"),
         "members.queue"),
        (_count(session, select(Entry).where(Entry.status == EntryStatus.submitted, Entry.paper_received_on.is_(None))),
         _("份报名没收到纸质材料"), "seasons.list"),
        (objections.waiting(session), _("条异议等答复"), "objections.queue"),
        (followups.due(session), _("项获奖效益到期该看"), "seasons.list"),
    )
    return [Task(NOW, f"{number} {text}", "", url_for(endpoint)) for number, text, endpoint in counts
            if number and routed(endpoint)]


def _count(session: Session, query) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0
