"""Figures into points, exactly: the best earns 100, weights add up, nothing that is no number passes."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.selection.points import weigh
from contests.selection.terms import Criterion
from models.errors import Invalid

PAIR = (Criterion("count", "项目数量", "项", Decimal("0.4")), Criterion("amount", "合同金额", "元", Decimal("0.6")))
AMOUNTS = st.decimals(0, 10**12, places=2)


def figures(*rows: tuple[int | Decimal, int | Decimal]) -> dict[int, dict[str, Decimal]]:
    return {at: {"count": Decimal(count), "amount": Decimal(amount)} for at, (count, amount) in enumerate(rows)}


def test_the_best_figure_earns_all_points_and_the_others_their_share_of_it():
    found = weigh(PAIR, figures((4, 300_000), (3, 1_200_000), (0, 0)))
    assert [one.total for one in found.values()] == [Decimal("55.00"), Decimal("90.00"), Decimal("0.00")]
    assert found[1].parts == {"count": Decimal("75.00"), "amount": Decimal("100.00")}


def test_halves_of_a_hundredth_are_rounded_up_once():
    third = weigh(PAIR, figures((1, 1), (3, 3)))[0]
    assert (third.total, third.parts["count"]) == (Decimal("33.33"), Decimal("33.33"))
    criterion = (Criterion("score", "得分", "分", Decimal(1), Decimal(100)),)
    assert weigh(criterion, {0: {"score": Decimal("88.345")}})[0].total == Decimal("88.35")


def test_a_fixed_full_figure_is_the_most_that_counts():
    criterion = (Criterion("amount", "合同金额", "元", Decimal(1), Decimal(5_000_000)),)
    found = weigh(criterion, {0: {"amount": Decimal(2_500_000)}, 1: {"amount": Decimal(9_000_000)}})
    assert [one.total for one in found.values()] == [Decimal("50.00"), Decimal("100.00")]


def test_an_indicator_of_which_nobody_has_any_gives_no_points():
    assert [one.total for one in weigh(PAIR, figures((0, 10), (0, 5))).values()] == [Decimal("60.00"), Decimal("30.00")]


def test_a_missing_figure_counts_as_none():
    assert weigh(PAIR, {0: {}, 1: {"count": Decimal(2)}})[0].total == 0


def test_without_entries_there_are_no_points():
    assert weigh(PAIR, {}) == {}


@pytest.mark.parametrize("wrong", ["NaN", "sNaN", "Infinity", "-Infinity", "-0.01"])
def test_what_is_no_amount_is_refused_with_the_indicators_name(wrong):
    with pytest.raises(Invalid, match="合同金额") as refused:
        weigh(PAIR, {0: {"amount": Decimal(5)}, 1: {"amount": Decimal(wrong)}})
    assert refused.value.field == "amount"


@given(st.lists(st.tuples(st.integers(0, 50), AMOUNTS), min_size=1, max_size=8))
def test_points_equal_the_formula_in_fractions(rows):
    best = [max(Fraction(row[at]) for row in rows) for at in range(2)]
    for (count, amount), one in zip(rows, weigh(PAIR, figures(*rows)).values(), strict=True):
        parts = [100 * Fraction(value) / most if most else 0 for value, most in zip((count, amount), best, strict=True)]
        exact = Fraction(2, 5) * parts[0] + Fraction(3, 5) * parts[1]
        assert abs(Fraction(one.total) - exact) <= Fraction(1, 200)
        assert 0 <= one.total <= 100
