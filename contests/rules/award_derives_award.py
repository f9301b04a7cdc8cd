"""Rule kind `award_derives_award`: who holds one award is given, or recommended for, another by another body."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from contests.parts import UNSAID
from contests.rules.kinds import AwardDerivesAwardRule
from contests.rules.outcome import Outcome, Refusal


@dataclass(frozen=True)
class Winner:
    """Who holds `award` (track.award). `inventors` in order, first inventor first."""

    entry: str
    name: str
    award: str
    inventors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Derived:
    """The further award, for whom, because of which entry; `recommended`: the other body still decides."""

    award: str
    issuer: str
    recipient: str
    entry: str
    recommended: bool
    rule: str


def award_derives_award(rule: AwardDerivesAwardRule, winners: Sequence[Winner],
                        chosen: Collection[str] = ()) -> list[Derived]:
    """The awards that follow, in the winners' order. Of 部分 only those entries that were `chosen`.

    A work without inventors has nobody to give a first inventor's award to: `faults` says so.
    """
    found = []
    for winner in winners:
        if winner.award != rule.source or rule.how == "some" and winner.entry not in chosen:
            continue
        recipient = winner.inventors[0] if rule.recipient == "first_inventor" and winner.inventors else winner.name
        if rule.recipient == "entry" or winner.inventors:
            recommended = rule.how == "recommended"
            found.append(Derived(rule.award, rule.issuer, recipient, winner.entry, recommended, rule.code))
    return found


def faults(rule: AwardDerivesAwardRule, winners: Sequence[Winner], chosen: Collection[str], document: str) -> Outcome:
    """What keeps the derived awards from being given: too many chosen, one who does not hold the award, no inventor."""
    holders = {winner.entry: winner for winner in winners if winner.award == rule.source}
    message = None
    if rule.how == "some":
        strangers = [entry for entry in chosen if entry not in holders]
        if rule.places == UNSAID:
            message = f"“{rule.award}”给其中几名，原文没有写，先定下来"
        elif strangers:
            message = f"没有得这个奖，不能授予“{rule.award}”：{'、'.join(sorted(strangers))}"
        elif len(set(chosen)) > int(rule.places):
            message = f"“{rule.award}”最多 {rule.places} 名，选了 {len(set(chosen))} 名"
    nameless = [one.name for one in holders.values() if rule.recipient == "first_inventor" and not one.inventors]
    if message is None and nameless:
        message = f"没有写发明人，定不了第一发明人：{'、'.join(nameless)}"
    return Refusal(rule.code, message, rule.clause, document) if message else None
