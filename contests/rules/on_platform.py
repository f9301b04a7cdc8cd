"""Rule kind `on_platform`: the contract grew out of a demand posted here, and the claimant had a hand in it."""

import datetime as dt

from contests.rules.claim import Link
from contests.rules.kinds import OnPlatformRule
from contests.rules.outcome import Outcome, Refusal
from contests.rules.window import chinese_day


def on_platform(rule: OnPlatformRule, link: Link, signed_on: dt.date, document: str) -> Outcome:
    """Refuses a missing step of the trail demand → engagement (or introduction) → contract, and one taken afterwards.

    A demand posted after its contract was signed was not taken on from the platform.
    """
    message = _gap(rule, link) or _too_late(rule, link, signed_on)
    return Refusal(rule.code, message, rule.clause, document) if message else None


def _gap(rule: OnPlatformRule, link: Link) -> str | None:
    if link.demand_published_on is None:
        return "这份合同没有对应平台上发布的技术需求，属于平台外的合作"
    if link.enterprise_admitted_on is None:
        return f"需求 {link.demand_number} 的企业没有入驻平台"
    if link.engaged_on is None:
        return f"平台上没有您和需求 {link.demand_number} 的对接记录"
    if rule.link == "introduction" and link.introduced_on is None:
        return f"平台上没有您为需求 {link.demand_number} 牵线的记录"
    return None


def _too_late(rule: OnPlatformRule, link: Link, signed_on: dt.date) -> str | None:
    if _after(link.demand_published_on, signed_on):
        return (f"合同在 {chinese_day(signed_on)}签订，需求 {link.demand_number} "
                f"到 {chinese_day(link.demand_published_on)}才发布，不算承接平台上的需求")
    if rule.link == "introduction" and _after(link.introduced_on, signed_on):
        return f"合同在 {chinese_day(signed_on)}签订，牵线记录在 {chinese_day(link.introduced_on)}，晚于签订日"
    return None


def _after(day: dt.date | None, signed_on: dt.date) -> bool:
    return day is not None and day > signed_on
