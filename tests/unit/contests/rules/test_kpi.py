"""Rule kind kpi."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contests.parts import Clause
from contests.rules.kinds import KpiRule, Target
from contests.rules.kpi import kpi

CLAUSE = Clause(article="一（三）2", text="不少于300家或占……比例不低于50%")
COUNT = Target(measure="associations", name="参与的企业科协", unit="家", at_least=300)
RATIO = Target(measure="associations", name="参与的企业科协占比", unit="%", at_least=50, of="all_associations")
EITHER = KpiRule(kind="kpi", code="associations", name="参与面", any_of=(COUNT, RATIO), clause=CLAUSE)
CASES = KpiRule(kind="kpi", code="cases", name="案例集", clause=CLAUSE,
                any_of=(Target(measure="cases", name="案例", unit="个", at_most=100),))


def reached(rule, **figures):
    return kpi(rule, {name: Decimal(value) for name, value in figures.items()}).reached


@pytest.mark.parametrize(("joined", "all_", "passes"), [
    (300, 1000, True), (299, 1000, False), (50, 100, True), (49, 100, False), (3, 5, True)])
def test_either_target_is_enough(joined, all_, passes):
    assert reached(EITHER, associations=joined, all_associations=all_) is passes


def test_a_figure_nobody_recorded_reaches_nothing():
    assert not reached(EITHER)
    assert not reached(CASES)
    assert kpi(EITHER, {}).readings[0].value is None


def test_a_share_of_nothing_is_no_share():
    assert not reached(EITHER, associations=0, all_associations=0)


@pytest.mark.parametrize(("cases", "passes"), [(100, True), (101, False)])
def test_at_most_includes_its_bound(cases, passes):
    assert reached(CASES, cases=cases) is passes


@given(st.integers(0, 500), st.integers(1, 500))
def test_half_is_exactly_half(joined, all_):
    assert reached(EITHER, associations=joined, all_associations=all_) == (joined >= 300 or 2 * joined >= all_)
