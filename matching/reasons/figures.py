"""Figures with comparators and units, read out of Chinese technical prose, and whether one meets another."""

import math
import re
from dataclasses import dataclass, replace

from matching.reasons import units
from matching.reasons.grades import read_grades
from matching.reasons.numerals import read_shares
from matching.reasons.units import BARE, Unit

_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BEFORE = re.compile(
    r"(?P<least>[≥>]=?|不低于|不小于|不少于|不短于|至少|大于等于|大于|高于|超过|多于|长于|达到|达|[升增提][高加升]?[到至]|以上)"
    r"|(?P<most>[≤<]=?|不高于|不超过|不大于|不多于|小于等于|小于|低于|少于|短于|[降缩减][低短少]?[到至])"
    r"|(?P<up>提高了?|提升了?|增加了?|增长了?|延长了?|[增升](?=\s?$))|(?P<down>降(?=\s?$)|降低了?|下降了?|减少了?|缩短了?|节约|节省|节能)"
)
_CHANGED = re.compile(r"(?:(?P<up>提高|提升|增加|增长|延长)|(?P<down>降低|下降|减少|缩短|节约|节省|节能))(?:幅度)?了?\s*$")
_STRICT = re.compile(r"^(?:[<>]|大于|高于|超过|多于|长于|小于|低于|少于|短于)$")
_LINK = re.compile(r"\s*(?:约|为|了|在|是|[:：])?\s*")
_AFTER = re.compile(r"\s*(?:的)?(?:(?P<least>及?以上|或更高)|(?P<most>及?以下|以内|之内|或更低))")
_RANGE = re.compile(r"\s*(?:[-~～—至到]|--)\s*")
_CHANGE = re.compile(r"\s*(?:→|->|=>|[提升增][高升加长]?[到至为]|[降缩减下][低短少降]?[到至为])\s*(?:约|了)?\s*")
_FROM = re.compile(r"(?:从|由)(?:原来|原先|目前|现有)?的?\s*$")
_POWER = r"\s?[×xX*]\s?10(?:\^?(?P<exponent>-?\d+)|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
_VALUE = re.compile(rf"(?<![A-Za-z0-9.])(?:(?P<sign>[±+]|-(?=\d))\s?)?"
                    rf"(?:(?P<ten>10)(?:\^(?P<ten_to>-?\d+)|(?P<ten_raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
                    rf"|(?P<number>{_NUMBER})(?P<power>{_POWER})?)")
_SYMBOL = re.compile(r"(?<![A-Za-z])(?P<symbol>HR[ABC]|HV|HBW?|UPF|SPF|PH|pH|LOI|COP|PUE|Ct)\s?$")
"""A scale that is written before its figure (HRC 61, UPF 50), where the figure has no unit of its own."""
_SYMBOL_OF = {"HBW": "HB", "PH": "pH"}
_COMPARATOR_BETWEEN = re.compile(r"\s?(?:[≥≤<>]=?|值|为|达到?|大于|小于|不低于|不高于)?\s?$")
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_TIMES_OF = re.compile("(?:[为是到]|达到?)[^，,；;。]{0,12}的\\s?$")
_ELECTRIC = re.compile("电|能耗")
_WINDOW = 24
"""How far back the words before a figure are looked for: the time stays linear in the text."""
_GLUED = re.compile(r"[A-Za-z0-9]")
BODIES = "GB|JB|HG|QB|NY|SC|YY|DB|ISO|IEC|EN|ASTM|DIN|JIS|IATF|FZ|CB|HJ"
"""Who issues standards: the figures of GB 38031-2020 are its name."""
_STANDARD = re.compile(rf"(?:{BODIES})(?:/T)?\s?(?:\d+(?:\.\d+)?[-:])?$")
_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9./]*[-/]$")


@dataclass(frozen=True)
class Figure:
    """An interval in base units: what is asked for, or what was reached. `text[start:end]` wrote it.

    `change` is "up" or "down" for a relative change (降低 20 %), else "". A bound that is not stated is infinite;
    `strict` says that the bounds themselves are excluded; `bare` that no comparator was written at all; `reckoned`
    that the text gives the two ends (由 8 人减到 3 人) and this is the change between them.
    """

    low: float
    high: float
    unit: Unit
    start: int
    end: int
    change: str = ""
    strict: bool = False
    bare: bool = False
    reckoned: bool = False

    @property
    def kind(self) -> tuple[str, str]:
        """Only figures of one kind can be compared."""
        return self.unit.dimension, self.change


