"""Rule kind `membership`: the entrant is of the right kind and has joined the platform (入驻)."""

from contests.rules.claim import Entrant
from contests.rules.kinds import MembershipRule
from contests.rules.outcome import Outcome, Refusal

KIND_NAMES = {"person": "个人", "organisation": "单位"}


def membership(rule: MembershipRule, entrant: Entrant, document: str) -> Outcome:
    if entrant.kind != rule.entrant:
        message = f"这个组别只收{KIND_NAMES[rule.entrant]}报名，“{entrant.name}”不是{KIND_NAMES[rule.entrant]}"
        return Refusal(rule.code, message, rule.clause, document)
    if entrant.admitted_on is None:
        return Refusal(rule.code, f"{entrant.name}还没有入驻平台，先办入驻再认领", rule.clause, document)
    return None
