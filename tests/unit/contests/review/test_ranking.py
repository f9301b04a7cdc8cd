"""Raw and calibrated ranks side by side: exact means, shared ranks, no rank across groups that share no judge."""

import itertools
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contests.review.ranking import Sheet, ranks, rounded, stand

WEIGHTS = {"p": Decimal("0.6"), "q": Decimal("0.4")}


def sheet(entry, judge, p, q=None) -> Sheet:
    return Sheet(entry, judge, {"p": Decimal(p), "q": Decimal(p if q is None else q)})


def table(result):
    return {one.entry: (one.raw, one.raw_rank, one.calibrated_rank) for one in result.standings}


def test_a_weighted_mean_is_exact_and_equals_share_their_rank():
    result = stand([sheet("a", "x", 80, 90), sheet("b", "x", 84, 84), sheet("c", "x", 70)], WEIGHTS)
    assert table(result) == {"a": (Decimal(84), 1, 1), "b": (Decimal(84), 1, 1), "c": (Decimal(70), 3, 3)}


def test_who_met_the_strict_judge_moves_up():
    sheets = [sheet("a", "strict", 70), sheet("a", "mild", 90), sheet("b", "mild", 88), sheet("b", "fair", 80),
              sheet("c", "strict", 68), sheet("c", "fair", 79)]
    result = stand(sheets, WEIGHTS)
    assert result.judges_differ
    moved = {one.entry: (one.raw_rank, one.calibrated_rank) for one in result.standings}
    assert moved["b"][0] == 1
    assert moved["b"][1] > 1


def test_where_judges_agree_nothing_moves():
    result = stand([sheet(entry, judge, value) for entry, value in (("a", 90), ("b", 80)) for judge in "xy"], WEIGHTS)
    assert not result.judges_differ
    assert not any(one.moved for one in result.standings)


def test_two_groups_without_a_common_judge_get_no_common_calibrated_rank():
    result = stand([sheet("a", "x", 90), sheet("b", "x", 80), sheet("c", "y", 70), sheet("d", "y", 60)], WEIGHTS)
    assert sorted((one.piece, one.calibrated_rank) for one in result.standings) == [(0, 1), (0, 2), (1, 1), (1, 2)]


def test_ranks_skip_after_equals():
    assert ranks({"a": Decimal(3), "b": Decimal(2), "c": Decimal(2), "d": Decimal(1)}) == {
        "a": 1, "b": 2, "c": 2, "d": 4}


def test_halves_go_up_and_noise_is_no_half():
    assert rounded(Fraction(17001, 200)) == Decimal("85.01")
    assert rounded(85.005 - 1e-12) == Decimal("85.01")


@given(st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")), st.integers(0, 10000), min_size=1))
def test_shuffling_the_sheets_changes_no_rank(values):
    sheets = [sheet(entry, judge, Decimal(value) / 100) for (entry, judge), value in values.items()]
    orders = itertools.islice(itertools.permutations(sheets), 6)
    assert len({stand(order, WEIGHTS).standings for order in orders}) == 1
