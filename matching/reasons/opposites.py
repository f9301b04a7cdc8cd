"""Words that say the same thing from its other side: 检出率 is what 漏检率 leaves, 节电 is less 电耗."""

import re
from dataclasses import dataclass

COMPLEMENTS = (
    ("漏检率", "检出率"), ("漏检率", "检测率"), ("不良率", "合格率"), ("不良率", "良率"), ("不良率", "良品率"),
    ("不合格率", "合格率"), ("缺陷率", "合格率"), ("缺陷率", "良率"), ("废品率", "合格率"), ("次品率", "良率"),
    ("返修率", "直通率"), ("次品率", "合格率"), ("废品率", "成品率"), ("破损率", "完好率"),
    ("死亡率", "成活率"), ("失败率", "成功率"), ("误判率", "准确率"), ("错误率", "准确率"), ("空置率", "利用率"),
    ("漏损率", "供水有效率"), ("故障率", "完好率"), ("泄漏率", "密封率"), ("残留率", "去除率"), ("损失率", "保有率"),
)
"""Shares that make up 100 % between them: ≤0.1 % of one is ≥99.9 % of the other."""
SAVINGS = (("能耗", "节能"), ("电耗", "节电"), ("电耗", "省电"), ("水耗", "节水"), ("油耗", "节油"), ("煤耗", "节煤"),
           ("用水量", "节水"), ("用电量", "节电"), ("用工", "省人工"), ("成本", "降本"), ("工时", "省工"))
"""What is used, and the word for using less of it. The figure beside the second is a reduction of the first."""


_OTHER_SIDE: dict[str, list[tuple[str, bool]]] = {}
for _one, _other in COMPLEMENTS:
    _OTHER_SIDE.setdefault(_one, []).append((_other, True))
    _OTHER_SIDE.setdefault(_other, []).append((_one, True))
for _used, _saving in SAVINGS:
    _OTHER_SIDE.setdefault(_used, []).append((_saving, False))
_WORD = re.compile("|".join(sorted(map(re.escape, _OTHER_SIDE), key=lambda w: (-len(w), w))))


@dataclass(frozen=True)
class OtherSide:
    """`asked[a:b]` and `said[c:d]` (folded places) measure one thing; `whole`: as two shares that make up 100 %."""

    asked: tuple[int, int]
    said: tuple[int, int]
    whole: bool


def other_sides(asked: str, said: str) -> list[OtherSide]:
    """Every such pair of words in two folded texts."""
    found = []
    for word in _WORD.finditer(asked):
        for other, whole in _OTHER_SIDE[word[0]]:
            at = said.find(other)
            if at >= 0:
                found.append(OtherSide(word.span(), (at, at + len(other)), whole))
    return found
