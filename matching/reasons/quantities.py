"""Kinds of quantity, and the words that name one. Two words of one kind measure the same of a thing."""

import re
from dataclasses import dataclass

_KINDS = {
    "accuracy": "误差|偏差|精度|精确度|公差|波动|跳动|漂移|不确定度",
    "life": "寿命|耐用度|使用年限|耐久|期效|质保|质量保证期|实船应用|防污",
    "duration": "耗时|用时|时间|时长|周期|节拍|响应|延迟|时延|工期",
    "shelf life": "保质期|货架期|保鲜期|保存期|储存期|贮存期|存放",
    "price": "售价|价格|单价|造价|成本|费用|投入|投资|报价",
    "content": "含量|占比|浓度|质量分数|残留|游离|纯度|总[一-鿿]{1,3}(?=\\s?[≥≤\\d])",
    "throughput": "能力|产能|产量|处理量|产出|效率|吞吐|分拣|日产|时产|每小时|每天",
    "weight": "自重|重量|净重|整竿重|整机重|质量(?=\\s?[≤≥\\d])",
    "tensile": "强力|拉力|抗拉|拉伸强度|破断",
    "compression": "抗压|压缩强度", "bending": "抗弯|抗折|弯曲强度", "yield strength": "屈服", "shear": "剪切", "peel": "剥离",
    "gel strength": "凝胶强度|凝冻强度", "impact": "冲击",
    "recognition": "检出率|检测率|识别率|准确率|正确率|查准率|查全率|灵敏度|漏检率|误报率|读取率|可读率",
    "quality": "成品率|合格率|良率|良品率|直通率|一次交验|不良率|废品率|次品率",
    "recovery": "回收率|收率|得率|提取率", "removal": "去除率|脱除率|净化率|处理效率|净化效率|降解率|脱色率|除尘效率|杀灭率",
    "damage": "破碎率|破损率|损伤率|碎粒率", "survival": "成活率|存活率|死亡率", "fixation": "固色率|上染率", "load": "载药量",
    "encapsulation": "包封率", "energy": "能耗|电耗|单耗|功耗|耗电|节能", "water": "水耗|节水|省水|用水",
    "noise": "噪声|噪音", "temperature": "温度|温升", "temperature difference": "温差", "thickness": "厚度|膜厚|壁厚",
    "size": "直径|粒径|长度|宽度|口径", "moisture": "含水率|水分|含湿", "hardness": "硬度", "elongation": "延伸率|伸长率",
    "roughness": "粗糙度", "speed": "转速|车速|线速度|航速", "coefficient": "能效比|COP|制热系数", "deformation": "伸长|变形|翘曲",
    "count": "用工|人数|台数", "bend": "弯折", "first efficiency": "首次效率|首效|首次库仑效率|首周库仑效率|库仑效率",
    "salt spray": "盐雾", "viscosity": "[粘黏]度", "capacity": "比容量|容量", "energy density": "能量密度",
}
_PATTERN = re.compile("|".join(f"(?P<k{i}>{words})" for i, words in enumerate(_KINDS.values())))
_NAMES = list(_KINDS)
_TELLS = ({"content", "removal"}, {"quality", "damage"}, {"energy", "price"})
"""Kinds that bear on one another without being comparable: a removal rate on a limit."""


@dataclass(frozen=True)
class Mention:
    """`text[start:end]` names a quantity of this kind."""

    kind: str
    start: int
    end: int


def read_quantities(text: str) -> list[Mention]:
    """Every kind of quantity that a folded text names, in order."""
    return [Mention(_NAMES[int(found.lastgroup[1:])], found.start(), found.end())
            for found in _PATTERN.finditer(text) if found.lastgroup]


def comparable(asked: frozenset[str], said: frozenset[str]) -> bool:
    """Whether one of these kinds says something of one of those. Both must be named to be otherwise."""
    return not asked or not said or bool(asked & said) or any({a, s} in _TELLS for a in asked for s in said)


def kinds_named(text: str) -> frozenset[str]:
    """The kinds of quantity that a folded text names."""
    return frozenset(mention.kind for mention in read_quantities(text))
