"""Selection against brute force: the best set, nothing decided among equals, and the caps that left each one out."""

import dataclasses
import random
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from contests.selection.choice import select
from contests.selection.ranking import Candidate, rank
from contests.selection.terms import Cap, Criterion, Grade, Terms
from tests.unit.contests.selection import oracle

ONE = (Criterion("score", "得分", "分", Decimal(1), Decimal(100)),)
FIGURES = st.integers(0, 100).map(Decimal)
TERMS, CANDIDATES = oracle.strategies(ONE, FIGURES)
FEW = oracle.strategies(ONE, st.integers(1, 2).map(Decimal))[1]


def entries(*rows: tuple[int, str, str]) -> list[Candidate]:
    return [Candidate(at, {"score": Decimal(score)}, 0, firm, district)
            for at, (score, firm, district) in enumerate(rows)]


def grades(terms: Terms, candidates: list[Candidate], **options) -> dict[int, str | None]:
    return {one.key: one.grade.code if one.grade else None for one in select(terms, candidates, **options).placed}


@given(TERMS, CANDIDATES(0, 6, unique=True))
def test_the_selection_is_the_best_of_all_that_keep_the_caps(terms, candidates):
    entrants = rank(terms.criteria, candidates)
    codes = [grade.code for grade in terms.grades] + [None]
    expected = {one.candidate.key: codes[index]
                for one, index in zip(entrants, oracle.best(terms, entrants), strict=True)}
    assert grades(terms, candidates) == expected


@settings(max_examples=60)
@given(TERMS, FEW(0, 4, unique=False))
def test_of_equals_everything_is_found_that_may_become_of_them(terms, candidates):
    found = {one.key: {terms.grades.index(grade) if grade else len(terms.grades) for grade in one.grades}
             for one in select(terms, candidates).placed}
    assert found == oracle.endings(terms, candidates)


