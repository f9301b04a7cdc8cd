"""Rule kind `one_claim`: within a group a contract counts once, for one person or for several in agreed shares."""

from collections.abc import Iterable

from contests.rules.claim import EarlierClaim, Entrant
from contests.rules.kinds import OneClaimRule
from contests.rules.outcome import Outcome, Refusal

WHOLE = 100


def one_claim(rule: OneClaimRule, entrant: Entrant, share: int, earlier: Iterable[EarlierClaim],
              contract_number: str, document: str) -> Outcome:
    """Refuses a second claim by the same person, and shares that would pass the whole. Shares are in per cent."""
    earlier = list(earlier)
    if any(claim.claimant_id == entrant.id for claim in earlier):
        message = f"合同 {contract_number} 已经用在{entrant.name}的另一条佐证里，同一组别只能用一次"
        return Refusal(rule.code, message, rule.clause, document)
    taken = sum(claim.share for claim in earlier)
    if taken + share > WHOLE:
        message = (f"合同 {contract_number} 在这个组别已认领 {taken}%，再认领 {share}% 就超过 100%。"
                   "请核对合同号，或找工作人员")
        return Refusal(rule.code, message, rule.clause, document)
    return None
