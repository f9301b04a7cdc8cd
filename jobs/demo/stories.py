"""The demo city's collaborations, act by act, through the operations that everybody uses."""

import datetime as dt
import functools
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagements import benefits, contracts, conversations, introductions, openings, shares, verification
from engagements.comparison import compare, doubtful
from engagements.contract_terms import Terms
from engagements.scan_text import read_scan
from ingestion import files
from jobs.demo import scans
from jobs.demo.city import People
from jobs.demo.content import Content
from jobs.demo.timeline import Timeline
from models.accounts import User
from models.contests import Season
from models.contracts import Contract
from models.demands import CooperationType, Demand
from models.engagements import EndCode, Engagement, Introduction, Stage
from models.files import StoredFile
from settings import Settings

CONTEST = "weihai-2020"
WAN = 10_000
OPINION = "对着纸质原件看过，和登记的一致"


@dataclass
class Story:
    """One pairing and the rows it has come to so far."""

    session: Session
    settings: Settings
    timeline: Timeline
    people: People
    row: dict
    demands: dict[str, Demand]
    scan: StoredFile | None = None

    @property
    def demand(self) -> Demand:
        return self.demands[self.row["demand"]]

    @property
    def expert(self):
        return self.people.experts[self.row["expert"]]

    @property
    def engagement(self) -> Engagement:
        return self.session.scalars(select(Engagement).where(
            Engagement.demand_id == self.demand.id, Engagement.expert_id == self.expert.id)).one()

    @property
    def contract(self) -> Contract:
        return contracts.contract_of(self.session, self.engagement)

    def actor(self, side: str) -> User:
        return self.demand.author if side == "enterprise" else self.expert.user

    def intro(self, broker: str) -> Introduction:
        wanted = self.people.brokers[broker].id
        return next(one for one in introductions.introductions_of(self.session, self.demand, self.expert)
                    if one.broker_id == wanted)


def plan(session: Session, settings: Settings, timeline: Timeline, content: Content, people: People,
         demands: dict[str, Demand]) -> None:
    """Plan every story: its acts, its messages, its reports of benefit, and the seasons that its contracts count in."""
    years = {timeline.day.year, *(_day(timeline, row["contract"]["signed_days_ago"]).year
                                  for row in content.stories if row["contract"])}
    timeline.add(timeline.on(310), lambda: _open_seasons(session, years))
    for row in content.stories:
        story = Story(session, settings, timeline, people, row, demands)
        for event in row["events"]:
            act = functools.partial(ACTS[event["act"]], story, event)
            timeline.add(timeline.on(event["days_ago"], event["at"]), act)
        for message in row["messages"]:
            say = functools.partial(_say, story, message)
            timeline.add(timeline.on(message["days_ago"], message["at"]), say)
        for report in row["benefits"]:
            timeline.add(timeline.on(report["days_ago"], "16:20"), functools.partial(_benefit, story, report))


def _open_seasons(session: Session, years: set[int]) -> None:
    open_already = set(session.scalars(select(Season.year).where(Season.code == CONTEST)))
    session.add_all(Season(code=CONTEST, year=year) for year in sorted(years - open_already))
    session.flush()


def _say(story: Story, message: dict) -> None:
    conversations.say(story.session, story.actor(message["side"]), story.engagement, message["text"])


def _introduce(story: Story, event: dict) -> None:
    broker = story.people.users[event["by"]]
    introductions.introduce(story.session, broker, story.demand, story.expert, event["note"])


def _consent(story: Story, event: dict) -> None:
    introductions.consent(story.session, story.actor(event["by"]), story.intro(event["broker"]))


def _take(story: Story, event: dict) -> None:
    openings.take_challenge(story.session, story.expert.user, story.demand, approach=event["approach"],
                            days=event["days"], questions=event["questions"])


def _invite(story: Story, event: dict) -> None:
    openings.invite(story.session, story.demand.author, story.demand, story.expert, event["note"])