@dataclass(frozen=True)
class _Value:
    amount: float
    unit: Unit
    tolerance: bool
    start: int
    end: int


def read_figures(text: str) -> list[Figure]:
    """Every figure of a folded text, in order. A number glued to a term (T700, Al2O3) is a name, not a figure.

    A grade (IP67) is a figure on its own scale, its place on which counts upwards.
    """
    return [figure for figure in read_all_figures(text) if not figure.reckoned]


def read_all_figures(text: str) -> list[Figure]:
    """The same with what can be reckoned from them: 由 8 人减到 3 人 is a reduction by 62.5 %."""
    grades = read_grades(text)
    values = [v for v in (_value(text, found) for found in _VALUE.finditer(text)) if v]
    values += [_Value(share.value, units.UNITS["%"], False, share.start, share.end) for share in read_shares(text)]
    values = sorted((v for v in values if not any(g.start < v.end and v.start < g.end for g in grades)),
                    key=lambda value: value.start)
    figures = [Figure(g.place, g.place, Unit(f"grade ({g.scale})", 1.0), g.start, g.end, bare=True) for g in grades]
    i = 0
    while i < len(values):
        figure, used = _figure(text, values, i)
        figures += [figure, *_reckoned(values[i:i + used], figure), *_multiple(text, figure)]
        i += used
    return sorted(figures, key=lambda figure: (figure.start, figure.unit.dimension, figure.change))


def _reckoned(ends: list[_Value], figure: Figure) -> list[Figure]:
    """The change between two ends: as a share of the first, and in points where the ends are shares themselves."""
    if len(ends) != 2 or math.isfinite(figure.low) == math.isfinite(figure.high):
        return []
    before, after = _with_unit_of(*ends).amount, ends[1].amount
    change = "up" if after >= before else "down"
    found = [("ratio", abs(after - before) / abs(before))] if before else []
    if figure.unit.dimension == "ratio":
        found += [("points", abs(after - before) * 100)]
    return [Figure(amount, math.inf, Unit(dimension, 1.0), figure.start, figure.end, change, reckoned=True)
            for dimension, amount in found]


def _multiple(text: str, figure: Figure) -> list[Figure]:
    """寿命为原来的 2 倍 and 提高 1 倍 are both an increase by 100 %."""
    if figure.unit.dimension != "times" or not math.isfinite(figure.low):
        return []
    before = text[max(0, figure.start - _WINDOW):figure.start]
    share = figure.low if figure.change == "up" else figure.low - 1 if _TIMES_OF.search(before) else 0
    return [replace(figure, low=share, high=math.inf, unit=units.UNITS["%"], change="up", reckoned=True,
                    bare=False)] if share > 0 else []


def _value(text: str, found: re.Match) -> _Value | None:
    unit, end = units.read(text, found.end())
    before = text[max(0, found.start() - _WINDOW):found.start()]
    if unit is BARE and _GLUED.match(text, end) or _NAME.search(before) or _STANDARD.search(before):
        return None
    if unit is BARE:
        unit = _symbol_before(before)
    elif unit.dimension == "angle" and "度" in text[found.end():end] and _ELECTRIC.search(text):
        unit = units.UNITS["千瓦时"]
    amount = _amount(found)
    below_zero = unit.dimension == "temperature" and before.rstrip().endswith("零下")
    if below_zero or found["sign"] == "-" and not _is_dash(text, found.start()):
        amount = -amount
    return _Value(amount * unit.size, unit, found["sign"] == "±", found.start(), end) if math.isfinite(amount) else None


def _amount(found: re.Match) -> float:
    if found["ten"]:
        return _ten_to(found["ten_to"] or found["ten_raised"])
    amount = float(found["number"].replace(",", ""))
    return amount * _ten_to(found["exponent"] or found["raised"]) if found["power"] else amount


def _ten_to(exponent: str) -> float:
    return 10.0 ** max(-300, min(300, int(exponent.translate(_RAISED))))


def _symbol_before(before: str) -> Unit:
    found = _SYMBOL.search(_COMPARATOR_BETWEEN.sub("", before))
    if not found:
        return BARE
    symbol = _SYMBOL_OF.get(found["symbol"], found["symbol"])
    return units.UNITS.get(symbol) or Unit(symbol, 1.0)


