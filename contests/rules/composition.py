"""Rule kind `composition`: who has to be in a team or a committee, and how many of them at most. Thirds are exact."""

import uuid
from collections.abc import Sequence
from fractions import Fraction

from contests.rules.entry import Member
from contests.rules.kinds import CompositionRule, Need
from contests.rules.outcome import Outcome, Refusal

KIND_NAMES = {"university": "高校", "enterprise": "企业", "institute": "科研院所", "other": "其他单位"}
SIDE_NAMES = {None: "", "lead": "牵头的", "partner": "参与的", "outside": "外面的"}


def composition(rule: CompositionRule, members: Sequence[Member], document: str, *, filer_id: uuid.UUID | None = None,
                mode: str = "") -> Outcome:
    """The first thing that is wrong with the members, if any. A rule for another 组建模式 says nothing."""
    if rule.mode is not None and rule.mode != mode:
        return None
    message = (_needs(rule.needs, members) or _defender(rule, members) or _filer(rule, members, filer_id)
               or _share(rule, members) or _chair(rule, members))
    return Refusal(rule.code, message, rule.clause, document) if message else None


def _needs(needs: Sequence[Need], members: Sequence[Member]) -> str | None:
    for need in needs:
        count = sum(member.kind in need.of and need.side in (None, member.side) for member in members)
        name = SIDE_NAMES[need.side] + "或".join(KIND_NAMES[kind] for kind in need.of)
        if count < need.at_least:
            return f"{name}成员至少 {need.at_least} 个，现在 {count} 个"
        if need.at_most is not None and count > need.at_most:
            return f"{name}成员最多 {need.at_most} 个，现在 {count} 个"
    return None


def _defender(rule: CompositionRule, members: Sequence[Member]) -> str | None:
    if rule.defender is None:
        return None
    if rule.defender == "student" and not any(member.student for member in members):
        return "团队里没有学生，答辩人应由高校学生担任"
    defenders = [member for member in members if member.defender]
    if len(defenders) != 1:
        return f"指定一位答辩人，现在 {len(defenders)} 位"
    only = defenders[0]
    if rule.defender == "student" and not (only.student and only.kind == "university"):
        return f"答辩人{only.name}不是高校学生"
    return None


def _filer(rule: CompositionRule, members: Sequence[Member], filer_id: uuid.UUID | None) -> str | None:
    if rule.filed_by_member and filer_id not in {member.user_id for member in members if member.user_id}:
        return "不能替别人报名：报名的人要在团队成员里"
    return None


def _share(rule: CompositionRule, members: Sequence[Member]) -> str | None:
    """inside ÷ all ≤ share, compared as whole numbers: 2 of 6 is one third, 2 of 5 is more."""
    if rule.inside_at_most is None:
        return None
    if not members:
        return "还没有成员"
    inside = sum(member.side in ("lead", "partner") for member in members)
    if Fraction(inside, len(members)) <= rule.inside_at_most:
        return None
    return f"牵头和共建单位 {inside} 人，共 {len(members)} 人，超过 {rule.inside_at_most}"


def _chair(rule: CompositionRule, members: Sequence[Member]) -> str | None:
    if not rule.chair_from_outside:
        return None
    chairs = [member for member in members if member.chair]
    if len(chairs) != 1:
        return f"指定一位主任，现在 {len(chairs)} 位"
    return None if chairs[0].side == "outside" else f"主任{chairs[0].name}来自牵头或共建单位，应由外面的专家担任"
