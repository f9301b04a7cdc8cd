"""Rule kind on_platform."""

import datetime as dt
from dataclasses import replace

import pytest

from contests.parts import Clause
from contests.rules.claim import Link
from contests.rules.kinds import OnPlatformRule
from contests.rules.on_platform import on_platform

DAY = dt.date(2026, 5, 1)
SIGNED = dt.date(2026, 9, 8)
EXPERT_RULE = OnPlatformRule(kind="on_platform", code="link", link="engagement",
                             clause=Clause(article="一（二）", text="承接"))
BROKER_RULE = EXPERT_RULE.model_copy(update={"link": "introduction"})
WHOLE = Link("WH-2026-0001", DAY, DAY, DAY, DAY)


@pytest.mark.parametrize("rule", [EXPERT_RULE, BROKER_RULE])
def test_a_whole_trail_passes(rule):
    assert on_platform(rule, WHOLE, SIGNED, "x") is None


def test_an_expert_needs_no_introduction():
    assert on_platform(EXPERT_RULE, replace(WHOLE, introduced_on=None), SIGNED, "x") is None


@pytest.mark.parametrize(("step", "says"), [
    ("demand_published_on", "平台外的合作"), ("enterprise_admitted_on", "企业没有入驻"),
    ("engaged_on", "对接记录"), ("introduced_on", "牵线的记录")])
def test_a_missing_step_is_named(step, says):
    assert says in on_platform(BROKER_RULE, replace(WHOLE, **{step: None}), SIGNED, "x").message


def test_a_demand_posted_after_the_contract_was_not_taken_on():
    refusal = on_platform(EXPERT_RULE, replace(WHOLE, demand_published_on=dt.date(2026, 9, 9)), SIGNED, "x")
    assert "2026 年 9 月 9 日才发布" in refusal.message


def test_a_demand_posted_on_the_signing_day_passes():
    assert on_platform(EXPERT_RULE, replace(WHOLE, demand_published_on=SIGNED), SIGNED, "x") is None


def test_an_introduction_after_the_contract_earns_nothing():
    assert "晚于签订日" in on_platform(BROKER_RULE, replace(WHOLE, introduced_on=dt.date(2026, 9, 9)), SIGNED, "x").message
