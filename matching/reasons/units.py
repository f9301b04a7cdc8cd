"""Units of measure as postings write them, each with its dimension and its size in a base unit of that dimension."""

import re
from dataclasses import dataclass

_TABLE = {
    "length": {"nm 纳米": 1e-9, "μm um 微米": 1e-6, "mm 毫米 ㎜ MM": 1e-3, "cm 厘米 公分 ㎝": 1e-2, "dm 分米": 0.1, "m 米": 1.0,
               "km 公里 千米 KM": 1e3, "丝": 1e-5},
    "area": {"mm2 mm² 平方毫米": 1e-6, "cm2 cm² 平方厘米": 1e-4, "m2 m² ㎡ 平方米 平米": 1.0, "亩": 2000 / 3,
             "公顷 ha": 1e4, "km2 km² 平方公里": 1e6},
    "volume": {"mL ml ML 毫升": 1e-6, "cm3 cm³ 立方厘米": 1e-6, "L l 升": 1e-3, "m3 m³ 立方米 方": 1.0, "μL uL 微升": 1e-9},
    "time": {"ns 纳秒": 1e-9, "μs us 微秒": 1e-6, "ms 毫秒": 1e-3, "s 秒 秒钟 sec": 1.0, "min 分钟 分": 60.0,
             "h 小时 个小时 hr": 3600.0, "d 天 日": 86400.0, "周": 604800.0, "个月 月": 2629746.0, "年 a": 31556952.0},
    "mass": {"ng 纳克": 1e-12, "μg ug 微克": 1e-9, "mg 毫克 MG": 1e-6, "g 克": 1e-3, "kg 公斤 千克 Kg KG ㎏": 1.0, "斤": 0.5,
             "t 吨": 1e3, "万吨": 1e7},
    "money": {"元 块": 1.0, "千元": 1e3, "万元 万": 1e4, "百万元": 1e6, "亿元": 1e8},
    "pressure": {"Pa 帕": 1.0, "kPa KPa KPA 千帕": 1e3, "MPa Mpa MPA mpa 兆帕": 1e6, "GPa Gpa GPA": 1e9, "bar 巴": 1e5},
    "energy": {"J 焦耳": 1.0, "kJ KJ 千焦": 1e3, "MJ": 1e6, "Wh": 3600.0, "kWh KWh KWH kwh kW·h 千瓦时": 3.6e6},
    "power": {"mW": 1e-3, "W 瓦": 1.0, "kW KW Kw kw 千瓦": 1e3, "MW 兆瓦": 1e6},
    "force": {"N 牛": 1.0, "kN KN 千牛": 1e3, "kgf 公斤力": 9.80665},
    "torque": {"N·m Nm N.m 牛米": 1.0},
    "voltage": {"mV": 1e-3, "V 伏 伏特": 1.0, "kV KV 千伏": 1e3},
    "current": {"mA": 1e-3, "A 安 安培": 1.0},
    "charge": {"mAh": 3.6, "Ah": 3600.0},
    "frequency": {"Hz HZ hz 赫兹": 1.0, "kHz KHz": 1e3, "MHz 兆赫": 1e6, "GHz": 1e9},
    "rotation": {"r/min rpm RPM 转/分 转/分钟 r/m": 1.0, "r/s 转/秒": 60.0},
    "temperature": {"℃ °C 摄氏度 ° C": 1.0},
    "angle": {"° 度": 1.0},
    "ratio": {"% 百分": 1e-2, "‰": 1e-3, "ppm": 1e-6, "ppb": 1e-9},
    "points": {"个百分点 百分点": 1.0},
    "level": {"dB(A) dB dBA db DB 分贝": 1.0},
    "viscosity": {"mPa·s cP": 1e-3, "Pa·s": 1.0},
    "hardness (HRC)": {"HRC": 1.0}, "hardness (HV)": {"HV": 1.0}, "hardness (HB)": {"HB HBW": 1.0},
    "times": {"倍": 1.0}, "cycles": {"次": 1.0, "万次": 1e4}, "pixels": {"像素": 1.0, "万像素": 1e4},
    "bits": {"bps": 1.0, "kbps": 1e3, "Mbps": 1e6, "Gbps": 1e9},
}
for _name in "件 台 套 只 支 个 项 人 名 家 种 篇 条 批 辆 艘 株 头 尾 位 级 层 mol 袋 瓶 箱 包 片 张 卷 根 盒 桶 粒 枚 羽 班 户 点 通道".split():
    _TABLE[f"count ({_name})"] = {_name: 1.0, f"万{_name}": 1e4}
