"""递补: who follows an award that was taken back, decided by two people, with the old award kept beside the new."""

import pytest
from sqlalchemy import select

from contests.selection.ballot import Ballot, digest
from contests.selection.decision import awards, decide, propose, ranking, revoke
from contests.selection.sealing import seal
from ledger import log
from models.awards import Award
from models.errors import Conflict, Forbidden
from tests.support.selecting import MINUTES, TRACK, entrant

AMOUNTS = (400_000, 300_000, 200_000, 100_000)
WHY = "一等奖因异议成立取消，评审委员会会议纪要"


@pytest.fixture
def entries(session, season):
    return [entrant(session, season, amount) for amount in AMOUNTS]


@pytest.fixture
def decided(session, staff, chief, season, entries, in_review):
    seal(session, staff, season, TRACK, minutes=MINUTES, version=season.version)
    return decide(session, chief, proposal(session, staff, season))


def proposal(session, actor, season, minutes=MINUTES):
    _, selection = ranking(session, season, TRACK, Ballot())
    return propose(session, actor, season, TRACK, ballot=Ballot(), minutes=minutes, seen=digest(selection))


def held(session, season):
    return {award.entry_id: award.grade for award in awards(session, season.id, TRACK)}


def test_nobody_follows_while_all_awards_stand(session, staff, season, decided):
    with pytest.raises(Conflict, match="已经评定"):
        proposal(session, staff, season)


def test_the_next_in_rank_move_up_and_the_fourth_comes_in(session, staff, chief, season, entries, decided):
    revoke(session, staff, decided[0], "异议成立")
    moved = decide(session, chief, proposal(session, staff, season, WHY))
    assert held(session, season) == {entries[1].id: "first", entries[2].id: "second", entries[3].id: "third"}
    assert {award.minutes for award in moved} == {WHY}


def test_what_was_held_before_stays_with_its_reason_and_is_cited(session, staff, chief, season, entries, decided):
    revoke(session, staff, decided[0], "异议成立")
    decide(session, chief, proposal(session, staff, season, WHY))
    rows = session.scalars(select(Award).where(Award.entry_id == entries[1].id).order_by(Award.ledger_index)).all()
    assert [(row.grade, row.revoked_for) for row in rows] == [("second", "递补，改为一等奖"), ("first", "")]
    assert rows[0].ledger_index in {ref.index for ref in log.entry(session, rows[1].ledger_index).leaf.references}


def test_whose_award_was_taken_back_is_ranked_no_more(session, staff, chief, season, entries, decided):
    revoke(session, staff, decided[0], "异议成立")
    decide(session, chief, proposal(session, staff, season, WHY))
    with pytest.raises(Conflict, match="已经评定"):
        proposal(session, staff, season)
    assert entries[0].id not in held(session, season)


def test_moving_up_takes_two_people_too(session, staff, season, decided):
    revoke(session, staff, decided[0], "异议成立")
    with pytest.raises(Forbidden, match="两个人"):
        decide(session, staff, proposal(session, staff, season, WHY))


def test_the_last_grade_taken_back_is_filled_alone(session, staff, chief, season, entries, decided):
    revoke(session, staff, decided[2], "证书作废")
    assert [award.grade for award in decide(session, chief, proposal(session, staff, season, WHY))] == ["third"]
    assert held(session, season) == {entries[0].id: "first", entries[1].id: "second", entries[3].id: "third"}
