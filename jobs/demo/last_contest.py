"""Last year's 校企合作 contest in the demo city: one group published and paid, the other in its 公示 with objections."""

import datetime as dt
import functools
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.entries import edit_entry, open_entry
from contests.publication import payments
from contests.publication.objections import Filing, decide, file_objection
from contests.publication.opening import Approval, open_notice
from contests.publication.results import Draft, proposed, publish_result
from contests.publication.tax import BASES
from contests.scenarios.weihai_2020 import PLACES, REPORT, WEIGHTS
from contests.season_settings import open_season, settle
from contests.seasons import definition_of, unsaid
from contests.selection.ballot import Ballot, digest
from contests.selection.decision import decide as award
from contests.selection.decision import propose, ranking
from contests.selection.sealing import seal
from contests.submission import submit
from ingestion import demands
from jobs.demo import postings, stories
from jobs.demo.city import People
from jobs.demo.content import Content
from jobs.demo.contest_content import Contests
from jobs.demo.stories import CONTEST
from jobs.demo.timeline import Timeline
from models.after_award import Treatment
from models.base import CITY_TIME, today
from models.contests import Season
from models.publication import PublicNotice, ResultDocument
from settings import Settings

TRACKS = ("tech_challenge", "school_enterprise")
MINUTES = "威海市总工会党组会议纪要（虚构）"
EVENTS = (("introduce", 7, 10), ("expert", 7, 11), ("enterprise", 7, 12), ("visit", 7, 18), ("record", 8, 5),
          ("confirm", 8, 7), ("approve", 8, 12))
"""What happened between a demand and its verified contract, by month and day of the year."""
DOUBTS = ("有一份合同签订时他还没有到对接现场，请核对牵线的时间。", "促成的项目里有一份好像是另一位先联系的，请核实。")
PRIZES = ("8000", "5000")


class LastContest:
    """Its acts, by the day on which they happened. `year`: of its evidence; its review came in the year after."""

    def __init__(self, session: Session, settings: Settings, timeline: Timeline, people: People):
        self.session, self.settings, self.timeline, self.people = session, settings, timeline, people
        self.year = (timeline.day - dt.timedelta(days=60)).year - 1
        self.demands: dict = {}

    def on(self, month: int, day: int, at: str = "10:00") -> dt.datetime:
        return dt.datetime.combine(dt.date(self.year, month, day), dt.time.fromisoformat(at), CITY_TIME)

    def ago(self, month: int, day: int) -> int:
        return (self.timeline.day - dt.date(self.year, month, day)).days

    def day(self, ago: int) -> str:
        return (self.timeline.day - dt.timedelta(days=ago)).isoformat()

    @property
    def season(self) -> Season:
        return self.session.scalars(select(Season).where(Season.code == CONTEST, Season.year == self.year)).one()

    @property
    def clerk(self):
        return self.people.staff[0]

    @property
    def colleague(self):
        return self.people.staff[1]


def plan(session: Session, settings: Settings, timeline: Timeline, content: Content, people: People,
         told: Contests) -> None:
    """Plan the season from its opening to today."""
    run = LastContest(session, settings, timeline, people)
    timeline.add(run.on(6, 1), lambda: _open(run))
    names = {row["ref"]: row["name"] for row in content.organisations}
    for place, row in enumerate(told.collaborations):
        _collaborate(run, row, names, f"{9 + place:02d}:20")
    timeline.add(run.on(10, 1, "00:05"), functools.partial(demands.expire_due, session))
    timeline.add(run.on(10, 20), lambda: _settle(run))
    timeline.add(run.on(11, 5), lambda: _enter(run, told.collaborations))
    timeline.add(timeline.on(92), lambda: [seal(session, run.clerk, run.season, track, minutes=MINUTES,
                                                version=run.season.version) for track in TRACKS])
    timeline.add(timeline.on(61), lambda: _award(run, TRACKS[0]))
    timeline.add(timeline.on(60), lambda: _show(run, TRACKS[0]))
    timeline.add(timeline.on(45), lambda: _publish(run))
    timeline.add(timeline.on(40), lambda: _pay(run))
    timeline.add(timeline.on(5), lambda: _award(run, TRACKS[1]))
    timeline.add(timeline.on(3), lambda: _show(run, TRACKS[1]))
    timeline.add(timeline.on(2), lambda: _object(run))
    timeline.add(timeline.on(1), lambda: _answer(run))