_TABLE["count (托)"] = {"托 托盘": 1.0}


@dataclass(frozen=True)
class Unit:
    """`size` base units of `dimension` ("" for a bare number, "mass/volume" for mg/L)."""

    dimension: str
    size: float


BARE = Unit("", 1.0)
UNITS = {spelling: Unit(dimension, size) for dimension, sizes in _TABLE.items()
         for spellings, size in sizes.items() for spelling in spellings.split()}
_ONE = "|".join(sorted(map(re.escape, UNITS), key=lambda s: (-len(s), s)))
_NO_UNIT = r"(?:升[到至高为级]|分[段级析布批期别层]|方[法案面式向便]|[一-鿿]?度[量过假]|块[状体]|月[度产]|日[产均常]|年[产均]|天[津然]|米[粉饭])"
"""Characters that are a unit only when the next one does not make another word of them: 0.9 升到 1.5."""
_FACTOR = rf"(?!{_NO_UNIT})(?:{_ONE})"
UNIT = re.compile(rf"\s?(?P<top>{_FACTOR})(?:[·*](?P<times>{_ONE}))?(?:\s?[/每]\s?(?P<below>{_FACTOR}))?(?![A-Za-z])")
_ODD = re.compile(r"\s(?P<odd>[A-Za-z%°][A-Za-z%°℃/·]*)|(?P<mixed>%[A-Za-z][A-Za-z/℃°]*)")
"""A unit that the table does not know, set off by a space (3 NTU) or begun with % (%FS): comparable with itself."""
_FORCE = re.compile("拉力|强力|张力|拉断力")
_PER = {"小时": re.compile("时产|每小时|小时处理"), "天": re.compile("日处理|日产|每日|每天|日均"), "年": re.compile("年产|年处理|每年")}


def read(text: str, at: int) -> tuple[Unit, int]:
    """The unit written at `at`, and where it ends. `BARE` and `at` where there is none."""
    found = UNIT.match(text, at)
    if found:
        top = UNITS[found["top"]]
        if found["times"]:
            top = Unit(f"{top.dimension}·{UNITS[found['times']].dimension}", top.size * UNITS[found["times"]].size)
        return (per(top, found["below"]) if found["below"] else top), found.end()
    odd = _ODD.match(text, at)
    return (Unit(odd[0].strip(), 1.0), odd.end()) if odd else (BARE, at)


def per(top: Unit, below: str) -> Unit:
    """`top` divided by the unit spelled `below`: kWh per kg is energy/mass."""
    bottom = UNITS[below]
    if top.dimension == bottom.dimension:
        return Unit("ratio", top.size / bottom.size)
    return Unit(f"{top.dimension}/{bottom.dimension}", top.size / bottom.size)


def as_meant(unit: Unit, context: str) -> Unit:
    """The unit that the words around mean: 日处理能力 200 吨 is 200 t/d, 拉力 36 公斤 a force."""
    if unit.dimension == "mass" and _FORCE.search(context):
        return Unit("force", unit.size * UNITS["kgf"].size)
    if unit.dimension not in ("mass", "volume", "power") and not unit.dimension.startswith("count"):
        return unit
    return next((per(unit, period) for period, words in _PER.items() if words.search(context)), unit)
