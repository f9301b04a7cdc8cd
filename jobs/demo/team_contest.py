"""The contest of teams in the demo city: one season run to its certificates, the next one before its reviewers."""

import datetime as dt
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.entries import attach_material
from contests.group_entries import GroupForm, MemberForm, edit_group, enter_group, submit_group
from contests.promotions import promote
from contests.publication.opening import Approval, open_notice
from contests.publication.results import Draft, proposed, publish_result
from contests.publication.services import ask
from contests.review import committees
from contests.review.assigning import assign, plan_round
from contests.review.live import call_next, current_turn
from contests.review.rubric import rubric
from contests.review.sheets import submit_sheet
from contests.scenarios.smeie_2023 import MONEY, PLACES
from contests.season_settings import open_season, settle
from contests.seasons import definition_of, unsaid
from contests.selection.ballot import Ballot, digest
from contests.selection.decision import decide, propose, ranking
from contests.selection.sealing import seal
from ingestion import files, registration
from ingestion.passwords import hash_password
from jobs.demo import scans
from jobs.demo.city import PASSWORD, People
from jobs.demo.contest_content import Contests
from jobs.demo.timeline import Timeline
from models.accounts import Role, User
from models.base import CITY_TIME, today
from models.contests import MemberKind, Season
from models.publication import Certificate, PublicNotice
from models.reviews import Committee, ReviewRound, ReviewSheet, RoundMode
from settings import Settings

CODE = "smeie-2023"
MINUTES = "大赛组委会会议纪要（虚构）"
AFTER = (10, 12)
"""Month and day from which on this year's review is running; before it, last year's still waits for its last sheets."""
DAYS = {"registration": ("07-25", "09-30"), "special": ("10-08", "11-28"), "final": ("12-16", "12-17")}
JUDGE = "jiang-yuan@jiebang.example"


class TeamContest:
    """One season of it. `points`: team → what every reviewer gives it."""

    def __init__(self, session: Session, settings: Settings, timeline: Timeline, people: People, told: Contests,
                 year: int):
        self.session, self.settings, self.timeline, self.people = session, settings, timeline, people
        self.told, self.year = told, year
        self.points = {row["name"]: row["points"] for row in told.teams}

    def on(self, month: int, day: int, at: str = "10:00") -> dt.datetime:
        moment = dt.datetime.combine(dt.date(self.year, month, day), dt.time.fromisoformat(at), CITY_TIME)
        return min(moment, self.timeline.present)

    @property
    def season(self) -> Season:
        return self.session.scalars(select(Season).where(Season.code == CODE, Season.year == self.year)).one()

    @property
    def clerk(self) -> User:
        return self.people.staff[0]

    @property
    def colleague(self) -> User:
        return self.people.staff[1]

    @property
    def tracks(self) -> list[str]:
        return list(dict.fromkeys(row["track"] for row in self.told.teams))


def plan(session: Session, settings: Settings, timeline: Timeline, people: People, told: Contests) -> None:
    """Plan the season that is over and the one under review."""
    running = timeline.day.year - ((timeline.day.month, timeline.day.day) < AFTER)
    over, present = (TeamContest(session, settings, timeline, people, told, year) for year in (running - 1, running))
    timeline.add(over.on(7, 19), lambda: _invite_reviewers(over))
    for run in (over, present):
        timeline.add(run.on(7, 20), partial(_open, run))
        for place, row in enumerate(told.teams):
            timeline.add(run.on(9, 4, f"{9 + place:02d}:30"), partial(_enter, run, row))
        timeline.add(run.on(10, 8, "09:30"), partial(_seat, run, "专项赛评审委员会"))
    timeline.add(over.on(10, 7), lambda: _seal(over))
    timeline.add(over.on(10, 9), partial(_review, over))
    timeline.add(over.on(11, 20), lambda: _decide_special(over))
    timeline.add(over.on(12, 16), lambda: _final(over))
    timeline.add(over.on(12, 17), lambda: _publish(over))
    timeline.add(over.on(12, 20), lambda: _ask(over))
    timeline.add(present.on(10, 10), lambda: _begin_review(present))


def _invite_reviewers(run: TeamContest) -> None:
    secret = hash_password(PASSWORD)
    for row in run.told.reviewers:
        run.people.users[row["ref"]] = registration.add_user(
            run.session, row["name"], row["email"], row["phone"], PASSWORD, Role.reviewer, hasher=lambda _: secret)


def _open(run: TeamContest) -> None:
    open_season(run.session, run.clerk, CODE, run.year)
    values: dict[str, object] = {}
    for setting in unsaid(definition_of(run.season)):
        place, *path = setting.key.split(".")
        if place == "phases":
            values[setting.key] = f"{run.year}-{DAYS[path[0]][path[1] == 'ends']}"
        elif path[-1] == "weight":
            values[setting.key] = "0.25"
        elif path[-1] == "places":
            values[setting.key] = PLACES[path[-2]]
        else:
            values[setting.key] = MONEY[path[-2]][path[-1] == "amount_max"]
    settle(run.session, run.clerk, run.season, values, source=MINUTES, version=run.season.version)


