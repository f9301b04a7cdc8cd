"""A city where it is known which experts are taken: demands, capabilities and collaborations over some months."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from matching.encoders.embedding import load_encoder
from matching.vectors import index_postings
from models.accounts import Expert, OrganisationKind, User
from models.demands import Demand, DemandStatus
from models.engagements import Stage
from models.index import PostingKind
from tests import factories

FIELDS = ("碳纤维钓竿插接", "海参苗种培育", "锂电池极片涂布", "渔网编织", "轮胎硫化", "花生榨油")
WAYS = ("质量不稳激光检测", "手工分拣")
"""The first repeats the demands' words, so that the plain ranking puts it first."""
BEGIN = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)


@dataclass
class City:
    """`experts`: field → way → experts who work that way."""

    session: Session
    author: User
    experts: dict[str, dict[str, list[Expert]]] = field(default_factory=dict)
    demands: list[Demand] = field(default_factory=list)
    capabilities: list[uuid.UUID] = field(default_factory=list)

    def post(self, about: str, number: int) -> Demand:
        """A demand of one field; every one words it a little differently, none says which way."""
        demand = factories.demand(self.session, self.author, targets=(), title=f"{about}质量不稳第{number}线",
                                  problem=f"{about}第 {number} 线的质量时好时坏，要查清原因。")
        self.demands.append(demand)
        return demand

    def collaborate(self, demand: Demand, expert: Expert, at: dt.datetime) -> None:
        engaged = factories.engagement(self.session, demand, expert, Stage.contract, created_at=at - dt.timedelta(9))
        agreed = factories.contract(self.session, engaged)
        factories.collaboration(self.session, agreed, confirmed_at=at)
        demand.status = DemandStatus.taken

    def index(self) -> None:
        encoder = load_encoder(light=True)
        index_postings(self.session, encoder, PostingKind.demand, [demand.id for demand in self.demands])
        index_postings(self.session, encoder, PostingKind.capability, self.capabilities)


def build(session: Session, partner: Callable[[City, str, int], Expert], demands: int = 72, people: int = 3) -> City:
    """`demands` collaborations, a day apart, each with whom `partner` picks; indexed."""
    city = City(session, factories.contact(session))
    school = factories.organisation(session, OrganisationKind.university)
    for about in FIELDS:
        for way in WAYS:
            for number in range(people):
                expert = factories.expert(session, school)
                city.experts.setdefault(about, {}).setdefault(way, []).append(expert)
                summary = f"用{way}的办法稳住{about}的质量，做过 {number + 2} 条线。"
                city.capabilities.append(
                    factories.capability(session, expert, (), title=f"{about}{way}", summary=summary).id)
    for number in range(demands):
        about = FIELDS[number % len(FIELDS)]
        city.collaborate(city.post(about, number), partner(city, about, number), BEGIN + dt.timedelta(days=number))
    session.flush()
    city.index()
    return city

