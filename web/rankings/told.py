"""The comparison in words: why a version is in use or waits, what moved for which demand, what it rests on."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.accounts import Expert
from models.capabilities import Capability
from models.demands import Demand
from models.rankers import RankerControl, RankerState, RankerVersion, SwitchKind

STATES = {RankerState.candidate: _l("等着"), RankerState.in_use: _l("在用"), RankerState.held: _l("已停住"),
          RankerState.retired: _l("已换下")}
SWITCHES = {SwitchKind.automatic: _l("自动启用"), SwitchKind.chosen: _l("人工启用"), SwitchKind.rolled_back: _l("退回")}
KINDS = {"collaboration": _l("双方确认了合作"), "contract": _l("登记了合同"), "trial": _l("做过试验"), "visit": _l("见过面"),
         "talk": _l("双方同意谈"), "interest": _l("一方提出，还没有回音"), "refused": _l("因不对口、做不到而没成"),
         "looked": _l("在推荐里点开过或看过没点")}
SHOWN = 60


@dataclass(frozen=True)
class Move:
    """One person's place before and after."""

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Look:
    """One demand that judged. `partners`: with whom it came to a collaboration."""

    demand: Demand | None
    before: float
    after: float
    partners: list[Move]
    moved: list[Move]


def signed(value: float) -> str:
    """A difference with its sign, three places."""
    return f"{value:+.3f}".replace("-", "−")


def why(version: RankerVersion, control: RankerControl, present: RankerVersion | None, encoder: str) -> str:
    """Why a version is, or is not, in use."""
    if version.encoder != encoder:
        return _("照另一个向量模型学的，现在的模型用不了")
    if version.state is RankerState.in_use:
        return _("现在的推荐用它排")
    if version.state is RankerState.held:
        return _("有人停住了它，不会自动启用")
    found = version.comparison
    if not version.better:
        return _("比在用的差") if found["high"] < 0 else _("还说不准比在用的好：区间里有 0")
    if version.state is RankerState.retired:
        return _("用过，或已有更新的一版")
    if found["against"] != (present.number if present and present.encoder == encoder else 0):
        return _("当时比的那一版已经不在用")
    return _("更好，马上会启用") if control.automatic else _("更好，但自动启用已停住，等人决定")


def interval(version: RankerVersion) -> str:
    """How surely the difference is known."""
    found = version.comparison
    return _("差有 %(sure)s%% 的把握在 %(low)s 到 %(high)s 之间。整个在 0 以上，才算更好。", sure=round(100 * found["confidence"]),
             low=signed(found["low"]), high=signed(found["high"]))


def attempt(last: dict) -> str:
    """What came of the last training, in a sentence."""
    code, counts = last.get("code", ""), last.get("counts", {})
    sentences = {
        "": lambda: _("还没有学过。每天夜里看一次。"),
        "trained": lambda: _("学了新的一版，见下表。"),
        "nothing_new": lambda: _("上次学过以后新来 %(new)s 条结果，满 %(min_new)s 条再学。", **counts),
        "few_unseen": lambda: _("有 %(collaborated)s 条需求谈成了合作，能用来比较的 %(unseen)s 条，满 %(min_unseen)s 条才比得出好坏。",
                                **counts),
        "few_taught": lambda: _("留下比较用的以后，只剩 %(taught)s 条需求可学，满 %(min_taught)s 条才学。", **counts),
        "failed": lambda: _("没有学成，工作进程的日志里有原因。"),
    }
    return sentences[code]() if code in sentences else code


def figures(version: RankerVersion) -> list[dict]:
    """The row of figures at the top of a version."""
    found = version.comparison
    return [
        {"label": _("没见过的合作"), "value": found["collaborations"], "unit": _("个，%(n)s 条需求", n=found["demands"])},
        {"label": _("原来的排序"), "value": f"{found['before']:.3f}", "unit": "nDCG@10"},
        {"label": _("这一版"), "value": f"{found['after']:.3f}", "unit": "nDCG@10"},
        {"label": _("差"), "value": signed(found["gain"]), "unit": ""}]


def looks(session: Session, comparison: dict) -> list[Look]:
    """The judging demands, those that changed most first, with names for ids."""
    rows = sorted(comparison["looks"], key=lambda one: (-abs(one["after"] - one["before"]), one["demand"]))[:SHOWN]
    demands = {row.id.hex: row for row in session.scalars(
        select(Demand).where(Demand.id.in_([uuid.UUID(one["demand"]) for one in rows])))}
    known = _names(session, {key for one in rows for key, *_places in (*one["partners"], *one["moved"])})
    return [Look(demands.get(one["demand"]), one["before"], one["after"], _moves(one["partners"], known),
                 _moves([move for move in one["moved"] if move not in one["partners"]], known)) for one in rows]


def _moves(found: Iterable[list], known: dict[str, str]) -> list[Move]:
    return [Move(known.get(key, _("已离开平台")), before, after) for key, before, after in found]


def _names(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """Names of experts, titles of capabilities that came without one."""
    ids = [uuid.UUID(key) for key in sorted(keys)]
    experts = session.execute(select(Expert.id, Expert.name).where(Expert.id.in_(ids)))
    works = session.execute(select(Capability.id, Capability.title).where(Capability.id.in_(ids)))
    return {key.hex: name for key, name in (*experts, *works)}
