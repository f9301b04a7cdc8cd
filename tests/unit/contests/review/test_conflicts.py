"""Why a reviewer may not judge an entry: each kind of tie, from facts alone."""

import uuid

import pytest

from contests.review.conflicts import Dealing, Declaration, Kind, Side, conflicts, ties_of

REVIEWER, ENTRANT, BROKER, OTHER = (uuid.uuid4() for _ in range(4))
COLLEGE, FIRM, ELSEWHERE = (uuid.uuid4() for _ in range(3))
HOME = Side({REVIEWER: "周砚秋"}, {COLLEGE: "海岬大学"}, ("海岬大学",))


def entry(people=(ENTRANT,), organisations=(), employers=(), body=None) -> Side:
    return Side(dict.fromkeys(people, "林试"), dict(organisations), tuple(employers), body)


def kinds(reviewer=HOME, side=None, dealings=(), declarations=()) -> list[Kind]:
    return [reason.kind for reason in conflicts(ties_of(reviewer, dealings, declarations), side or entry())]


def contract(*partners, brokers=(), firm=FIRM, school=ELSEWHERE, kind=Kind.collaboration) -> Dealing:
    return Dealing(kind, "合同 HJ-1", frozenset(partners), firm, school, frozenset(brokers))


def test_nothing_known_is_no_reason():
    assert kinds(dealings=[contract(ENTRANT, OTHER)], declarations=[Declaration(OTHER, FIRM)]) == []


def test_the_own_entry():
    assert kinds(side=entry((ENTRANT, REVIEWER))) == [Kind.own]


def test_the_own_university_whoever_of_a_team_belongs_to_it():
    assert kinds(side=entry((ENTRANT, OTHER), {ELSEWHERE: "某厂", COLLEGE: "海岬大学"})) == [Kind.organisation]


@pytest.mark.parametrize("typed", ["海岬大学", " 海岬 大学", "海岬大学 ", "（海岬）大学"])
def test_the_own_workplace_by_name_alone(typed):
    assert kinds(side=entry(employers=(typed,))) == [Kind.organisation]


def test_an_empty_workplace_is_nobodys():
    assert kinds(Side({REVIEWER: "周"}, {}, ("",)), entry(employers=("", "　"))) == []


def test_a_contract_with_the_entrant():
    assert kinds(dealings=[contract(REVIEWER, ENTRANT)]) == [Kind.collaboration]


def test_a_contract_of_the_reviewers_firm_with_the_entrant():
    assert kinds(Side({REVIEWER: "周"}, {FIRM: "某厂"}), dealings=[contract(OTHER, ENTRANT)]) == [Kind.collaboration]


def test_a_contract_with_the_firm_on_the_entrants_team():
    assert kinds(side=entry(organisations={FIRM: "某厂"}), dealings=[contract(REVIEWER, OTHER)]) == [Kind.collaboration]


def test_a_contract_with_somebody_elses_university_binds_that_university_only_where_it_enters_itself():
    dealing = contract(OTHER, REVIEWER, firm=COLLEGE)
    assert kinds(side=entry(organisations={ELSEWHERE: "某大学"}), dealings=[dealing]) == []
    assert kinds(side=entry(organisations={ELSEWHERE: "某大学"}, body=ELSEWHERE), dealings=[dealing]) == [
        Kind.collaboration]


def test_who_brought_the_reviewers_contract_about():
    assert kinds(side=entry((BROKER,)), dealings=[contract(REVIEWER, OTHER, brokers=[BROKER])]) == [Kind.introduction]


def test_whom_the_reviewer_brought_together():
    assert kinds(dealings=[contract(ENTRANT, OTHER, brokers=[REVIEWER])]) == [Kind.introduction]


def test_an_introduction_that_came_to_nothing():
    assert kinds(dealings=[contract(REVIEWER, ENTRANT, brokers=[BROKER], kind=Kind.introduction)]) == [
        Kind.introduction]


@pytest.mark.parametrize("declared", [Declaration(REVIEWER, FIRM), Declaration(COLLEGE, FIRM),
                                      Declaration(ENTRANT, COLLEGE), Declaration(FIRM, COLLEGE)])
def test_a_declared_conflict_binds_both_ways_round(declared):
    assert kinds(side=entry(organisations={FIRM: "某厂"}), declarations=[declared]) == [Kind.declared]


def test_every_reason_is_told_once_and_the_gravest_first():
    side = entry((REVIEWER, ENTRANT), {COLLEGE: "海岬大学"}, ("海岬大学",))
    assert kinds(side=side, dealings=[contract(REVIEWER, ENTRANT)] * 2) == [
        Kind.own, Kind.organisation, Kind.collaboration]
