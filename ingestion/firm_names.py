"""The names by which people know a firm: 威海澜竿渔具有限公司 → 澜竿渔具, 澜竿.

A registered name is place + brand (字号) + trade + legal form (企业名称登记管理规定, art. 6).
"""

import functools
from dataclasses import dataclass

from ingestion.organisations import bare_name
from models import codes

TRADES = (
    "渔具", "钓具", "体育用品", "运动器材", "户外用品", "食品", "水产", "海产", "海洋", "养殖", "育苗", "苗业", "种业", "农业", "农牧",
    "生态", "林业", "果业", "粮油", "饮料", "酒业", "调味品", "纺织", "服装", "服饰", "家纺", "印染", "针织", "皮革", "制衣", "家具",
    "木业", "纸业", "包装", "印刷", "化工", "化学", "石化", "新材料", "材料", "涂料", "橡胶", "轮胎", "塑料", "塑胶", "复合材料",
    "碳纤维", "玻璃", "陶瓷", "建材", "水泥", "混凝土", "金属", "钢铁", "铝业", "铜业", "有色", "铸造", "锻造", "模具", "五金", "紧固件",
    "机械", "机电", "机床", "数控", "设备", "装备", "重工", "精工", "精密", "仪器", "仪表", "电机", "电器", "电气", "电子", "电缆",
    "光电", "半导体", "微电子", "通信", "信息", "软件", "网络", "数据", "智能", "智能装备", "自动化", "机器人", "物联网", "科技",
    "技术", "工程", "建筑", "建设", "安装", "装饰", "地产", "环保", "环境", "水务", "能源", "新能源", "电力", "热力", "燃气", "光伏",
    "电池", "汽车", "汽车零部件", "零部件", "车辆", "船舶", "船业", "造船", "海工", "航运", "港务", "物流", "供应链", "运输", "冷链",
    "仓储", "贸易", "商贸", "进出口", "实业", "工业", "制造", "发展", "投资", "控股", "产业", "企业", "服务", "咨询", "医药", "药业",
    "制药", "生物", "医疗", "器械", "医疗器械", "医用", "制品", "用品", "股份", "国际", "研究院", "研究所", "合作社", "专业", "开发")
EVERYDAY = frozenset(("阳光", "东方", "光明", "长城", "蓝天", "碧海", "创新", "未来", "绿色", "高强", "精细", "天然", "永固", "高新", "先进", "优质",
                      "华东", "北方", "南方", "中国", "中华", "山东", "胶东", "半岛", "渤海", "黄海", "大洋", "远洋", "深海", "沿海"))


@dataclass(frozen=True)
class FirmNames:
    """`sure` ones tell who it is wherever they stand; `common` ones are also plain words (海洋, 精密)."""

    sure: tuple[str, ...]
    common: tuple[str, ...]


def firm_names(name: str, short_name: str = "") -> FirmNames:
    """Every form of a firm's name, longest first; forms under two characters say nothing."""
    name, short_name, bare = name.strip(), short_name.strip(), bare_name(name)
    locals_ = (without_place(bare), without_place(short_name))
    brands = {brand for brand in map(_brand, locals_) if len(brand) >= 2}
    common = {brand for brand in brands if _is_common(brand)} | set(map(_head, locals_)) - brands
    own = brands - common
    sure = own | {form for form in (bare, short_name, locals_[0]) if any(brand in form for brand in own)}
    sure |= {form for form in (name, bare) if len(form) >= 4 and form not in locals_}
    return FirmNames(_longest_first(sure), _longest_first(common))


def _head(local: str) -> str:
    """The first two characters, mostly the brand where the trade was not recognised: 衔月渔轮 → 衔月."""
    return local[:2] if len(local) >= 4 else ""


def _brand(local: str) -> str:
    """What stands before the trade: 澜竿渔具 → 澜竿. Empty where nothing but trades stands there."""
    while found := _trade_at_end(local):
        local = local.removesuffix(found)
    return local


def _trade_at_end(local: str) -> str:
    known = next((trade for trade in _trades() if local.endswith(trade)), "")
    return known or (local[-2:] if len(local) >= 4 and _is_common(local[-2:]) else "")


def without_place(name: str) -> str:
    """`name`, of a firm or of a street, without the provinces, cities and counties before it."""
    while size := next((size for size in _place_sizes() if name[:size] in _places()), 0):
        name = name[size:]
    return name


@functools.lru_cache(maxsize=1000)
def _is_common(brand: str) -> bool:
    return brand in EVERYDAY or any(brand in word for word in codes.industries().values())


def _longest_first(forms: set[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, forms), key=lambda form: (-len(form), form)))


@functools.cache
def _trades() -> tuple[str, ...]:
    return _longest_first(set(TRADES))


@functools.cache
def _place_sizes() -> tuple[int, ...]:
    """How long such a beginning may be, longest first."""
    return tuple(sorted({len(place) for place in _places()}, reverse=True))


@functools.cache
def _places() -> frozenset[str]:
    """Divisions as they stand before a name: 威海市, 威海, 山东省, 山东."""
    whole = {name for name in codes.divisions().values() if len(name) >= 2}
    short = {name.rstrip("省市区县") for name in whole}
    return frozenset(whole | {name for name in short if len(name) >= 2})
