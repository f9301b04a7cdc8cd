"""Ranks: by points, then by what the document measures, then shared."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from contests.selection.ranking import Candidate, rank
from contests.selection.terms import Criterion

PAIR = (Criterion("count", "项目数量", "项", Decimal("0.5")), Criterion("amount", "合同金额", "元", Decimal("0.5")))
SMALL = st.integers(0, 3).map(Decimal)
ROWS = st.lists(st.tuples(SMALL, SMALL, st.integers(0, 1)), max_size=12).map(
    lambda rows: [Candidate(at, {"count": count, "amount": amount}, preferred)
                  for at, (count, amount, preferred) in enumerate(rows)])


def ranks(candidates: list[Candidate]) -> dict[int, int]:
    return {one.candidate.key: one.rank for one in rank(PAIR, candidates)}


def candidate(key: int, count: int, amount: int, preferred: int = 0) -> Candidate:
    return Candidate(key, {"count": Decimal(count), "amount": Decimal(amount)}, preferred)


def test_equal_points_are_told_apart_by_the_first_criterion():
    assert ranks([candidate(0, 2, 4), candidate(1, 4, 2)]) == {1: 1, 0: 2}


def test_preferred_comes_before_the_criteria_and_after_the_points():
    assert ranks([candidate(0, 4, 2), candidate(1, 2, 4, preferred=1), candidate(2, 4, 4)]) == {2: 1, 1: 2, 0: 3}


def test_equals_share_a_rank_and_the_next_is_skipped():
    assert ranks([candidate(0, 1, 1), candidate(1, 4, 4), candidate(2, 2, 2), candidate(3, 2, 2)]) \
        == {1: 1, 2: 2, 3: 2, 0: 4}


@given(ROWS, st.randoms(use_true_random=False))
def test_shuffling_the_entries_changes_no_rank(candidates, chance):
    assert ranks(chance.sample(candidates, len(candidates))) == ranks(candidates)


@given(ROWS)
def test_a_rank_is_one_more_than_how_many_stand_higher(candidates):
    found = rank(PAIR, candidates)
    for one in found:
        higher = [other for other in found if other.points > one.points]
        assert one.rank > len(higher)
        assert one.rank == 1 + sum(other.rank < one.rank for other in found)
        assert all(other.rank < one.rank for other in higher)
