"""Giving entries out: only to who may judge them, evenly, the same again; what cannot be is said with its reason."""

import datetime as dt

import pytest

from contests.review.assigning import assign, give, plan_round
from contests.review.committees import end_term
from contests.review.planning import propose
from contests.review.recusals import recuse, release_left
from contests.review.sheets import submit_sheet
from ingestion.interests import declare
from models.accounts import OrganisationKind
from models.base import clock_at, today
from models.errors import Conflict, Forbidden, Invalid, Refused
from models.reviews import Recusal, ReviewSheet, RoundMode
from tests import factories
from tests.support.reviews import (
    REVIEWING,
    assigned,
    committee_of,
    entry_of,
    joined,
    round_of,
    scores,
    season_in_review,
    seated,
    sheets_of,
)


@pytest.fixture
def college(session):
    return factories.organisation(session, OrganisationKind.university, name="海岬大学")


def readers(session, round_, entry) -> set:
    return {sheet.member.user for sheet in sheets_of(session, round_) if sheet.entry is entry}


def test_every_entry_gets_its_reviewers_and_loads_differ_by_one_at_most(session, season, staff):
    proposal_loads = assigned(session, season, staff, size=4, entries=7, reviews=3)
    sheets = sheets_of(session, proposal_loads)
    loads = [sum(sheet.member.seat == seat for sheet in sheets) for seat in (1, 2, 3, 4)]
    assert (len(sheets), max(loads) - min(loads)) == (21, 1)


def test_the_same_contest_gets_the_same_proposal(session, season, staff):
    for _ in range(6):
        entry_of(session, season)
    round_ = round_of(session, season, staff, committee_of(session, season, staff, size=4))
    assert propose(session, round_).pairs == propose(session, round_).pairs


class TestConflicts:
    def test_the_own_university_is_kept_away_even_from_a_member_of_a_team(self, session, season, staff, college):
        entry = entry_of(session, season)
        joined(session, entry, organisation=college)
        insider, outsider = factories.expert(session, college).user, factories.user(session)
        round_ = round_of(session, season, staff, committee_of(session, season, staff, insider, outsider))
        proposal = assign(session, staff, round_)
        assert readers(session, round_, entry) == {outsider}
        [short] = proposal.short
        assert [reason.text for _member, reasons in short.blocked for reason in reasons] == ["同一单位：海岬大学"]

    def test_the_workplace_that_staff_wrote_counts_too(self, session, season, staff, college):
        entry = entry_of(session, season, factories.expert(session, college))
        committee = committee_of(session, season, staff, size=1)
        seated(session, staff, committee, factories.user(session), "海岬 大学")
        round_ = round_of(session, season, staff, committee)
        assign(session, staff, round_)
        assert len(readers(session, round_, entry)) == 1

    def test_a_partner_of_a_contract_and_who_introduced_them(self, session, season, staff):
        contract = factories.contract(session)
        intro = factories.introduction(session, contract.engagement)
        entry = entry_of(session, season, contract.engagement.expert)
        people = (contract.engagement.demand.author, intro.broker.user, factories.user(session))
        round_ = round_of(session, season, staff, committee_of(session, season, staff, *people), reviews=1)
        proposal = assign(session, staff, round_)
        assert readers(session, round_, entry) == {people[2]}
        told = {reason.kind for reasons in proposal.blocked.values() for reason in reasons}
        assert told == {"collaboration", "introduction"}

    def test_a_declared_conflict(self, session, season, staff, college):
        reviewer = factories.expert(session)
        declare(session, reviewer.user, against="海岬大学", reason="亲属任职")
        entry = entry_of(session, season, factories.expert(session, college))
        round_ = round_of(session, season, staff, committee_of(session, season, staff, reviewer.user), reviews=1)
        with pytest.raises(Conflict, match="增补委员"):
            assign(session, staff, round_)
        assert readers(session, round_, entry) == set()

    def test_nobody_is_given_by_hand_what_they_may_not_judge(self, session, season, staff, college):
        entry = entry_of(session, season, factories.expert(session, college))
        insider = factories.expert(session, college).user
        committee = committee_of(session, season, staff, insider, factories.user(session))
        round_ = round_of(session, season, staff, committee, reviews=1)
        assign(session, staff, round_)
        with pytest.raises(Refused, match="同一单位：海岬大学") as refused:
            give(session, staff, round_, entry, committee.members[0])
        assert "三（二）" in refused.value.clause

    def test_who_moves_to_the_entrants_university_afterwards_cannot_score(self, session, season, staff, college):
        entry_of(session, season, factories.expert(session, college))
        reviewer = factories.user(session)
        round_ = round_of(session, season, staff, committee_of(session, season, staff, reviewer), reviews=1)
        assign(session, staff, round_)
        factories.expert(session, college, user=reviewer)
        [sheet] = sheets_of(session, round_)
        with pytest.raises(Refused, match="同一单位") as refused:
            submit_sheet(session, reviewer, sheet, scores())
        assert refused.value.clause.startswith("威工发〔2020〕16号")
        assert sheet.submitted_at is None


