"""Rule kind `window`: only contracts signed between two days count."""

import datetime as dt

from contests.rules.kinds import WindowRule
from contests.rules.outcome import Outcome, Refusal


def window(rule: WindowRule, signed_on: dt.date, document: str) -> Outcome:
    """Both days count. `signed_on` is a calendar day as the contract says it, so it needs no time zone."""
    if rule.first <= signed_on <= rule.last:
        return None
    return Refusal(rule.code, _message(rule, signed_on), rule.clause, document)


def _message(rule: WindowRule, signed_on: dt.date) -> str:
    year = rule.first.year
    if (rule.first, rule.last) == (dt.date(year, 1, 1), dt.date(year, 12, 31)):
        return f"合同签在 {signed_on.year} 年，这届竞赛只算 {year} 年签的"
    return f"合同签在 {chinese_day(signed_on)}，这届竞赛只算 {chinese_day(rule.first)}到 {chinese_day(rule.last)}签的"


def chinese_day(day: dt.date) -> str:
    """2026 年 3 月 5 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
