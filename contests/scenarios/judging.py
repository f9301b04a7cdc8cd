"""Entries before a committee, as any contest goes: seats, written scores sealed until all are in, live scores."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from contests.review.assigning import assign, give, plan_round
from contests.review.committees import MemberForm, add_member, form_committee
from contests.review.live import call_next
from contests.review.rubric import rubric
from contests.review.scores import standings
from contests.review.sheets import submit_sheet
from contests.scenarios.cast import Cast
from contests.scenarios.play import Play
from contests.seasons import definition_of
from models.accounts import User
from models.base import today
from models.contests import Entry, Season
from models.reviews import Committee, ReviewRound, ReviewSheet, RoundMode

Marks = Callable[[Entry, str], int]
"""What every reviewer gives an entry for an indicator, 0 to 100: who is drawn for it changes nothing."""


@dataclass(frozen=True)
class Officials:
    """Two of the organiser's staff: nobody decides what they proposed themselves."""

    first: User
    second: User


def seat_committee(run: Play, cast: Cast, officials: Officials, season: Season, seats: Sequence[tuple[str, str, str]],
                   name: str = "评审委员会") -> Committee:
    """`seats`: name, member class, organisation. The first takes the chair."""
    committee = form_committee(run.session, officials.first, season, name)
    for number, (who, kind, organisation) in enumerate(seats):
        person = cast.person(who)
        add_member(run.session, officials.first, committee,
                   MemberForm(person.email, kind, organisation, today(), chair=number == 0))
    run.did(f"{name}：" + "、".join(f"{who}（{kind}，{organisation}）" for who, kind, organisation in seats))
    return committee


def review(run: Play, officials: Officials, season: Season, committee: Committee, track: str, marks: Marks, *,
           reviews: int = 2) -> ReviewRound:
    """Written: each entry to so many reviewers, sealed until the last sheet is in."""
    round_ = plan_round(run.session, officials.first, season, committee, track, reviews=reviews)
    assign(run.session, officials.first, round_)
    sheets = sheets_of(run, round_)
    _refuse_wrong_scores(run, officials, season, round_, sheets)
    for sheet in sheets:
        score_sheet(run, season, sheet, marks)
    run.did(f"{name_of(season, track)}：{len(sheets)} 份评分表都交齐，同时开封")
    for one in standings(run.session, round_).standings:
        name = run.session.get_one(Entry, one.entry).name
        run.result(f"{name_of(season, track)}　第 {one.raw_rank} 名　{name}　原始 {one.raw}，校准 {one.calibrated}")
    return round_


def _refuse_wrong_scores(run: Play, officials: Officials, season: Season, round_: ReviewRound,
                         sheets: Sequence[ReviewSheet]) -> None:
    """A reviewer whose own organisation is in the entry, and a score beyond the scale."""
    sheet = min(sheets, key=lambda one: (one.entry.name, one.member.seat))
    entry = sheet.entry
    for member in round_.committee.members:
        if member.organisation in {one.organisation for one in entry.members}:
            with run.refusing(f"{member.organisation}的{member.user.name}来评{entry.name}"):
                give(run.session, officials.first, round_, entry, member)
    with run.refusing(f"给{entry.name}打 101 分"):
        score_sheet(run, season, sheet, lambda _entry, _indicator: 101)


def live_review(run: Play, officials: Officials, season: Season, committee: Committee, track: str,
                marks: Marks) -> ReviewRound:
    """现场演示、答辩、亮分: one entry after another in the drawn order, each revealed when the last reviewer is in."""
    round_ = plan_round(run.session, officials.first, season, committee, track, reviews=0, mode=RoundMode.live)
    assign(run.session, officials.first, round_)
    for _ in range(len({sheet.entry_id for sheet in sheets_of(run, round_)})):
        turn = call_next(run.session, officials.first, round_)
        for sheet in sheets_of(run, round_):
            if sheet.entry_id == turn.entry_id:
                score_sheet(run, season, sheet, marks)
        run.did(f"{run.session.get_one(Entry, turn.entry_id).name}上场，评委同时亮分")
    return round_


def sheets_of(run: Play, round_: ReviewRound) -> list[ReviewSheet]:
    """By the reviewers' seats, each one's by the entries' names."""
    rows = run.session.scalars(select(ReviewSheet).where(ReviewSheet.round_id == round_.id)).all()
    return sorted(rows, key=lambda one: (one.member.seat, one.entry.name))


def score_sheet(run: Play, season: Season, sheet: ReviewSheet, marks: Marks) -> None:
    """Hand one sheet in, by the reviewer it was given to."""
    lines = rubric(definition_of(season).track(sheet.round.track))
    submit_sheet(run.session, sheet.member.user, sheet, {
        one.code: (str(marks(sheet.entry, one.code)), f"{one.name}：看了材料和演示") for one in lines})


def name_of(season: Season, track: str) -> str:
    """The group's name."""
    return definition_of(season).track(track).name