class TestRecusal:
    def test_another_member_takes_over_and_the_reason_is_kept(self, session, season, staff):
        round_ = assigned(session, season, staff, size=3, entries=1, reviews=2)
        sheet = sheets_of(session, round_)[0]
        before = readers(session, round_, sheet.entry)
        other = recuse(session, sheet.member.user, round_, sheet.member, sheet.entry, "曾是我的学生")
        assert other.user not in before
        assert readers(session, round_, sheet.entry) == before - {sheet.member.user} | {other.user}
        assert session.query(Recusal).one().reason == "曾是我的学生"

    def test_without_another_the_entry_stays_short_and_the_reason_is_told(self, session, season, staff):
        round_ = assigned(session, season, staff, size=2, entries=1, reviews=2)
        sheet = sheets_of(session, round_)[0]
        assert recuse(session, sheet.member.user, round_, sheet.member, sheet.entry, "亲属") is None
        [short] = propose(session, round_).short
        assert short.blocked[0][1][-1].text == "已回避：亲属"

    def test_it_needs_a_reason_and_is_recorded_once(self, session, season, staff):
        round_ = assigned(session, season, staff)
        sheet = sheets_of(session, round_)[0]
        with pytest.raises(Invalid) as refused:
            recuse(session, sheet.member.user, round_, sheet.member, sheet.entry, "  ")
        assert refused.value.field == "reason"
        recuse(session, staff, round_, sheet.member, sheet.entry, "亲属")
        with pytest.raises(Conflict):
            recuse(session, staff, round_, sheet.member, sheet.entry, "亲属")

    def test_nobody_recuses_somebody_else(self, session, season, staff):
        round_ = assigned(session, season, staff)
        sheet = sheets_of(session, round_)[0]
        with pytest.raises(Forbidden):
            recuse(session, factories.user(session), round_, sheet.member, sheet.entry, "亲属")


class TestTerms:
    def test_what_a_leaver_has_not_handed_in_goes_to_others(self, session, season, staff):
        round_ = assigned(session, season, staff, size=3, entries=4, reviews=2)
        leaver = round_.committee.members[0]
        end_term(session, staff, leaver, today() - dt.timedelta(days=0), "调离")
        with clock_at(REVIEWING + dt.timedelta(days=1)):
            assert release_left(session, staff, round_, leaver) > 0
            assign(session, staff, round_)
        assert {sheet.member.seat for sheet in sheets_of(session, round_)} == {2, 3}
        assert len(sheets_of(session, round_)) == 8

    def test_what_a_leaver_handed_in_counts_for_the_entry(self, session, season, staff):
        round_ = assigned(session, season, staff, size=2, entries=1, reviews=2)
        sheet = sheets_of(session, round_)[0]
        submit_sheet(session, sheet.member.user, sheet, scores())
        end_term(session, staff, sheet.member, today(), "调离")
        with clock_at(REVIEWING + dt.timedelta(days=1)):
            assert propose(session, round_).short == ()


class TestBeforeItMayBegin:
    def test_weights_come_first(self, session, staff):
        season = season_in_review(session)
        season.settings = {key: value for key, value in season.settings.items() if not key.endswith("weight")}
        entry_of(session, season)
        round_ = round_of(session, season, staff, committee_of(session, season, staff, size=2))
        with pytest.raises(Refused, match="权重") as refused:
            assign(session, staff, round_)
        assert "三（二）" in refused.value.clause

    def test_the_phase_has_to_be_open(self, session, staff):
        season = season_in_review(session)
        entry_of(session, season)
        round_ = round_of(session, season, staff, committee_of(session, season, staff, size=2))
        with clock_at(REVIEWING - dt.timedelta(days=10)), pytest.raises(Refused, match="12 月 1 日"):
            assign(session, staff, round_)

    def test_a_group_has_one_review_of_a_kind(self, session, season, staff):
        committee = committee_of(session, season, staff, size=1)
        round_of(session, season, staff, committee)
        with pytest.raises(Conflict):
            round_of(session, season, staff, committee)

    @pytest.mark.parametrize("reviews", [0, 51, -1])
    def test_how_many_reviews_is_a_sensible_number(self, session, season, staff, reviews):
        with pytest.raises(Invalid) as refused:
            plan_round(session, staff, season, committee_of(session, season, staff, size=1), "tech_challenge",
                       reviews=reviews)
        assert refused.value.field == "reviews"

    def test_only_staff_organise(self, session, season, staff):
        committee = committee_of(session, season, staff, size=1)
        with pytest.raises(Forbidden):
            plan_round(session, committee.members[0].user, season, committee, "tech_challenge", reviews=1,
                       mode=RoundMode.written)

    def test_giving_out_again_changes_nothing(self, session, season, staff):
        round_ = assigned(session, season, staff)
        before = session.query(ReviewSheet).count()
        with pytest.raises(Conflict, match="都已经分派好了"):
            assign(session, staff, round_)
        assert session.query(ReviewSheet).count() == before
