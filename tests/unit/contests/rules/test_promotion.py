"""Rule kind promotion."""

import pytest

from contests.parts import Clause
from contests.rules.kinds import PromotionRule
from contests.rules.promotion import promotion

RULE = PromotionRule(kind="promotion", code="final", stage="special", award="first", target="final",
                     clause=Clause(article="二", text="获得专项赛一等奖的团队晋级全国总决赛。"))


def test_a_first_prize_goes_on():
    assert promotion(RULE, "海岬队", "special", "first", "专项赛一等奖", "x") is None


@pytest.mark.parametrize(("stage", "award"), [("special", "second"), ("special", None), ("final", "first")])
def test_nobody_else_does(stage, award):
    refusal = promotion(RULE, "海岬队", stage, award, "专项赛一等奖", "中小企通〔2023〕49号")
    assert refusal.message == "“海岬队”没有获得专项赛一等奖，不能晋级"
    assert refusal.citation == "中小企通〔2023〕49号 二：“获得专项赛一等奖的团队晋级全国总决赛。”"
