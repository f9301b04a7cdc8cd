"""Rule kind `window`: only contracts signed, or papers handed in, between two days count."""

import datetime as dt

from contests.rules.kinds import WindowRule
from contests.rules.outcome import Outcome, Refusal


def window(rule: WindowRule, day: dt.date, document: str) -> Outcome:
    """Both days count. `day` is a calendar day as the paper says it, so it needs no time zone."""
    if rule.first <= day <= rule.last:
        return None
    return Refusal(rule.code, _message(rule, day), rule.clause, document)


def judged_day(rule: WindowRule, received_on: dt.date | None, dispatched_on: dt.date | None) -> dt.date | None:
    """The day a parcel is judged by: when the courier took it, where the rule says so and a waybill shows it."""
    return dispatched_on if rule.by_dispatch and dispatched_on else received_on


def _message(rule: WindowRule, day: dt.date) -> str:
    year = rule.first.year
    if rule.on == "received":
        sent = "寄出" if rule.by_dispatch else "送到"
        late = f"{chinese_day(rule.last)}截止，逾期不收" if day > rule.last else f"{chinese_day(rule.first)}才开始收"
        return f"材料 {chinese_day(day)}{sent}，{late}"
    if (rule.first, rule.last) == (dt.date(year, 1, 1), dt.date(year, 12, 31)):
        return f"合同签在 {day.year} 年，这届竞赛只算 {year} 年签的"
    return f"合同签在 {chinese_day(day)}，这届竞赛只算 {chinese_day(rule.first)}到 {chinese_day(rule.last)}签的"


def chinese_day(day: dt.date) -> str:
    """2026 年 3 月 5 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
