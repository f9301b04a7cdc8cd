"""A small city with one of everything, so that each route that takes an id can be asked for a real record.

`firm`, `expert` and `broker` share the records; the others hold the same roles elsewhere. CANARY stands in every field
that only those entitled may read.
"""

import datetime as dt
import pathlib
import uuid
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from contests.entries import attach_material, open_entry
from contests.group_entries import enter_group
from contests.lifecycles.acts import Act, open_case
from contests.lifecycles.births import Subject
from contests.lifecycles.offices import give_office
from engagements import contracts
from engagements.activities import sign_up
from engagements.introductions import introduce, request_broker
from ingestion.files import keep, store
from ingestion.interests import declare
from ingestion.sameness.clusters import group
from ingestion.sheets import batches
from ingestion.sheets.seen import owners_of
from ingestion.sources.watching import SourceForm, watch
from jobs.drafts.notices import bring_in
from ledger import log
from ledger.signer import Signer
from matching.thesaurus.edits import Draft, add_group
from matching.thesaurus.table import shipped_id
from matching.thesaurus.thesaurus import GroupKind
from models.accounts import Admission, Expert, Role, RoleGrant, User
from models.activities import Activity, ActivityKind
from models.after_award import FollowUp, Nomination, ServiceTicket
from models.audit import notify
from models.base import now, today
from models.claims import ClaimedEngagement
from models.contests import Entry, Evidence, Season
from models.demands import Confidentiality, Demand, DemandAttachment, DemandEvent, DemandStatus
from models.engagements import Message, Opening, Stage
from models.meetings import DayDemand, DayExpert, MatchingDay, Meeting, MeetingPlan, PlanState
from models.publication import CalendarDay, DayKind, ObjectionFile
from models.reviews import (
    Committee,
    CommitteeMember,
    CommitteeMinutes,
    LiveTurn,
    ReviewRound,
    ReviewSheet,
    RoundMode,
    RoundState,
)
from models.sheets import BatchState, SheetKind, SheetProblem
from models.sources import SourceEntry
from settings import Settings
from tests import factories
from tests.support import awarding, stories

PDF = (pathlib.Path(__file__).parents[1] / "functional" / "one_page.pdf").read_bytes()
CANARY = "鹦鹉螺密语"
WRITTEN = ("problem", "constraints", "tried", "offers", "ownership")

NOTICE = """关于举办海岬市职工金点子擂台赛的通知
海工发〔2026〕9号
各区县总工会：
现将有关事项通知如下：
一、参赛对象。全市职工个人均可参赛。
二、时间安排。报名时间为2026年3月1日至3月31日。
三、奖项设置。设一等奖3名，奖金1000元。
海岬市总工会
2026年2月1日
"""


@dataclass
class World:
    """`people`: name → User, `None` for a visitor. `ids`: name of a record → what its address carries."""

    people: dict[str, User | None]
    ids: dict[str, object] = field(default_factory=dict)
    sealed: dict[str, Demand] = field(default_factory=dict)


def build(session: Session, settings: Settings) -> World:
    """Everything, flushed. Needs the clock at a day on which registration is open."""
    season = factories.add(session, Season(code="weihai-2020", year=2026))
    story = stories.talks(session)
    broker = stories.introduced(session, story)
    scan = store(session, settings, story.firm, "scan.pdf", PDF)
    done = stories.confirmed(session, story, scan_id=scan.id)
    people = {
        "visitor": None, "nobody": factories.user(session), "firm": story.firm, "expert": story.person,
        "broker": broker.user, "rival_firm": factories.contact(session), "rival_expert": factories.expert(session).user,
        "rival_broker": factories.broker(session).user, "staff": factories.staff(session),
        "admin": factories.member(session, Role.admin),
        "reviewer": factories.member(session, Role.reviewer),
        "rival_reviewer": factories.member(session, Role.reviewer)}
    world = World(people)
    entry = open_entry(session, story.person, season, "tech_challenge")
    proof = store(session, settings, story.person, "proof.pdf", PDF)
    attach_material(session, story.person, entry, "form", proof)
    session.commit()
    signed = log.sign_checkpoint(session, Signer.open(settings.keys_folder))
    evidence = session.query(Evidence).filter_by(claimant_id=story.person.id).one()
    world.ids |= {
        "season": season.id, "engagement": story.engagement.id, "contract": done.id, "scan": scan.id, "entry": entry.id,
        "collaboration": done.collaboration.id, "evidence": evidence.id, "index": done.collaboration.ledger_index,
        "material": "form", "track": "tech_challenge", "expert_profile": story.expert.id, "size": signed.size}
    _add_drafts(session, settings, world, story)
    _add_sealed(session, settings, world, story, broker)
    _add_offices(session, world)
    _add_sheet(session, settings, world)
    _add_case(session, world, story)
    _add_notices(session, settings, world, scan)
    _add_reviews(session, world, season)
    _add_team(session, world)
    session.flush()
    return world


