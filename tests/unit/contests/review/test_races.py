"""Two acts at once in a review, each read the way the pages read it: one holds, the other is told; none deadlocks."""

import uuid

import pytest

from contests.review.assigning import assign
from contests.review.live import call_next, close_turn, find_turn
from contests.review.opening import open_round, tampered
from contests.review.recusals import recuse
from contests.review.scores import opened_sheets
from contests.review.sheets import find_sheet, save_draft, submit_sheet
from ledger import log
from models.accounts import User
from models.reviews import LiveTurn, ReviewRound, ReviewSheet, RoundMode, RoundState
from tests import factories
from tests.support.reviews import assigned, committee_of, entry_of, round_of, scores, season_in_review
from tests.unit.contests.test_races import at_once


def prepared(database, entries: int, mode: RoundMode) -> tuple[uuid.UUID, uuid.UUID]:
    """Round and member of staff, committed: two judges, `entries` entries."""
    with database.sessions() as session:
        staff = factories.staff(session)
        round_ = assigned(session, season_in_review(session), staff, size=2, entries=entries, mode=mode)
        if mode is RoundMode.live:
            call_next(session, staff, round_)
        session.commit()
        return round_.id, staff.id


def hand_in(database, sheet_id, user_id) -> str:
    with database.sessions() as session:
        person = session.get_one(User, user_id)
        submit_sheet(session, person, find_sheet(session, person, sheet_id), scores())
        session.commit()
        return "sealed"


def waiting(database, round_id) -> list[tuple[uuid.UUID, uuid.UUID]]:
    with database.sessions() as session:
        return [(sheet.id, sheet.member.user_id) for sheet in session.query(ReviewSheet).filter_by(round_id=round_id)]


def opened(database, round_id) -> None:
    """Opened once, with both sheets, and the log is whole."""
    with database.sessions() as session:
        round_ = session.get_one(ReviewRound, round_id)
        assert round_.state is RoundState.opened
        assert len(opened_sheets(session, round_)) == 2
        assert tampered(session, round_) == []
        assert log.verify_database(session) == []


@pytest.mark.parametrize("mode", RoundMode)
def test_the_last_two_sheets_handed_in_at_once_open_everything_once(private_database, mode):
    round_id, _staff = prepared(private_database, 1, mode)
    acts = [lambda one=one: hand_in(private_database, *one) for one in waiting(private_database, round_id)]
    assert at_once(*acts) == ["sealed", "sealed"]
    opened(private_database, round_id)


def test_one_sheet_handed_in_four_times_at_once_counts_once(private_database):
    round_id, _staff = prepared(private_database, 1, RoundMode.written)
    one = waiting(private_database, round_id)[0]
    assert at_once(*[lambda: hand_in(private_database, *one)] * 4) == ["conflict"] * 3 + ["sealed"]


def test_of_the_last_judge_and_staff_who_close_at_once_one_is_told(private_database):
    round_id, staff_id = prepared(private_database, 1, RoundMode.live)
    first, last = waiting(private_database, round_id)
    hand_in(private_database, *first)

    def close() -> str:
        with private_database.sessions() as session:
            round_ = session.get_one(ReviewRound, round_id)
            turn = find_turn(session, round_, session.query(LiveTurn).one().id)
            close_turn(session, session.get_one(User, staff_id), turn, "评委离场")
            session.commit()
            return "closed"

    outcome = at_once(close, lambda: hand_in(private_database, *last))
    assert outcome in (["closed", "conflict"], ["conflict", "sealed"])
    with private_database.sessions() as session:
        assert session.get_one(ReviewRound, round_id).state is RoundState.opened


def test_a_draft_kept_and_the_sheet_handed_in_at_once_leave_what_was_sealed(private_database):
    round_id, _staff = prepared(private_database, 1, RoundMode.written)
    one, other = waiting(private_database, round_id)

    def keep() -> str:
        with private_database.sessions() as session:
            person = session.get_one(User, one[1])
            save_draft(session, person, find_sheet(session, person, one[0]), scores(60))
            session.commit()
            return "kept"

    assert at_once(keep, lambda: hand_in(private_database, *one)) in (["conflict", "sealed"], ["kept", "sealed"])
    hand_in(private_database, *other)
    opened(private_database, round_id)


def test_a_sheet_recused_from_and_handed_in_at_once_does_not_count(private_database):
    round_id, staff_id = prepared(private_database, 1, RoundMode.written)
    sheet_id, user_id = waiting(private_database, round_id)[0]

    def step_aside() -> str:
        with private_database.sessions() as session:
            person = session.get_one(User, user_id)
            sheet = find_sheet(session, person, sheet_id)
            recuse(session, session.get_one(User, staff_id), sheet.round, sheet.member, sheet.entry, "师生关系")
            session.commit()
            return "recused"

    outcome = at_once(step_aside, lambda: hand_in(private_database, sheet_id, user_id))
    assert outcome in (["conflict", "recused"], ["recused", "sealed"])
    with private_database.sessions() as session:
        assert session.get_one(ReviewSheet, sheet_id).released_at is not None


def staff_at_once(database, round_id, staff_id, deed) -> list[str]:
    def act() -> str:
        with database.sessions() as session:
            deed(session, session.get_one(User, staff_id), session.get_one(ReviewRound, round_id))
            session.commit()
            return "done"

    return at_once(act, act)


@pytest.mark.parametrize("mode", RoundMode)
def test_of_two_staff_who_give_out_a_round_at_once_one_is_told(private_database, mode):
    with private_database.sessions() as session:
        staff, season = factories.staff(session), season_in_review(session)
        for _ in range(2):
            entry_of(session, season)
        round_ = round_of(session, season, staff, committee_of(session, season, staff, size=2), mode=mode)
        session.commit()
        round_id, staff_id = round_.id, staff.id
    assert staff_at_once(private_database, round_id, staff_id, assign) == ["conflict", "done"]
    assert len(waiting(private_database, round_id)) == 4


def test_of_two_staff_who_call_the_next_entry_at_once_one_is_told(private_database):
    round_id, staff_id = prepared(private_database, 2, RoundMode.live)
    for one in waiting(private_database, round_id):
        with private_database.sessions() as session:
            called = session.query(LiveTurn).filter(LiveTurn.opened_at.is_not(None)).one().entry_id
            if session.get_one(ReviewSheet, one[0]).entry_id != called:
                continue
        hand_in(private_database, *one)
    assert staff_at_once(private_database, round_id, staff_id, call_next) == ["conflict", "done"]


def test_of_the_last_judge_and_staff_who_open_at_once_the_scores_open_once(private_database):
    round_id, staff_id = prepared(private_database, 1, RoundMode.written)
    first, last = waiting(private_database, round_id)
    hand_in(private_database, *first)

    def open_it() -> str:
        with private_database.sessions() as session:
            open_round(session, session.get_one(User, staff_id), session.get_one(ReviewRound, round_id))
            session.commit()
            return "opened"

    outcome = at_once(open_it, lambda: hand_in(private_database, *last))
    assert outcome in (["conflict", "sealed"], ["refused", "sealed"])
    opened(private_database, round_id)