def _collaborate(run: LastContest, row: dict, names: dict[str, str], at: str) -> None:
    """One demand from its posting to its verified contract, by the acts that everybody's goes through."""
    demand = row | {
        "status": "published", "posted_days_ago": run.ago(7, 1), "days_left": -run.ago(9, 30), "constraints": "",
        "tried": "", "targets": [{"what": what, "figure": figure, "measure": measure, "required": True}
                                 for what, figure, measure in row["targets"]],
        "budget_min": row["amount"] - 5, "budget_max": row["amount"] + 5, "cooperation_type": row["type"],
        "confidentiality": "public", "abstract": "", "offers": "", "ownership": "", "reason": ""}
    postings.post(run.session, run.timeline, run.people, run.demands, demand, at)
    paper = {"number": row["number"].format(year=run.year), "signed_days_ago": run.ago(8, 3),
             "party_a": names[row["enterprise"]], "party_b": names[row["university"]]} | {
        key: row[key] for key in ("name", "type", "amount", "expected_benefit", "subject")}
    story = stories.Story(run.session, run.settings, run.timeline, run.people, {
        "demand": row["ref"], "expert": row["expert"], "contract": paper, "events": []}, run.demands)
    for act, month, day in EVENTS:
        event = {"act": act, "by": row["broker"], "note": "两边看过现场和样件，指标谈妥",
                 "receipt": f"L-{row['ref'][5:]}"}
        if act in ("expert", "enterprise"):
            event |= {"act": "consent", "by": act, "broker": row["broker"]}
        if act in ("visit", "record", "confirm"):
            event["by"] = "expert" if act == "record" else "enterprise"
        if act == "approve":
            event["by"] = "shen-wangshu"
        run.timeline.add(run.on(month, day, at), functools.partial(stories.ACTS[event["act"]], story, event))


def _open(run: LastContest) -> None:
    """Unless the contracts of this year's stories, some of which were signed in that year, came first."""
    if run.session.scalar(select(Season.id).where(Season.code == CONTEST, Season.year == run.year)) is None:
        open_season(run.session, run.clerk, CONTEST, run.year)


def _settle(run: LastContest) -> None:
    days = {"review": (90, 62), "public_notice": (60, -40), "award": (-41, -90)}
    values: dict[str, object] = {"public_notice.days": 5}
    for setting in unsaid(definition_of(run.season)):
        place, *path = setting.key.split(".")
        if place == "phases":
            values[setting.key] = run.day(days[path[0]][path[1] == "ends"])
        elif path[-1] == "places":
            values[setting.key] = PLACES[path[-2]]
        elif path[-1] == "weight":
            values[setting.key] = WEIGHTS[path[0]][path[-2]]
        elif path[-1] == "basis":
            values[setting.key] = "expected"
    settle(run.session, run.clerk, run.season, values, source=MINUTES, version=run.season.version)


def _enter(run: LastContest, rows: list[dict]) -> None:
    """The experts in one group, the brokers with their report in the other."""
    for ref in dict.fromkeys(row["expert"] for row in rows):
        entry = open_entry(run.session, run.people.users[ref], run.season, TRACKS[0])
        submit(run.session, entry.user, entry, declared=True)
    for ref in dict.fromkeys(row["broker"] for row in rows):
        entry = open_entry(run.session, run.people.users[ref], run.season, TRACKS[1])
        edit_entry(run.session, entry.user, entry, phone=entry.phone, employer=entry.employer, summary=REPORT)
        submit(run.session, entry.user, entry, declared=True)


def _award(run: LastContest, track: str) -> None:
    _, selection = ranking(run.session, run.season, track, Ballot())
    award(run.session, run.colleague, propose(run.session, run.clerk, run.season, track, ballot=Ballot(),
                                              minutes=MINUTES, seen=digest(selection)))


def _show(run: LastContest, track: str) -> None:
    open_notice(run.session, run.clerk, run.season, Approval("市总工会党组会议", today(), MINUTES), track=track,
                calendar_checked=True)


def _notice(run: LastContest, track: str) -> PublicNotice:
    return run.session.scalars(select(PublicNotice).where(PublicNotice.season_id == run.season.id,
                                                          PublicNotice.track == track)).one()


def _publish(run: LastContest) -> None:
    notice = _notice(run, TRACKS[0])
    publish_result(run.session, run.colleague, notice, Draft(
        document_number=f"威工发〔{today().year}〕12号", addressees="各区市总工会、驻威各高校", dated=today(), **proposed(notice)))


def _pay(run: LastContest) -> None:
    """The tax is confirmed; the first two are paid, the others wait."""
    payments.confirm_treatment(run.session, run.colleague, run.season, Treatment.occasional,
                               basis=BASES[Treatment.occasional].articles, source="财务部门意见（虚构）")
    document = run.session.scalars(select(ResultDocument).join(PublicNotice).where(
        PublicNotice.season_id == run.season.id)).one()
    first = sorted(document.certificates, key=lambda one: one.line.position)[:len(PRIZES)]
    for certificate, gross in zip(first, PRIZES, strict=True):
        payments.pay(run.session, run.clerk, certificate, gross=Decimal(gross), paid_on=today(),
                     voucher=f"记-{certificate.line.position:03d}")


def _object(run: LastContest) -> None:
    """Two objections: one will be answered tomorrow, one waits."""
    notice = _notice(run, TRACKS[1])
    for line, text in zip(notice.lines, DOUBTS, strict=True):
        file_objection(run.session, notice, Filing("一位读者", "公示栏意见箱", text, line))


def _answer(run: LastContest) -> None:
    objection = _notice(run, TRACKS[1]).objections[0]
    decide(run.session, run.colleague, objection, upheld=False, version=objection.version,
           answer="查了平台上的牵线记录和双方同意的时间，都早于合同签订日，记录无误。")
