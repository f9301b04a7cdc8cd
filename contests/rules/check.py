"""Hold one claim against every rule of its group."""

from collections.abc import Iterable

from contests.rules.claim import Claim
from contests.rules.kinds import MembershipRule, OneClaimRule, OnPlatformRule, Rule, WindowRule
from contests.rules.membership import membership
from contests.rules.on_platform import on_platform
from contests.rules.one_claim import one_claim
from contests.rules.outcome import Outcome, Refusal
from contests.rules.window import window


def check(rules: Iterable[Rule], claim: Claim, document: str) -> list[Refusal]:
    """Every rule about a claim that does not hold, in the definition's order; empty where the claim may stand."""
    outcomes = [_apply(rule, claim, document) for rule in rules]
    return [outcome for outcome in outcomes if outcome is not None]


def _apply(rule: Rule, claim: Claim, document: str) -> Outcome:
    match rule:
        case WindowRule(on="signed"):
            return window(rule, claim.signed_on, document)
        case MembershipRule():
            return membership(rule, claim.entrant, document)
        case OnPlatformRule():
            return on_platform(rule, claim.link, claim.signed_on, document)
        case OneClaimRule(of="contract"):
            return one_claim(rule, claim.entrant, claim.share, claim.earlier, claim.contract_number, document)
    return None