def _accept(story: Story, event: dict) -> None:
    openings.accept(story.session, story.actor(event["by"]), story.engagement)


def _advance(story: Story, event: dict) -> None:
    conversations.advance(story.session, story.actor(event["by"]), story.engagement, Stage(event["act"]), event["note"])


def _end(story: Story, event: dict) -> None:
    conversations.end(story.session, story.actor(event["by"]), story.engagement, EndCode(event["code"]), event["note"])


def _record(story: Story, event: dict) -> None:
    """Write the contract down as first typed; its scan already says what the paper says after any correction."""
    actor = story.actor(event["by"])
    paper = story.row["contract"] | next((e["changes"] for e in story.row["events"] if e["act"] == "correct"), {})
    page = scans.contract(paper, _day(story.timeline, paper["signed_days_ago"]), story.demand)
    story.scan = files.store(story.session, story.settings, actor, f"{paper['name']}.pdf", page)
    contracts.record_contract(story.session, actor, story.engagement, _terms(story, story.row["contract"]))


def _correct(story: Story, event: dict) -> None:
    changed = story.row["contract"] | event["changes"]
    contracts.correct(story.session, story.actor(event["by"]), story.contract, _terms(story, changed), event["note"])


def _confirm(story: Story, event: dict) -> None:
    contracts.confirm(story.session, story.actor(event["by"]), story.contract, story.contract.revision.number)


def _propose(story: Story, event: dict) -> None:
    percents = {story.people.brokers[ref].id: percent for ref, percent in event["percents"].items()}
    shares.propose_shares(story.session, story.people.users[event["by"]], story.contract, percents)


def _agree(story: Story, event: dict) -> None:
    broker = story.people.brokers[event["by"]]
    percent = next(share.percent for share in story.contract.shares if share.broker_id == broker.id)
    shares.agree_shares(story.session, broker.user, story.contract, percent)


def _approve(story: Story, event: dict) -> None:
    with files.open_file(story.settings, story.scan) as file:
        rows = compare(story.contract, read_scan(file.read(), story.scan.media_type))
    verification.approve(
        story.session, story.people.users[event["by"]], story.contract.collaboration,
        revision=story.contract.revision.number, rows=rows, original_seen=True, receipt=event["receipt"],
        opinions={row.item: OPINION for row in doubtful(rows)})


def _return(story: Story, event: dict) -> None:
    verification.send_back(story.session, story.people.users[event["by"]], story.contract.collaboration,
                           revision=story.contract.revision.number, reason=event["reason"])


def _benefit(story: Story, report: dict) -> None:
    until = _day(story.timeline, report["until_days_ago"])
    page = scans.benefit(story.row["contract"], until, report["realised"])
    proof = files.store(story.session, story.settings, story.demand.author, "效益证明.pdf", page)
    benefits.report_benefit(story.session, story.demand.author, story.contract, realised=_yuan(report["realised"]),
                            until=until, proof_id=proof.id)


def _terms(story: Story, paper: dict) -> Terms:
    return Terms(paper["number"], paper["name"], CooperationType(paper["type"]),
                 _day(story.timeline, paper["signed_days_ago"]), _yuan(paper["amount"]),
                 _yuan(paper["expected_benefit"]), paper["party_a"], paper["party_b"], story.scan.id)


def _yuan(wan) -> Decimal:
    return Decimal(str(wan)) * WAN


def _day(timeline: Timeline, days_ago: int) -> dt.date:
    return timeline.day - dt.timedelta(days=days_ago)


ACTS = {
    "introduce": _introduce, "consent": _consent, "take": _take, "invite": _invite, "accept": _accept,
    "visit": _advance, "trial": _advance, "end": _end, "record": _record, "correct": _correct, "confirm": _confirm,
    "propose_shares": _propose, "agree_shares": _agree, "approve": _approve, "return": _return,
}