@given(TERMS, FEW(0, 12, unique=False), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(terms, candidates, chance: random.Random):
    shuffled = chance.sample(candidates, len(candidates))
    told = [{one.key: (one.ranked.rank, one.grades, one.obstacles) for one in select(terms, rows).placed}
            for rows in (candidates, shuffled)]
    assert told[0] == told[1]
    ties = [{(tie.rank, frozenset(tie.members)) for tie in select(terms, rows).ties} for rows in (candidates, shuffled)]
    assert ties[0] == ties[1]


@given(TERMS, CANDIDATES(0, 8, unique=True))
def test_no_cap_no_place_and_no_cutoff_is_passed(terms, candidates):
    placed = select(terms, candidates).placed
    index = {grade.code: at for at, grade in enumerate(terms.grades)}
    chosen = tuple(index[one.grade.code] if one.grade else len(terms.grades) for one in placed)
    assert oracle.allowed(terms, [one.ranked for one in placed], chosen)


def widened(terms: Terms, caps: tuple[Cap, ...]) -> Terms:
    """The terms with each of these caps, a grade's own places among them, one wider."""
    codes = {cap.code for cap in caps}
    return dataclasses.replace(
        terms, caps=tuple(dataclasses.replace(cap, most=cap.most + (cap.code in codes)) for cap in terms.caps),
        grades=tuple(dataclasses.replace(grade, places=grade.places + 1) if f"places.{grade.code}" in codes else grade
                     for grade in terms.grades))


@given(TERMS, CANDIDATES(1, 8, unique=True))
def test_whoever_is_left_out_would_get_in_with_the_named_caps_one_wider(terms, candidates):
    placed = select(terms, candidates).placed
    index = {grade.code: at for at, grade in enumerate(terms.grades)}
    kept = [index[one.grade.code] if one.grade else len(terms.grades) for one in placed]
    for at, one in enumerate(placed):
        entrants = [other.ranked for other in placed[:at + 1]]
        for obstacle in (obstacle for obstacle in one.obstacles if not obstacle.short):
            tried = (*kept[:at], index[obstacle.grade.code])
            assert oracle.allowed(widened(terms, obstacle.caps), entrants, tried)
            assert not oracle.allowed(terms, entrants, tried)


def test_a_cap_on_the_better_grade_lets_an_entry_into_the_next_one():
    terms = Terms(ONE, (Grade("first", "宣讲人", 10), Grade("second", "创新达人", 100)),
                  (Cap("two", "每区市两名", "district", 2, "first"),))
    found = select(terms, entries((90, "", "环翠"), (80, "", "环翠"), (70, "", "环翠"), (60, "", "荣成")))
    assert [one.grade.code for one in found.placed] == ["first", "first", "second", "first"]
    assert [cap.code for cap in found.placed[2].obstacles[0].caps] == ["two"]


def test_where_caps_cross_the_higher_rank_is_not_given_up_for_two_lower_ones():
    terms = Terms(ONE, (Grade("award", "获奖"),),
                  (Cap("firm", "每单位一名", "organisation", 1), Cap("town", "每区市一名", "district", 1)))
    found = select(terms, entries((90, "甲", "环翠"), (89, "甲", "荣成"), (88, "乙", "环翠")))
    assert [one.grade is not None for one in found.placed] == [True, False, False]
    assert [[cap.code for cap in one.obstacles[0].caps] for one in found.placed[1:]] == [["firm"], ["town"]]


def test_all_equal_and_too_few_places_leaves_everything_to_the_committee():
    terms = Terms(ONE, (Grade("first", "一等奖", 3),))
    found = select(terms, entries(*[(50, "", "")] * 200))
    assert {one.ranked.rank for one in found.placed} == {1}
    assert not any(one.certain for one in found.placed)
    assert [len(tie.members) for tie in found.ties] == [200]


def test_the_committees_order_settles_equals_and_lifts_nobody_over_a_better_rank():
    terms = Terms(ONE, (Grade("first", "一等奖", 2),))
    rows = entries((90, "", ""), (80, "", ""), (80, "", ""), (80, "", ""))
    found = select(terms, rows, {3: 1})
    assert found.ties == ()
    assert [(one.key, one.ranked.rank) for one in found.awarded()] == [(0, 1), (3, 2)]
    assert select(terms, rows, {3: 1, 1: 2}).awarded() == found.awarded()


def test_a_tie_that_does_not_matter_is_none():
    terms = Terms(ONE, (Grade("first", "一等奖", 2), Grade("second", "二等奖", 2)))
    found = select(terms, entries((90, "", ""), (90, "", ""), (80, "", ""), (80, "", ""), (10, "", ""), (10, "", "")))
    assert found.ties == ()
    assert [one.grade.code if one.grade else "" for one in found.placed] == ["first"] * 2 + ["second"] * 2 + [""] * 2


def test_equals_of_one_firm_decide_about_a_lower_rank_too():
    terms = Terms(ONE, (Grade("award", "获奖", 2),), (Cap("firm", "每单位一名", "organisation", 1),))
    found = select(terms, entries((90, "甲", ""), (90, "乙", ""), (90, "乙", ""), (80, "丙", "")))
    by_key = {one.key: one for one in found.placed}
    assert by_key[0].certain
    assert by_key[0].grade is not None
    assert not by_key[1].certain
    assert not by_key[2].certain
    assert by_key[3].certain
    assert by_key[3].grade is None


def test_caps_that_admit_nobody_leave_everybody_out_and_say_so():
    terms = Terms(ONE, (Grade("first", "一等奖", 5),), (Cap("all", "总数", "contest", 0),))
    found = select(terms, entries((90, "", ""), (80, "", "")))
    assert found.awarded() == []
    assert found.ties == ()
    assert [[cap.code for cap in one.obstacles[0].caps] for one in found.placed] == [["all"]] * 2


def test_without_entries_nobody_is_selected():
    assert select(Terms(ONE, (Grade("first", "一等奖", 5),)), []).placed == ()


def test_grades_by_cutoff_alone_take_everybody_who_reaches_them():
    terms = Terms(ONE, (Grade("excellent", "优秀", None, Decimal(90)), Grade("good", "良好", None, Decimal(75)),
                        Grade("pass", "合格", None, Decimal(60)), Grade("fail", "不合格", None, Decimal(0))))
    assert list(grades(terms, entries((95, "", ""), (90, "", ""), (89, "", ""), (60, "", ""), (59, "", ""))).values()) \
        == ["excellent", "excellent", "good", "pass", "fail"]
