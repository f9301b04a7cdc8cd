"""Rule kind `one_claim`: within a group a contract counts once, for one person or for several in agreed shares;

or within a contest an entrant enters once, whatever the group.
"""

from collections.abc import Iterable

from contests.rules.claim import EarlierClaim, Entrant
from contests.rules.entry import EntryFacts
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


def one_entry(rule: OneClaimRule, facts: EntryFacts, document: str) -> Outcome:
    """Refuses a second entry by the same filer, under the same name, or of the very same members."""
    members = frozenset((member.name, member.organisation) for member in facts.members)
    for earlier in facts.earlier:
        if (earlier.filer_id == facts.filer_id or earlier.name == facts.entrant.name
                or members and earlier.members == members):
            message = f"“{facts.entrant.name}”已经报过{earlier.track}（“{earlier.name}”），同一项竞赛只报一次"
            return Refusal(rule.code, message, rule.clause, document)
    return None