def _add_team(session: Session, world: World) -> None:
    """A contest that teams enter, with a team begun by the expert."""
    contest = factories.add(session, Season(code="smeie-2023", year=today().year))
    team = enter_group(session, world.people["expert"], contest, "robot", name="云梯队")
    world.ids |= {"team_contest": contest.id, "robot": "robot", "team": team.id}


def _add_drafts(session: Session, settings: Settings, world: World, story: stories.Story) -> None:
    """A demand being written, one that waits for staff, a fresh engagement and an unconfirmed contract."""
    file = store(session, settings, story.firm, "drawing.pdf", PDF)
    for name, status in (("draft", DemandStatus.draft), ("submitted", DemandStatus.submitted)):
        demand = factories.demand(session, story.firm, status=status, published_at=None, title=f"{CANARY}{name}")
        demand.attachments.append(DemandAttachment(file=file))
        demand.events.append(DemandEvent(status=status, actor_id=story.firm.id, reason=CANARY))
        world.ids[name] = demand.id
    world.ids["file"] = file.id
    other = factories.demand(session, story.firm)
    asked = factories.engagement(session, other, story.expert, accepted_at=None)
    world.ids |= {"open": factories.demand(session, story.firm).id, "asked": asked.id}
    world.ids["old_record"] = factories.add(session, ClaimedEngagement(
        demand=factories.demand(session, story.firm), expert=story.expert, opening=Opening.interest,
        stage=Stage.contract, began_on=today(), changed_on=today())).id
    paper = stories.talks(session)
    paper.demand.organisation, paper.demand.author = story.demand.organisation, story.firm
    paper.engagement.expert = story.expert
    session.flush()
    terms = stories.terms(session, stories.Story(story.firm, story.expert, paper.demand, paper.engagement),
                          contract_number="LG-2", scan_id=store(session, settings, story.firm, "b.pdf", PDF + b"\n").id)
    world.ids["recorded"] = contracts.record_contract(session, story.firm, paper.engagement, terms).id


def _add_sealed(session: Session, settings: Settings, world: World, story: stories.Story, broker) -> None:
    """One demand of each confidential kind with CANARY in every sealed field, talked about by the expert only."""
    hidden_firm = factories.organisation(session, name=f"{CANARY}机械有限公司", short_name=f"{CANARY}机械")
    factories.grant(session, story.firm, Role.enterprise, hidden_firm)
    for kind in (Confidentiality.summary, Confidentiality.nda, Confidentiality.internal):
        file = store(session, settings, story.firm, f"{CANARY}{kind}.pdf", PDF + kind.encode())
        written = {name: f"{CANARY}{kind.name}{name}。" * 3 for name in WRITTEN}
        hidden = CANARY if kind is Confidentiality.internal else "公开的题目"
        demand = factories.demand(
            session, story.firm, organisation=hidden_firm, confidentiality=kind, title=f"{hidden}{kind.name}",
            abstract="公开的摘要",
            targets=(("跳动量", "≤0.03 mm", f"{CANARY}measure", True),), **written)
        demand.attachments.append(DemandAttachment(file=file))
        demand.events.append(DemandEvent(status=demand.status, actor_id=story.firm.id, reason=f"{CANARY}reason"))
        world.sealed[kind.name] = demand
        world.ids |= {kind.name: demand.id, f"{kind.name}_file": file.id}
    demand = world.sealed["nda"]
    engaged = factories.engagement(session, demand, story.expert, approach=f"{CANARY}approach",
                                   questions=f"{CANARY}questions")
    session.add(Message(engagement_id=engaged.id, author_id=story.firm.id, text=f"{CANARY}message"))
    notify(session, story.firm.id, f"{CANARY}notice", demand)
    intro = introduce(session, broker.user, world.sealed["summary"], story.expert, "两边都做薄壁管")
    asked = request_broker(session, story.firm, demand, factories.expert(session))
    world.ids |= {"sealed_engagement": engaged.id, "introduction": intro.id, "request": asked.id}