def _is_dash(text: str, at: int) -> bool:
    """Whether the minus at `at` joins two figures (10-20 mm, 5%-8%) rather than signs one."""
    before = text[max(0, at - _WINDOW):at].rstrip()
    return bool(before) and (before[-1].isdigit() or before[-1] in "%‰℃" or bool(_GLUED.match(before[-1])))


def _figure(text: str, values: list[_Value], i: int) -> tuple[Figure, int]:
    """The figure that starts at the i-th value, and how many values it takes: two for a range or a change."""
    first = values[i]
    second = values[i + 1] if i + 1 < len(values) else None
    if second:
        between = text[first.end:second.start] or text[first.end]  # the sign of 10-20 may belong to the second
        alike = _with_unit_of(first, second) if _CHANGE.fullmatch(between) or _RANGE.fullmatch(between) else first
        same = alike.unit.dimension == second.unit.dimension
        if not between.strip("±+ /-") and "±" in between + text[second.start]:  # 80±10 μm
            middle = _with_unit_of(first, second)
            return Figure(middle.amount - abs(second.amount), middle.amount + abs(second.amount), second.unit,
                          first.start, second.end), 2
        window = max(0, first.start - _WINDOW)
        started = _FROM.search(text[window:first.start])
        if same and (_CHANGE.fullmatch(between) or started and (_RANGE.fullmatch(between) or _ends_in_change(between))):
            start = window + started.start() if started else first.start
            rising = second.amount >= alike.amount
            low, high = (second.amount, math.inf) if rising else (-math.inf, second.amount)
            return Figure(low, high, second.unit, start, second.end), 2
        if same and _RANGE.fullmatch(between):
            low, high = sorted((alike.amount, second.amount))
            return Figure(low, high, second.unit, first.start, second.end), 2
    return _single(text, first), 1


def _ends_in_change(between: str) -> bool:
    """由 84 % 经两轮试制提高到 96 %: a short clause between the two is allowed, another figure or a full stop is not."""
    return len(between) <= 16 and not re.search("[。；;]", between) and bool(re.search(_CHANGE.pattern + "$", between))


def _with_unit_of(first: _Value, second: _Value) -> _Value:
    """1.6-2.5 MPa: the unit is written once, at the end."""
    if first.unit is not BARE or second.unit is BARE:
        return first
    return _Value(first.amount * second.unit.size, second.unit, first.tolerance, first.start, first.end)


def _single(text: str, value: _Value) -> Figure:
    if value.tolerance:
        return Figure(-math.inf, abs(value.amount), value.unit, value.start, value.end)
    before, start = _comparator(text, value.start)
    after = _AFTER.match(text, value.end)
    end = after.end() if after else value.end
    changed = _CHANGED.search(text, max(0, start - 8), start) if before else None
    change = next((way for way in ("up", "down") if before and (before[way] or changed and changed[way])), "")
    if change and value.unit.dimension not in ("ratio", "points", "times"):
        change = ""
    most = after["most"] if after else before and before["most"]
    least = after["least"] if after else before and (before["least"] or change)
    strict = bool(before and not after and _STRICT.match(before[0]))
    amount = value.amount
    if most:
        return Figure(-math.inf, amount, value.unit, start, end, change, strict)
    if least:
        return Figure(amount, math.inf, value.unit, start, end, change, strict)
    return Figure(amount, amount, value.unit, value.start, end, bare=True)


def _comparator(text: str, at: int) -> tuple[re.Match | None, int]:
    """The comparator that ends just before `at` (a link word may stand between), and where the figure then starts."""
    for found in _BEFORE.finditer(text, max(0, at - 12), at):
        if _LINK.fullmatch(text, found.end(), at):
            return found, found.start()
    return None, at


def meets(claim: Figure, asked: Figure) -> bool:
    """Whether what was reached lies within what is asked. Only for figures of one kind.

    An end that is not asked for is not looked at; an end that is asked for must have been stated by the claim.
    """
    tolerance = 1e-9 * max(abs(x) for x in (asked.low, asked.high) if math.isfinite(x))
    edge = -tolerance if asked.strict and not claim.strict else tolerance
    if math.isfinite(asked.low) and not claim.low >= asked.low - edge:
        return False
    return not math.isfinite(asked.high) or claim.high <= asked.high + edge
