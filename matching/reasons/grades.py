"""Grades that are no numbers: IP67, UL94 V-0, 燃烧性能 A 级, 洁净度万级. Each is a place on a scale that orders them.

The orders are those of the standards named beside them. A higher place is the better grade.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Grade:
    """`text[start:end]` names the `place`-th grade of a scale, counted from the worst."""

    scale: str
    place: float
    start: int
    end: int


@dataclass(frozen=True)
class _Scale:
    name: str
    pattern: re.Pattern
    worst_first: tuple[str, ...]
    context: re.Pattern | None = None
    """Words that must stand in the text for a short name (A 级) to be one of this scale."""


def _scale(name: str, pattern: str, worst_first: str, context: str = "") -> _Scale:
    return _Scale(name, re.compile(pattern), tuple(worst_first.split()), re.compile(context) if context else None)


_SCALES = (
    _scale("UL 94", r"(?:UL\s?-?94\s?[-，, ]?\s?)?(?P<grade>5VA|5VB|V-?[012]|HB)(?=级|\s|$|[，,；;。、）)])",
           "HB V2 V1 V0 5VB 5VA", "阻燃|防火|燃烧|UL"),
    _scale("GB 8624", r"(?<![A-Za-z0-9])(?P<grade>A[12]?|B[123])\s?级", "B3 B2 B1 A2 A A1", "燃|防火|保温"),
    _scale("IEC 60079 gas group", r"(?P<grade>II[ABC])", "IIA IIB IIC", "防爆|隔爆|Ex"),
    _scale("IEC 60079 temperature class", r"(?<![A-Za-z0-9])(?P<grade>T[1-6])(?![A-Za-z0-9])", "T1 T2 T3 T4 T5 T6",
           "防爆|隔爆|Ex"),
    _scale("IEC 61508", r"(?P<grade>SIL\s?[1-4])", "SIL1 SIL2 SIL3 SIL4"),
    _scale("ISO 13849", r"(?<![A-Za-z0-9])(?P<grade>PL\s?[a-e])(?![A-Za-z0-9])", "PLa PLb PLc PLd PLe"),
    _scale("GB/T 11021", r"(?<![A-Za-z0-9])(?P<grade>[AEBFH])\s?级", "A E B F H", "绝缘|耐热等级"),
    _scale("ISO 12944", r"(?<![A-Za-z0-9])(?P<grade>C[1-5]-?[MIX]?|CX)(?![A-Za-z0-9])",
           "C1 C2 C3 C4 C5 C5I C5M CX", "腐"),
    _scale("ISO 8501", r"(?P<grade>Sa\s?(?:1|2|2\.5|2½|3))(?![\d.])", "Sa1 Sa2 Sa2.5 Sa3"),
    _scale("ISO 286", r"(?<![A-Za-z0-9])(?P<grade>IT\s?(?:1[0-8]|[1-9]))(?!\d)",
           " ".join(f"IT{n}" for n in range(18, 0, -1))),
    _scale("ISO 492", r"(?<![A-Za-z0-9])(?P<grade>P[02456])(?![A-Za-z0-9])", "P0 P6 P5 P4 P2", "轴承|精度"),
    _scale("ISO 1940", r"(?<![A-Za-z0-9])(?P<grade>G\s?(?:0\.4|1|2\.5|6\.3|16|40))(?![\d.])",
           "G40 G16 G6.3 G2.5 G1 G0.4", "平衡"),
    _scale("ASTM D3359", r"(?<![A-Za-z0-9])(?P<grade>[0-5]B)(?![A-Za-z0-9])", "0B 1B 2B 3B 4B 5B", "附着"),
    _scale("clean room", r"(?P<grade>(?:三十|十)?万级|[百千]级)", "三十万级 十万级 万级 千级 百级", "洁净|净化|无尘|灌装|车间"),
    _scale("GMP clean area", r"(?<![A-Za-z0-9])(?P<grade>[ABCD])\s?级", "D C B A", "洁净|净化|无菌"),
    _scale("GB/T 22239", r"(?:等保|等级保护)\D{0,4}?(?P<grade>[一二三四1234])级", "一 二 三 四"),
)
_IP = re.compile(r"(?<![A-Za-z0-9])IP\s?([0-6X])([0-9X])", re.IGNORECASE)


def read_grades(text: str) -> list[Grade]:
    """Every grade a folded text names, in order. IP67 gives two: against solids, against water."""
    found = [Grade(f"IEC 60529 ({kind})", 0.0 if digit in "xX" else float(digit), m.start(), m.end())
             for m in _IP.finditer(text) for kind, digit in zip(("solids", "water"), m.groups(), strict=True)]
    for scale in _SCALES:
        if scale.context is None or scale.context.search(text):
            found += [grade for m in scale.pattern.finditer(text) if (grade := _grade(scale, m))]
    return sorted(found, key=lambda grade: (grade.start, grade.scale))


def _grade(scale: _Scale, found: re.Match) -> Grade | None:
    name = re.sub(r"[\s-]", "", found["grade"]).replace("½", ".5")
    if name.isdigit():
        name = "零一二三四五六七八九"[int(name)]
    if name not in scale.worst_first:
        return None
    return Grade(scale.name, float(scale.worst_first.index(name)), found.start(), found.end())
