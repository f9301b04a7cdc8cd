"""Sealed sheets: whole or not at all, never changed, opened all at once; the ledger holds each one's hash."""

import json
from decimal import Decimal

import pytest

from contests.review.opening import open_round, tampered
from contests.review.reading import own_rounds, sheets_of_entry
from contests.review.recusals import recuse
from contests.review.scores import opened_sheets, scores_of, standings
from contests.review.sheets import find_sheet, save_draft, submit_sheet
from ledger import log
from models.errors import Conflict, Forbidden, Invalid, Refused
from models.reviews import RoundState, SheetScore
from tests import factories
from tests.support.reviews import TRACK, assigned, scores, sheets_of


@pytest.fixture
def round_(session, season, staff):
    return assigned(session, season, staff, size=2, entries=2, reviews=2)


def hand_in(session, sheet, value=80):
    submit_sheet(session, sheet.member.user, sheet, scores(value))


def hand_in_all(session, round_, value=lambda sheet: 80):
    for sheet in sheets_of(session, round_):
        hand_in(session, sheet, value(sheet))


def test_nothing_is_seen_before_the_last_sheet_and_everything_after_it(session, season, round_):
    *others, last = sheets_of(session, round_)
    for sheet in others:
        hand_in(session, sheet)
    assert (round_.state, scores_of(session, season, TRACK), opened_sheets(session, round_)) == (
        RoundState.scoring, {}, [])
    assert sheets_of_entry(session, round_, others[0].entry_id) == []
    hand_in(session, last, 90)
    assert round_.state is RoundState.opened
    found = scores_of(session, season, TRACK)[last.entry_id]["amount"]
    assert (found.mean, found.sheets) == (Decimal("85.0000"), 2)
    assert len(sheets_of_entry(session, round_, last.entry_id)) == 2


def test_the_ledger_holds_every_sheet_sealed_and_the_opening(session, round_):
    hand_in_all(session, round_)
    sealed = [log.entry(session, sheet.ledger_index) for sheet in sheets_of(session, round_)]
    assert {entry.leaf.type for entry in sealed} == {"review.scored"}
    assert all(b"80" not in opening.value or name in ("digest", "sheet", "entry", "round", "reviewer.id")
               for entry in sealed for name, opening in entry.openings.items())
    opening = log.entry(session, round_.ledger_index)
    assert (opening.leaf.type, json.loads(opening.openings["sheets"].value)) == ("review.opened", 4)
    assert log.verify_database(session) == []
    assert tampered(session, round_) == []


def test_a_score_changed_behind_our_back_is_found(session, round_):
    hand_in_all(session, round_)
    sheet = sheets_of(session, round_)[1]
    session.query(SheetScore).filter_by(sheet_id=sheet.id, indicator="amount").one().points = Decimal("80.01")
    session.flush()
    assert tampered(session, round_) == [sheet]


class TestRefusals:
    def test_scoring_after_sealing(self, session, round_):
        sheet = sheets_of(session, round_)[0]
        hand_in(session, sheet)
        for act in (submit_sheet, save_draft):
            with pytest.raises(Conflict, match="封存") as refused:
                act(session, sheet.member.user, sheet, scores(99))
            assert "三（二）" in refused.value.clause
        assert {one.points for one in session.query(SheetScore).filter_by(sheet_id=sheet.id)} == {Decimal(80)}

    def test_scoring_somebody_elses_assignment(self, session, round_):
        mine, theirs = sheets_of(session, round_)[0], sheets_of(session, round_)[-1]
        for act in (lambda: find_sheet(session, mine.member.user, theirs.id),
                    lambda: submit_sheet(session, mine.member.user, theirs, scores())):
            with pytest.raises(Forbidden, match="没有分给您") as refused:
                act()
            assert "三（二）" in refused.value.clause
        assert theirs.submitted_at is None

    @pytest.mark.parametrize("typed", ["100.5", "-3", "很好", ""])
    def test_a_score_out_of_range(self, session, round_, typed):
        sheet = sheets_of(session, round_)[0]
        with pytest.raises(Invalid) as refused:
            submit_sheet(session, sheet.member.user, sheet, scores() | {"amount": (typed, "说明")})
        assert refused.value.field == "amount-points"
        assert (sheet.submitted_at, session.query(SheetScore).count()) == (None, 0)

    def test_a_score_without_its_reason(self, session, round_):
        sheet = sheets_of(session, round_)[0]
        with pytest.raises(Invalid) as refused:
            submit_sheet(session, sheet.member.user, sheet, scores() | {"benefit": ("80", "　")})
        assert refused.value.field == "benefit-reason"

    def test_a_sheet_that_was_taken_back(self, session, round_):
        sheet = sheets_of(session, round_)[0]
        recuse(session, sheet.member.user, round_, sheet.member, sheet.entry, "亲属")
        with pytest.raises(Conflict, match="已回避"):
            hand_in(session, sheet)

    def test_opening_while_a_sheet_is_out_names_who_is_waited_for(self, session, staff, round_):
        *others, last = sheets_of(session, round_)
        for sheet in others:
            hand_in(session, sheet)
        with pytest.raises(Refused, match=last.member.user.name):
            open_round(session, staff, round_)

    def test_only_staff_open(self, session, round_):
        with pytest.raises(Forbidden):
            open_round(session, factories.user(session), round_)


def test_with_entries_short_of_reviews_staff_open_for_a_reason(session, staff, round_):
    sheet = sheets_of(session, round_)[0]
    recuse(session, sheet.member.user, round_, sheet.member, sheet.entry, "亲属")
    hand_in_all(session, round_)
    assert round_.state is RoundState.scoring
    with pytest.raises(Invalid):
        open_round(session, staff, round_)
    open_round(session, staff, round_, "外请专家不足，委员会同意")
    assert (round_.state, round_.opened_by) == (RoundState.opened, staff)


def test_a_draft_is_kept_and_may_have_gaps(session, round_):
    sheet = sheets_of(session, round_)[0]
    save_draft(session, sheet.member.user, sheet, {"amount": ("88.5", "")})
    [own] = own_rounds(session, sheet.member.user)
    assert [one.scored for one in own.sheets if one.sheet_id == sheet.id] == [1]
    assert (sheet.submitted_at, own.done) == (None, 0)


def test_a_strict_judge_moves_calibrated_ranks_only_where_reviewers_differ(session, season, staff):
    round_ = assigned(session, season, staff, size=3, entries=6, reviews=2)
    hand_in_all(session, round_, lambda sheet: 60 if sheet.member.seat == 1 else 90)
    result = standings(session, round_)
    assert result.judges_differ
    assert {one.calibrated_rank for one in result.standings} == {1}
    assert len({one.raw for one in result.standings}) == 2


def test_the_list_is_in_an_order_of_the_reviewers_own_that_stays(session, season, staff):
    round_ = assigned(session, season, staff, size=2, entries=12, reviews=2)
    orders = [[one.entry_id for one in own_rounds(session, member.user)[0].sheets]
              for member in round_.committee.members]
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1])
    assert [one.entry_id for one in own_rounds(session, round_.committee.members[0].user)[0].sheets] == orders[0]
