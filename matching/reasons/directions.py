"""Which way a figure asked for is to be met where it does not say so itself, read off the thing measured."""

import math
import re
from dataclasses import replace

from matching.reasons.figures import Figure

_ABOUT = 0.05
_SMALLER_IS_BETTER = re.compile("偏差|误差|波动|公差|成本|费用|投入|造价|噪声|噪音|能耗|电耗|单耗|周期|节拍|耗时|粗糙度|不良率|废品率|破损率"
                                "|缺陷率|损耗|泄漏|排放|残留|响应时间|延迟|时延|变形|磨损|间隙|重量|体积|漏检|误判|温差|浓度|附着量|跳动")
_LARGER_IS_BETTER = re.compile("寿命|效率|产能|产量|强度|硬度|成品率|合格率|良率|准确率|识别率|去除率|回收率|收率|纯度|密度|续航|转速"
                               "|容量|倍数|利用率|覆盖率|检出率|处理能力|耐|质保|透光率|成活率|正确率|提前|自由度")
_FIRST_IS_BEST = re.compile("附着力|精度|准确度|能效|水效|起泡|粉化|生锈|不平衡|洁净|噪声等级|起毛|危险")
"""Things graded so that 1 级 (or 0 级) is the best: 不低于 0.5 级 asks for 0.5 or less."""
_WORKING_RANGE = re.compile("工作温度|使用温度|环境温度|适应|适用|范围|量程|测量|检测|加工|切割|焊接厚度|可调|调节|调速|频段|口径|幅宽|规格")
"""Things whose range must be covered: a machine for 10–60 mm must take both ends."""


def directed(text: str, figure: Figure) -> Figure:
    """A figure asked for by `text`, with its bounds as meant.

    Without a comparator it is at most, at least or about it, as the thing measured has it. Grades of a scale that
    counts from the best are turned round; a grade named (IP67) is at least that one.
    """
    if figure.unit.dimension.startswith("grade"):
        return replace(figure, high=math.inf, bare=False)
    if figure.unit.dimension == "count (级)" and _FIRST_IS_BEST.search(text):
        worst = figure.high if math.isfinite(figure.high) else figure.low
        return replace(figure, low=-math.inf, high=worst, bare=False)
    if not figure.bare:
        return figure
    if _SMALLER_IS_BETTER.search(text):
        return replace(figure, low=-math.inf, bare=False)
    if _LARGER_IS_BETTER.search(text):
        return replace(figure, high=math.inf, bare=False)
    slack = abs(figure.low) * _ABOUT
    return replace(figure, low=figure.low - slack, high=figure.high + slack, bare=False)


def is_working_range(text: str, figure: Figure) -> bool:
    """Whether both ends of a range asked for must be reached, so that what was reached must take it in."""
    return (math.isfinite(figure.low) and math.isfinite(figure.high) and figure.low < figure.high
            and bool(_WORKING_RANGE.search(text)))