def _enter(run: TeamContest, row: dict) -> None:
    """A teacher files the team with a student who defends and the enterprise's expert."""
    leader = run.people.experts[row["leader"]]
    school, firm = leader.organisation.name, run.people.organisations[row["firm"]].name
    entry = enter_group(run.session, leader.user, run.season, row["track"], name=row["name"])
    members = [MemberForm(leader.name, MemberKind.university, school, user_id=leader.user_id),
               MemberForm(row["student"], MemberKind.university, school, student=True, defender=True),
               MemberForm(row["engineer"], MemberKind.enterprise, firm)]
    edit_group(run.session, leader.user, entry, GroupForm(leader.user.phone, school, row["summary"], members))
    page = scans.statement(f"{row['name']}报名材料", row["summary"])
    attach_material(run.session, leader.user, entry, "registration",
                    files.store(run.session, run.settings, leader.user, f"{row['name']}报名材料.pdf", page))
    submit_group(run.session, leader.user, entry, declared=True)


def _seat(run: TeamContest, name: str) -> Committee:
    committee = committees.form_committee(run.session, run.clerk, run.season, name)
    seats = [(row["email"], row["kind"], row["organisation"]) for row in run.told.reviewers]
    for number, (account, kind, organisation) in enumerate([*seats, (JUDGE, "主办单位代表", "威海市总工会")]):
        committees.add_member(run.session, run.clerk, committee,
                              committees.MemberForm(account, kind, organisation, today(), chair=number == 0))
    return committee


def _seal(run: TeamContest) -> None:
    for track in (*run.tracks, "final"):
        seal(run.session, run.clerk, run.season, track, minutes=MINUTES, version=run.season.version)


def _committee(run: TeamContest) -> Committee:
    return run.session.scalars(select(Committee).where(Committee.season_id == run.season.id)).one()


def _begin_review(run: TeamContest) -> ReviewRound:
    """Every team to two reviewers; the first sheet is in, the others wait."""
    round_ = plan_round(run.session, run.clerk, run.season, _committee(run), run.tracks[0], reviews=3)
    assign(run.session, run.clerk, round_)
    first = next(one for one in _sheets(run, round_) if one.member.user.email == JUDGE)
    _score(run, first)
    return round_


def _review(run: TeamContest) -> None:
    """Every special contest: all sheets come in, and open."""
    for track in run.tracks:
        round_ = plan_round(run.session, run.clerk, run.season, _committee(run), track, reviews=2)
        assign(run.session, run.clerk, round_)
        for sheet in _sheets(run, round_):
            _score(run, sheet)


def _sheets(run: TeamContest, round_: ReviewRound) -> list[ReviewSheet]:
    found = run.session.scalars(select(ReviewSheet).where(ReviewSheet.round_id == round_.id))
    return sorted(found, key=lambda one: (one.entry.name, one.member.seat))


def _score(run: TeamContest, sheet: ReviewSheet) -> None:
    lines = rubric(definition_of(run.season).track(sheet.round.track))
    submit_sheet(run.session, sheet.member.user, sheet, {
        one.code: (str(run.points[sheet.entry.name] - number - sheet.member.seat), f"{one.name}：材料写得清楚，数据有出处")
        for number, one in enumerate(lines)})


def _award(run: TeamContest, track: str) -> None:
    _, selection = ranking(run.session, run.season, track, Ballot())
    decide(run.session, run.colleague, propose(run.session, run.clerk, run.season, track, ballot=Ballot(),
                                               minutes=MINUTES, seen=digest(selection)))


def _decide_special(run: TeamContest) -> None:
    for track in run.tracks:
        _award(run, track)
    promote(run.session, run.clerk, run.season)


def _final(run: TeamContest) -> None:
    """现场亮分: one team after another, all judges at once."""
    committee = committees.form_committee(run.session, run.clerk, run.season, "总决赛评审委员会")
    for number, row in enumerate(run.told.reviewers):
        committees.add_member(run.session, run.clerk, committee, committees.MemberForm(
            row["email"], row["kind"], row["organisation"], today(), chair=number == 0))
    committees.add_member(run.session, run.clerk, committee,
                          committees.MemberForm(JUDGE, "主办单位代表", "威海市总工会", today()))
    round_ = plan_round(run.session, run.clerk, run.season, committee, "final", reviews=0, mode=RoundMode.live)
    assign(run.session, run.clerk, round_)
    for _ in run.tracks:
        call_next(run.session, run.clerk, round_)
        turn = current_turn(run.session, round_)
        for sheet in _sheets(run, round_):
            if sheet.entry_id == turn.entry_id:
                _score(run, sheet)


def _publish(run: TeamContest) -> None:
    """The final's document goes out; the list of one special contest is shown and still waits for its own."""
    _award(run, "final")
    approval = Approval("大赛组委会会议", today(), MINUTES)
    notices = [open_notice(run.session, run.clerk, run.season, approval, track=track)
               for track in (run.tracks[0], "final")]
    publish_result(run.session, run.colleague, notices[-1], Draft(
        document_number=f"企校赛〔{run.year}〕9号", addressees="各参赛单位", dated=today(), **proposed(notices[-1])))


def _ask(run: TeamContest) -> None:
    """A winner asks for a service that the prize entitles to."""
    notice = run.session.scalars(select(PublicNotice).where(PublicNotice.season_id == run.season.id,
                                                            PublicNotice.track == "final")).one()
    line = notice.lines[0]
    certificate = run.session.scalars(select(Certificate).where(Certificate.line_id == line.id)).one()
    ask(run.session, line.award.entry.user, certificate, "jobs", "队里的学生明年毕业，想了解功率器件封装的岗位")
