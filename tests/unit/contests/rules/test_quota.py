"""Rule kind quota."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from contests.parts import Clause
from contests.rules.kinds import QuotaRule
from contests.rules.quota import Counted, quota

CLAUSE = Clause(article="一（二）4", text="来自同一企业的不超过2人")
FIRM = QuotaRule(kind="quota", code="firm", name="同一企业的创新达人", counts="innovator", per="organisation", most=2,
                 clause=CLAUSE)
ALL = FIRM.model_copy(update={"per": "contest", "most": 100, "name": "正式名单"})
TABLE = FIRM.model_copy(update={"per": "district", "most": None, "by_table": True, "name": "地区推荐名额"})
HEAVY, LIGHT = Counted("云港重工", "环翠区"), Counted("海岬轻工", "文登区")


def test_as_many_as_there_are_places_pass():
    assert quota(FIRM, [HEAVY, HEAVY, LIGHT], "x") == []


def test_every_violation_is_named():
    found = quota(FIRM, [HEAVY] * 3 + [LIGHT] * 4, "文号")
    assert sorted(one.message for one in found) == ["同一企业的创新达人：云港重工 3，最多 2", "同一企业的创新达人：海岬轻工 4，最多 2"]
    assert found[0].citation == "文号 一（二）4：“来自同一企业的不超过2人”"


def test_all_together():
    assert quota(ALL, [HEAVY] * 100, "x") == []
    assert quota(ALL, [HEAVY] * 101, "x")[0].message == "正式名单：合计 101，最多 100"


def test_the_allocation_table_rules_a_district_and_an_unnamed_district_has_none():
    table = {"环翠区": 1}
    assert quota(TABLE, [HEAVY], "x", table) == []
    assert [one.message for one in quota(TABLE, [HEAVY, LIGHT], "x", table)] == ["地区推荐名额：文登区 1，最多 0"]


def test_what_nobody_set_is_not_defaulted():
    assert "名额分配表还没有定" in quota(TABLE, [], "x")[0].message
    assert "上限还没有定" in quota(FIRM.model_copy(update={"most": "unsaid"}), [], "x")[0].message


@given(st.lists(st.sampled_from("甲乙丙"), max_size=12), st.integers(1, 5))
def test_refused_are_exactly_those_over(firms, most):
    rule = FIRM.model_copy(update={"most": most})
    over = sum(number > most for number in Counter(firms).values())
    assert len(quota(rule, [Counted(firm) for firm in firms], "x")) == over
