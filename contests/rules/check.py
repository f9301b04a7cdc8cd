"""Hold one claim, or one entry, against every rule of its group."""

from collections.abc import Iterable

from contests.rules.claim import Claim
from contests.rules.composition import composition
from contests.rules.entry import EntryFacts
from contests.rules.kinds import (
    CompositionRule,
    MembershipRule,
    OneClaimRule,
    OnPlatformRule,
    Rule,
    UniquenessRule,
    WindowRule,
)
from contests.rules.membership import membership
from contests.rules.on_platform import on_platform
from contests.rules.one_claim import one_claim, one_entry
from contests.rules.outcome import Outcome, Refusal
from contests.rules.uniqueness import uniqueness
from contests.rules.window import judged_day, window


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


def check_entry(rules: Iterable[Rule], facts: EntryFacts, document: str) -> list[Refusal]:
    """Every rule about an entry that does not hold, in the definition's order; empty where it may be handed in."""
    outcomes = [_apply_to_entry(rule, facts, document) for rule in rules]
    return [outcome for outcome in outcomes if outcome is not None]


def _apply_to_entry(rule: Rule, facts: EntryFacts, document: str) -> Outcome:
    match rule:
        case WindowRule(on="received"):
            day = judged_day(rule, facts.received_on, facts.dispatched_on)
            return window(rule, day, document) if day else None
        case MembershipRule():
            return membership(rule, facts.entrant, document)
        case CompositionRule(of="entry"):
            return composition(rule, facts.members, document, filer_id=facts.filer_id, mode=facts.mode)
        case UniquenessRule():
            return uniqueness(rule, facts.industry_code, facts.taken, document)
        case OneClaimRule(of="entry"):
            return one_entry(rule, facts, document)
    return None
