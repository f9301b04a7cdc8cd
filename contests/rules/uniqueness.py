"""Rule kind `uniqueness`: one unit per 中类 or 小类 of GB/T 4754-2017."""

from collections.abc import Iterable

from contests.rules.entry import Unit
from contests.rules.kinds import UniquenessRule
from contests.rules.outcome import Outcome, Refusal
from models.codes import industries, industry_name

LENGTHS = {"group": 4, "class": 5}
NAMES = {"group": "中类", "class": "小类"}


def uniqueness(rule: UniquenessRule, code: str, taken: Iterable[Unit], document: str) -> Outcome:
    """Refuses a code that is no 中类 or 小类, and one that is held: itself, its 中类, or a 小类 inside it."""
    if code not in industries() or len(code) not in {LENGTHS[level] for level in rule.levels}:
        allowed = "或".join(NAMES[level] for level in rule.levels)
        message = f"“{code}”不是国民经济行业分类的{allowed}" if code else f"写明所属行业的{allowed}代码"
        return Refusal(rule.code, message, rule.clause, document)
    holder = next((unit for unit in taken if _overlap(code, unit.industry_code)), None)
    if holder is None:
        return None
    message = f"{_named(code)}已有“{holder.name}”" + (
        "" if code == holder.industry_code else f"（它建在{_named(holder.industry_code)}）")
    return Refusal(rule.code, f"{message}，每个行业中类或小类只建一家", rule.clause, document)


def _overlap(one: str, other: str) -> bool:
    return bool(other) and (one.startswith(other) or other.startswith(one))


def _named(code: str) -> str:
    return f"{code} {industry_name(code)}".strip()
