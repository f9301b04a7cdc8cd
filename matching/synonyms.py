"""Words for the same measurable thing, one group a line. Used when a target is compared with a passage."""

import re

GROUPS = tuple(line.split() for line in """
成品率 合格率 良品率 良率 一次合格率 一次交验合格率 正品率
次品率 不良率 废品率 不合格率 缺陷率
周期 节拍 用时 耗时
偏差 误差 波动 公差 不均匀度
成本 造价 费用 投入 投资
寿命 使用寿命 使用年限 耐久性
能耗 电耗 耗电量 耗能 单耗
产能 产量 处理量 处理能力 生产能力
噪声 噪音
皱纹 褶皱 起皱 皱褶 褶皱缺陷
裂纹 开裂 裂缝
气孔 孔隙 缩孔
锈蚀 腐蚀 生锈
泄漏 渗漏 漏液 漏气
精度 精确度
准确率 正确率 识别率 准确度
检出率 检测率
破损率 损伤率 破碎率 碎率
效率 功效
去除率 脱除率 清除率
回收率 收率 得率
油漆 涂料 漆料
锂电池 锂离子电池
自动导引车 AGV 自动导航车
可编程控制器 PLC 可编程逻辑控制器
增材制造 3D打印 三维打印
机器视觉 视觉检测 图像检测
工业机器人 机械臂 机械手
碳纤维 碳纤
换热 热交换
除尘 粉尘治理
污水 废水
养殖 育苗
冷冻 速冻
干燥 烘干
焊接 熔接
粘接 胶接 粘结
数控 CNC
计算机辅助设计 CAD
有限元 CAE
传感器 变送器
""".strip().splitlines())

_GROUP_OF = {word.lower(): number for number, words in enumerate(GROUPS) for word in words}
_WORD = re.compile("|".join(sorted(map(re.escape, _GROUP_OF), key=lambda w: (-len(w), w))), re.IGNORECASE)


MOST_VARIANTS = 6


def variants(text: str) -> list[str]:
    """A folded text with one grouped word at a time put another way (污水治理 → 废水治理); at most six, without itself."""
    found = {text[:start] + word + text[end:]: None for group, start, end in spans(text) for word in GROUPS[group]}
    return [variant for variant in found if variant.lower() != text.lower()][:MOST_VARIANTS]


def spans(folded: str) -> list[tuple[int, int, int]]:
    """(group, start, end) of every grouped word in a folded text, longest reading first."""
    return [(_GROUP_OF[found[0].lower()], found.start(), found.end()) for found in _WORD.finditer(folded)]
