"""Rule kind `quota`: at most so many of what is counted, in all, of one organisation or of one district."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contests.parts import UNSAID
from contests.rules.kinds import QuotaRule
from contests.rules.outcome import Refusal


@dataclass(frozen=True)
class Counted:
    """One of those who take a place: whose they are."""

    organisation: str = ""
    district: str = ""


def quota(rule: QuotaRule, counted: Iterable[Counted], document: str,
          table: Mapping[str, int] | None = None) -> list[Refusal]:
    """One refusal for every organisation or district that has more than its places, by name; empty where all keep.

    `table`: district → places, for a rule that goes by the season's allocation table; a district that the table does
    not name has none. A number that is still unsaid refuses everything: it has to be set first.
    """
    if rule.most == UNSAID or rule.by_table and table is None:
        missing = "名额分配表" if rule.by_table else "上限"
        return [Refusal(rule.code, f"“{rule.name}”的{missing}还没有定", rule.clause, document)]
    found = []
    for where, number in sorted(Counter(_key(rule, one) for one in counted).items()):
        most = (table or {}).get(where, 0) if rule.by_table else int(rule.most)
        if number > most:
            message = f"{rule.name}：{where or '合计'} {number}，最多 {most}"
            found.append(Refusal(rule.code, message, rule.clause, document))
    return found


def _key(rule: QuotaRule, one: Counted) -> str:
    return {"contest": "", "organisation": one.organisation, "district": one.district}[rule.per]
