"""Rule kind `promotion`: the award of one stage that lets its winners, and nobody else, into the next."""

from contests.rules.kinds import PromotionRule
from contests.rules.outcome import Outcome, Refusal


def promotion(rule: PromotionRule, name: str, stage: str, award: str | None, award_name: str, document: str) -> Outcome:
    """None for an entry that goes on: it stands in the rule's stage and holds its award. `award_name` is for people."""
    if stage == rule.stage and award == rule.award:
        return None
    return Refusal(rule.code, f"“{name}”没有获得{award_name}，不能晋级", rule.clause, document)
