"""What a target is about: the things it names, and whether another text speaks of the same ones."""

import functools
import re
from collections.abc import Iterable, Sequence

from matching.reasons.phrases import Meeting, coverage
from matching.reasons.quantities import kinds_named
from matching.reasons.rarity import is_known, names_a_thing, weight
from matching.reasons.targets import Target
from matching.text import Word

_BESIDES = frozenset("产线 生产线 车间 现场 工厂 本厂 工人 人员 操作 人工 企业 用户 成品 整机 单件 出水 部件 零件 技术".split())
"""Nouns that any target may name and that are not its subject."""
_HALF = 0.6
_MEASURE = re.compile("[度率性量值]$|误差|偏差|寿命|成本|噪[声音]|周期|时间|强度|等级|浓度|温差|功耗|能耗|[低高常]温")
"""What is measured of a thing."""
_TELLING = frozenset({"thickness", "salt spray", "gel strength", "moisture", "viscosity", "damage", "fixation", "load",
                      "encapsulation"})
"""Kinds of quantity that a text can be about."""
_PLAIN = re.compile("(?:综合|平均|总|整体|单位|使用)?(?:成品|合格|良品?|准确|正确|识别|检出|漏检|不良|废品|利用|回收|开机)?率|误差|偏差|精度|寿命|成本|费用|噪[声音]|能耗"
                    "|电耗|效率|产[能量]|周期|时间|强度|硬度|温度|温差|压力|浓度|重量|尺寸")
"""Measures that say nothing of what is measured: 成品率 of injection moulding is none of a fishing rod."""


def same_subject(target: Target, meetings: Sequence[Meeting]) -> bool:
    """Whether the most telling thing that `what` names was met, or most of its things, by weight.

    A figure that names in full its own quantity (泡得开 | 复水倍数 ≥5.5) needs no subject beside it, unless that is a
    plain measure or says again what `what` says (霉变防控 | 霉变率). Where no thing is named, any other word of it will do.
    """
    what_ends = target.quantity(0, 0)[1]
    what = [w for w in target.prepared.keys if w.end <= what_ends]
    if target.asked_figures and _names_its_own(target, what, meetings):
        return True
    subjects = {w: weight(w.text) for w in what if is_thing(w) and is_known(w.text)}
    if not subjects:
        rest = [w for w in what if not is_measure(w)]
        named = [w for w in target.prepared.keys if w.start >= what_ends]
        return not rest or any(hit(w, meetings) for w in rest + named)
    met = [w for w in subjects if hit(w, meetings)]
    return (next(iter(subjects)) in met or any(subjects[w] == max(subjects.values()) for w in met)
            or sum(subjects[w] for w in met) >= _HALF * sum(subjects.values()))


def _names_its_own(target: Target, what: Sequence[Word], meetings: Sequence[Meeting]) -> bool:
    for figure in target.asked_figures:
        start, end = target.quantity_of(figure)
        named = [w for w in target.prepared.keys if start <= w.start and w.end <= end]
        own = [w for w in named if w.text not in {said.text for said in what}]
        if any(w in what for w in named) or _PLAIN.fullmatch("".join(w.text for w in own)) or not own:
            return False
        if coverage(target.prepared, meetings, (start, end)) < 1:
            return False
    return True


def is_thing(word: Word) -> bool:
    """Whether a word names a thing that a text can be about."""
    return _is_thing(word.text)


@functools.lru_cache(20_000)
def _is_thing(word: str) -> bool:
    return names_a_thing(word) and word not in _BESIDES and not _is_measure(word)


def is_measure(word: Word) -> bool:
    """Whether a word names a quantity of a thing."""
    return _is_measure(word.text)


@functools.lru_cache(20_000)
def _is_measure(word: str) -> bool:
    kinds = kinds_named(word)
    return bool(kinds - _TELLING or not kinds and _MEASURE.search(word))


def hit(word: Word, meetings: Iterable[Meeting]) -> bool:
    """Whether a word of the target met, in full or in part."""
    return any(m.asked[0] < word.end and word.start < m.asked[1] for m in meetings)