def _add_offices(session: Session, world: World) -> None:
    """What staff see to: an application, a claim to check, an event, a group of synonyms, a notice."""
    applicant = factories.user(session)
    applied = factories.grant(session, applicant, Role.enterprise, factories.organisation(
        session, status=Admission.applied), Admission.applied)
    expert = session.query(Expert).filter_by(user_id=world.people["expert"].id).one()
    skill = factories.capability(session, expert)
    rival = session.query(Expert).filter_by(user_id=world.people["rival_expert"].id).one()
    factories.capability(session, rival, ("插接跳动量由 0.08 mm 降到 0.025 mm", f"{CANARY}internal 做过"))
    event = factories.add(session, Activity(kind=ActivityKind.matching, title="秋季对接会", held_on=today(), place="会展中心"))
    going = sign_up(session, world.people["expert"], event)
    revoked = factories.user(session)
    session.add(RoleGrant(user=revoked, role=Role.expert, status=Admission.revoked, decided_at=now()))
    world.people["revoked"] = revoked
    world.ids["generation"] = factories.generation(session).id
    kept_apart = declare(session, world.people["expert"], against=factories.organisation(session).name,
                         reason=f"{CANARY}亲属任职")
    world.ids["conflict"] = kept_apart.id
    world.ids["cluster"] = group(session, world.people["staff"], [factories.demand(session) for _ in range(2)],
                                 "几家的同一个难题").id
    words = add_group(session, world.people["staff"], Draft(("磁悬浮飞车", "悬浮小列车"), GroupKind.synonym))
    watched = [watch(session, world.people[who], SourceForm(f"{CANARY}来源", "csv", f"http://{who}.example.cn/a.csv"))
               for who in ("firm", "expert")]
    found = [factories.add(session, SourceEntry(source_id=one.id, key=str(one.id), title=f"{CANARY}条目", digest="1"))
             for one in watched]
    world.ids |= {"firm_source": watched[0].id, "expert_source": watched[1].id, "firm_entry": found[0].id,
                  "expert_entry": found[1].id}
    world.ids |= {"synonyms": words.id, "shipped": shipped_id("油漆")}
    world.ids["incoming"] = bring_in(session, world.people["staff"], "notice.txt", NOTICE).id
    world.ids |= {"grant": applied.id, "claim": skill.claims[0].id, "capability": skill.id, "event": event.id,
                  "attendance": going.id, "ranker": factories.ranker_version(session).number,
                  "unknown": uuid.uuid4()}
    _add_matching_day(session, world, event, expert, rival)


def _add_sheet(session: Session, settings: Settings, world: World) -> None:
    """Sheets that wait with a mistake in each: the staff's, an enterprise's and an expert's own."""
    text = f"编号,标题,难题\na1,海带烫煮能耗高,{CANARY}每吨耗汽\na2,,没有标题\n".encode()
    for who, name in (("staff", "sheet_batch"), ("firm", "firm_sheet"), ("expert", "expert_sheet")):
        person = world.people[who]
        kind, owner = next(iter(owners_of(session, person).items()), (SheetKind.demand, None))
        sheet = batches.open_batch(session, settings, person, kind, f"{name}.csv", text, owner)
        sheet.state, sheet.found, sheet.done = BatchState.checked, {"new": 1, "refused": 1}, 2
        session.add(SheetProblem(batch_id=sheet.id, row=3, column="标题", message="写上标题"))
        world.ids[name] = sheet.id


def _add_notices(session: Session, settings: Settings, world: World, minutes) -> None:
    """A list that runs, with an objection to its one award; a settled one, with its document and a certificate."""
    season, people = session.get(Season, world.ids["season"]), world.people
    mine = awarding.award(session, session.get(Entry, world.ids["entry"]))
    other = awarding.award(session, awarding.submitted(session, season, people["broker"], track="school_enterprise"))
    running, settled = (awarding.bare_notice(session, season, one, people["staff"], number, minutes_file=minutes)
                        for number, one in enumerate((mine, other), 1))
    objection = awarding.bare_objection(session, running, name=f"{CANARY}某人", contact=f"{CANARY}电话",
                                        files=[ObjectionFile(**keep(settings, "e.pdf", PDF))])
    certificate = awarding.bare_certificate(session, settled, people["staff"])
    day = factories.add(session, CalendarDay(day=dt.date(2026, 10, 1), kind=DayKind.off, name="试验日", source="试验通知",
                                             set_by_id=people["staff"].id))
    follow_up = factories.add(session, FollowUp(certificate_id=certificate.id, months=3, due_on=today()))
    ticket = factories.add(session, ServiceTicket(certificate_id=certificate.id, service="jobs", wish=f"{CANARY}愿望",
                                                  asked_by_id=people["broker"].id))
    nomination = factories.add(session, Nomination(certificate_id=certificate.id, honour="medal", minutes="会议纪要",
                                                   nominated_by_id=people["staff"].id))
    world.ids |= {"follow_up": follow_up.id, "ticket": ticket.id, "nomination": nomination.id}
    world.ids |= {"notice": running.id, "settled": settled.id, "objection": objection.id, "certificate": certificate.id,
                  "objection_file": objection.files[0].id, "day": day.id}


