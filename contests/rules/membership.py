"""Rule kind `membership`: the entrant is of the right kind and class, meets the conditions, has joined (入驻)."""

from contests.rules.claim import Entrant
from contests.rules.kinds import MembershipRule
from contests.rules.outcome import Outcome, Refusal

KIND_NAMES = {"person": "个人", "team": "团队", "organisation": "单位", "collective": "集体", "province": "省份"}


def membership(rule: MembershipRule, entrant: Entrant, document: str) -> Outcome:
    """A condition that is only preferred (优先考虑) shuts nobody out."""
    if entrant.kind != rule.entrant:
        message = f"这个组别只收{KIND_NAMES[rule.entrant]}报名，“{entrant.name}”不是{KIND_NAMES[rule.entrant]}"
        return Refusal(rule.code, message, rule.clause, document)
    if rule.on_platform and entrant.admitted_on is None:
        return Refusal(rule.code, f"{entrant.name}还没有入驻平台，先办入驻再认领", rule.clause, document)
    return _of_class(rule, entrant, document) or _conditions(rule, entrant, document)


def _of_class(rule: MembershipRule, entrant: Entrant, document: str) -> Outcome:
    said = entrant.organisation_class
    if said in rule.excluded:
        return Refusal(rule.code, f"“{entrant.name}”是{said}，不得申报", rule.clause, document)
    if rule.classes and said not in rule.classes:
        allowed = "、".join(rule.classes)
        what = f"“{entrant.name}”是{said}" if said else f"没有写“{entrant.name}”是哪一类单位"
        return Refusal(rule.code, f"{what}，只收{allowed}", rule.clause, document)
    return None


def _conditions(rule: MembershipRule, entrant: Entrant, document: str) -> Outcome:
    unmet = [one for one in rule.conditions if not one.preferred and one.code not in entrant.meets]
    if not unmet:
        return None
    message = "还没有满足：" + "；".join(one.text for one in unmet)
    return Refusal(rule.code, message, unmet[0].clause, document)


def preferences(rule: MembershipRule, entrant: Entrant) -> list[str]:
    """The codes of the preferred conditions that the entrant meets: between equals, they come first."""
    return [one.code for one in rule.conditions if one.preferred and one.code in entrant.meets]
