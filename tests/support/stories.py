"""Stories that several tests begin with: two sides in talks, a contract on paper, a contract both confirmed."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from engagements import contracts
from engagements.contract_terms import Terms
from models.accounts import Expert, User
from models.base import now, today
from models.contracts import Contract
from models.demands import CooperationType, Demand
from models.engagements import Engagement, Stage
from tests import factories


@dataclass
class Story:
    """The people and rows of one engagement."""

    firm: User
    expert: Expert
    demand: Demand
    engagement: Engagement

    @property
    def person(self) -> User:
        return self.expert.user


def talks(session: Session, stage: Stage = Stage.visit, days_ago: int = 20) -> Story:
    """Two sides who agreed to talk `days_ago` days ago over a demand published the day before."""
    firm = factories.contact(session)
    began = now() - dt.timedelta(days=days_ago)
    demand = factories.demand(session, firm, published_at=began - dt.timedelta(days=1))
    expert = factories.expert(session, joined_on=today() - dt.timedelta(days=100))
    demand.organisation.joined_on = today() - dt.timedelta(days=100)
    engagement = factories.engagement(session, demand, expert, stage, created_at=began, accepted_at=began)
    return Story(firm, expert, demand, engagement)


def terms(session: Session, story: Story, **changes) -> Terms:
    """What the paper says, signed three days ago."""
    written = Terms(
        contract_number="LG-JS-2026-014", name="碳纤维钓竿插接跳动控制", type=CooperationType.development,
        signed_on=today() - dt.timedelta(days=3), amount=Decimal(380000), expected_benefit=Decimal(1200000),
        party_a=story.demand.organisation.name, party_b=story.expert.organisation.name,
        scan_id=factories.stored_file(session, uploader=story.firm).id)
    return replace(written, **changes)


def recorded(session: Session, story: Story, **changes) -> Contract:
    """A contract the enterprise wrote down."""
    return contracts.record_contract(session, story.firm, story.engagement, terms(session, story, **changes))


def confirmed(session: Session, story: Story, **changes) -> Contract:
    """A contract both sides confirmed."""
    return contracts.confirm(session, story.person, recorded(session, story, **changes), revision=1)


def introduced(session: Session, story: Story, days_ago: int = 19):
    """A broker whose introduction both sides agreed to `days_ago` days ago."""
    broker = factories.broker(session, joined_on=today() - dt.timedelta(days=100))
    at = now() - dt.timedelta(days=days_ago)
    factories.introduction(session, story.engagement, broker, enterprise_consented_at=at, expert_consented_at=at)
    session.expire(story.engagement, ["introductions"])
    return broker
