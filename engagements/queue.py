"""The staff queue: collaborations that wait for verification, the longest waiting first."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from contests.publication.calendar import exceptions
from contests.publication.working_days import Exceptions
from engagements.days import add_working_days, working_days_between
from engagements.parties import belongs_to
from models.accounts import User
from models.base import city_day, today
from models.contracts import BrokerShare, Collaboration, CollaborationStatus, Contract, Finding, Verification
from models.demands import Demand
from models.engagements import Engagement

PROMISE = 5
"""Working days within which the union promises to verify."""


_CONTRACT = selectinload(Collaboration.contract)
_ENGAGEMENT = _CONTRACT.selectinload(Contract.engagement)
_WHOLE = (
    selectinload(Collaboration.verifications),
    _CONTRACT.selectinload(Contract.revisions),
    _CONTRACT.selectinload(Contract.shares).selectinload(BrokerShare.broker),
    _ENGAGEMENT.selectinload(Engagement.demand).selectinload(Demand.organisation),
    _ENGAGEMENT.selectinload(Engagement.expert),
)
"""Everything a line of the queue shows and the bar looks at, in a fixed number of queries."""


@dataclass(frozen=True)
class Waiting:
    """One item of the queue. `waited` counts working days after the day it came in; `due` is the last promised day."""

    collaboration: Collaboration
    came_on: dt.date
    waited: int
    due: dt.date

    @property
    def late(self) -> int:
        """Working days over the promise; 0 within it."""
        return max(0, self.waited - PROMISE)

    @property
    def due_today(self) -> bool:
        return self.waited == PROMISE


def waiting(session: Session, verifier: User) -> list[Waiting]:
    """What this person may verify, oldest first: not what they are barred from, recused from or passed on."""
    found = session.scalars(select(Collaboration).where(Collaboration.status == CollaborationStatus.confirmed)
                            .options(*_WHOLE).order_by(Collaboration.queued_at, Collaboration.id))
    entered = exceptions(session)
    return [wait_of(one, entered) for one in found if bar(verifier, one) is None]


def wait_of(collaboration: Collaboration, entered: Exceptions) -> Waiting:
    """`entered`: the days that staff entered in the table of holidays."""
    came = city_day(collaboration.queued_at)
    return Waiting(collaboration, came, working_days_between(came, today(), entered),
                   add_working_days(came, PROMISE, entered))


def waiting_count(session: Session) -> int:
    """How many collaborations wait, whoever may verify them."""
    return session.scalar(select(func.count()).select_from(Collaboration)
                          .where(Collaboration.status == CollaborationStatus.confirmed)) or 0


def bar(verifier: User, collaboration: Collaboration) -> str | None:
    """Why this person may not verify it, in Chinese; None where they may."""
    engagement = collaboration.contract.engagement
    people = {engagement.expert.user_id, *(share.broker.user_id for share in collaboration.contract.shares)}
    if verifier.id in people:
        return "您是这次合作的一方，不能核验"
    if any(belongs_to(verifier, organisation) for organisation in
           (engagement.demand.organisation_id, engagement.expert.organisation_id)):
        return "您和其中一方是同一个单位，不能核验"
    acts = _since_queued(collaboration, verifier.id)
    if any(act.finding is Finding.recused for act in collaboration.verifications if act.verifier_id == verifier.id):
        return "您已回避这一件"
    if acts and acts[-1].finding is Finding.second_opinion:
        return "您已请另一人复核，由别人来核"
    return None


def _since_queued(collaboration: Collaboration, verifier_id: uuid.UUID) -> list[Verification]:
    return [act for act in collaboration.verifications
            if act.verifier_id == verifier_id and act.at >= collaboration.queued_at]