def _add_matching_day(session: Session, world: World, event: Activity, expert: Expert, rival: Expert) -> None:
    """A published plan: the shared expert meets an open demand, the rival one a demand whose firm must stay unnamed."""
    day = factories.add(session, MatchingDay(activity_id=event.id, slots=3, minutes=20, pause=5, tables=4))
    plan = factories.add(session, MeetingPlan(
        activity_id=event.id, number=1, state=PlanState.published, requested_by_id=world.people["staff"].id,
        figures={"meetings": 2, "demands": 2, "of_demands": 2, "experts": 2, "of_experts": 2, "total": 4.0,
                 "alone": 4.0, "evenness": 1.0, "worst": 1.0, "proven": True}))
    pairs = ((session.get(Demand, world.ids["open"]), expert), (world.sealed["nda"], rival))
    for slot, (demand, person) in enumerate(pairs):
        session.add_all([DayDemand(activity_id=day.activity_id, demand_id=demand.id),
                         DayExpert(activity_id=day.activity_id, expert_id=person.id)])
        meeting = factories.add(session, Meeting(plan=plan, demand=demand, expert=person, slot=slot, table=0,
                                                 organisation_id=demand.organisation_id))
        world.ids["sealed_meeting" if slot else "meeting"] = meeting.id
    world.ids |= {"plan": plan.id, "rival_profile": rival.id}


def _add_reviews(session: Session, world: World, season: Season) -> None:
    """A committee of the reviewer, who has one sheet to fill in; a live round with a turn on; an opened round."""
    committee = factories.add(session, Committee(season=season, name="评审委员会"))
    seat = factories.add(session, CommitteeMember(committee=committee, user=world.people["reviewer"], seat=1,
                                                  kind="外请专家", organisation="外地研究院", since=today()))
    asked = dict(season=season, committee=committee, reviews=1, state=RoundState.scoring)
    written = factories.add(session, ReviewRound(track="tech_challenge", **asked))
    live = factories.add(session, ReviewRound(track="school_enterprise", mode=RoundMode.live, **asked))
    opened = factories.add(session, ReviewRound(
        track="tech_challenge", stage="second", opened_at=now(), ledger_index=world.ids["index"],
        **asked | {"state": RoundState.opened}))
    sheet = factories.add(session, ReviewSheet(round=written, member=seat, entry_id=world.ids["entry"]))
    turn = factories.add(session, LiveTurn(round_id=live.id, entry_id=world.ids["entry"], position=1, opened_at=now()))
    minutes = factories.add(session, CommitteeMinutes(
        committee_id=committee.id, held_on=today(), title="评审会", text=CANARY, file_id=world.ids["scan"],
        recorded_by=world.people["staff"]))
    outside = factories.grant(session, factories.user(session), Role.reviewer, None)
    outside.until = today()
    world.ids |= {"minutes": minutes.id, "outside_grant": outside.id}
    world.ids |= {"committee": committee.id, "seat": seat.id, "review_round": written.id, "live_round": live.id,
                  "opened_round": opened.id, "sheet": sheet.id, "turn": turn.id}


def _add_case(session: Session, world: World, story: stories.Story) -> None:
    """A centre just intended: staff act for the bureau, the shared enterprise is its unit."""
    season = factories.add(session, Season(code="weihai-centre-2022", year=2026))
    staff, firm = world.people["staff"], story.demand.organisation
    office = give_office(session, staff, season, "bureau", staff)
    give_office(session, staff, season, "unit", story.firm, organisation=firm)
    case = open_case(session, staff, season, "centre", "assign", Subject("薄壁管件", firm, "371002", "C2444"),
                     Act(reason="定向组织", typed={"mode": "龙头企业牵头", "tasks": "插接精度"}))
    world.ids |= {"centre_season": season.id, "case": case.id, "office": office.id, "centre": "centre",
                  "rename": "rename", "convene": "convene"}
