"""How much of a demand a person sees: the one place that decides it, for pages, API and exports alike.

Public demands are open. Of a confidential one (`summary`, `nda`) the title, the targets' figures and the checked
abstract are shown; who posted it and the full text open to an expert only after they engaged, by an act that is logged.
An `internal` one is not known to exist outside its enterprise, its engagements and staff; a draft is its
enterprise's alone.
"""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engagements.parties import acts_for
from models.accounts import Broker, Expert, Role, User
from models.audit import record
from models.base import now
from models.demands import Confidentiality, Demand, DemandStatus, DisclosureLog
from models.engagements import Engagement, Introduction, Stage
from models.errors import Forbidden, Invalid, NotFound

LISTED = frozenset({DemandStatus.published, DemandStatus.taken, DemandStatus.expired, DemandStatus.closed})
"""States in which others may know of a demand."""
CONFIDENTIAL = frozenset({Confidentiality.summary, Confidentiality.nda})


@dataclass(frozen=True)
class Disclosure:
    """`full`: everything may be shown. Else only the abstract; `may_open` says a logged act would open the rest."""

    full: bool
    owner: bool = False
    may_open: bool = False


def disclosure_of(session: Session, user: User | None, demand: Demand) -> Disclosure:
    """What `user` (None: a visitor) may see of `demand`. NotFound where they may not know that it exists."""
    owner = user is not None and acts_for(user, demand.organisation_id)
    handed_in = demand.status is not DemandStatus.draft
    if owner or is_staff(user) and handed_in:
        return Disclosure(full=True, owner=owner)
    engaged = user is not None and _engaged(session, user, demand)
    if demand.status not in LISTED and not engaged:
        raise NotFound("没有找到这条需求")
    if demand.confidentiality is Confidentiality.public:
        return Disclosure(full=True)
    if demand.confidentiality is Confidentiality.internal and not engaged:
        raise NotFound("没有找到这条需求")
    return Disclosure(full=engaged and has_opened(session, user, demand), may_open=engaged)


def open_full_text(session: Session, actor: User, demand: Demand, promised: bool) -> DisclosureLog:
    """The actor opens the full text, promising to keep it; the enterprise sees who did. Flushes; once is enough."""
    if not disclosure_of(session, actor, demand).may_open:
        raise Forbidden("企业同意和您见面后，才能打开全文")
    if not promised:
        raise Invalid("先勾选保密承诺，再打开全文", field="promise")
    found = session.scalar(_opened(actor, demand))
    if found is None:
        found = DisclosureLog(demand_id=demand.id, user_id=actor.id, at=now())
        session.add(found)
        session.flush()
        record(session, actor, "demand.opened", demand)
    return found


def openings_of(session: Session, demand: Demand) -> list[DisclosureLog]:
    """Who opened the full text, latest first: the enterprise's to read."""
    return list(session.scalars(select(DisclosureLog).where(DisclosureLog.demand_id == demand.id)
                                .order_by(DisclosureLog.at.desc())))


def is_staff(user: User | None) -> bool:
    return user is not None and bool(user.roles & {Role.staff, Role.admin})


def has_opened(session: Session, user: User, demand: Demand) -> bool:
    return session.scalar(_opened(user, demand)) is not None


def _opened(user: User, demand: Demand):
    return select(DisclosureLog).where(DisclosureLog.demand_id == demand.id, DisclosureLog.user_id == user.id)


def _engaged(session: Session, user: User, demand: Demand) -> bool:
    """Whether the person is the expert, or an agreed broker, of a live engagement on the demand.

    A `summary` demand opens as soon as the expert takes it; the others once the enterprise has agreed to talk.
    """
    on_demand = [Engagement.demand_id == demand.id, Engagement.stage != Stage.ended]
    if demand.confidentiality is not Confidentiality.summary:
        on_demand.append(Engagement.accepted_at.is_not(None))
    as_expert = exists().where(*on_demand, Engagement.expert_id == Expert.id, Expert.user_id == user.id)
    as_broker = exists().where(*on_demand, Introduction.engagement_id == Engagement.id,
                               Introduction.broker_id == Broker.id, Broker.user_id == user.id)
    return bool(session.scalar(select(as_expert | as_broker)))
