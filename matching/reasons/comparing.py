"""Whether the figures a target asks for are met by what a passage says of the same thing."""

from collections.abc import Sequence
from dataclasses import replace

from matching.reasons.directions import is_working_range
from matching.reasons.figures import Figure, meets
from matching.reasons.opposites import other_sides
from matching.reasons.phrases import Meeting, Prepared
from matching.reasons.quantities import kinds_named
from matching.reasons.rarity import is_known
from matching.reasons.subjects import hit, is_measure, is_thing
from matching.reasons.targets import Target
from matching.reasons.units import as_meant

_UNTELLING = ("", "ratio", "points", "times", "length", "temperature", "cycles")
"""Units that measure so many things that one without a word beside it says nothing."""


def figures_met(target: Target, said: Prepared, meetings: Sequence[Meeting]) -> bool | None:
    """Whether every figure asked for is met by a figure of its kind that stands with a phrase that met.

    None: nothing is asked for, or nothing comparable is said.
    """
    found = [_figure_met(target, asked, said, meetings) for asked in target.asked_figures]
    if not found or all(f is None for f in found):
        return None
    return all(found) and all(_holds(condition, said) for condition in target.conditions)


def _figure_met(target: Target, asked: Figure, said: Prepared, meetings: Sequence[Meeting]) -> bool | None:
    close = [_as_asked(figure, said) for figure in _close(target, asked, said, meetings)]
    asked = _as_asked(asked, target.prepared)
    close = [figure for figure in close if figure.kind == asked.kind]
    close += _from_the_other_side(target, asked, said, meetings)
    if not close:
        return None
    if is_working_range(target.text, asked):
        return any(f.low <= asked.low and asked.high <= f.high for f in close)
    return any(meets(figure, asked) for figure in close)


def _close(target: Target, asked: Figure, said: Prepared, meetings: Sequence[Meeting]) -> list[Figure]:
    """The figures of what is measured: named in their clause, by its word or another for that kind of quantity, or
    by a unit that measures little else. A grade names its scale itself.
    """
    start, end = target.quantity_of(asked)
    near = [said.clause(m.said[0]) for m in meetings if m.asked[0] < end and start < m.asked[1]]
    wanted = kinds_named(target.prepared.folded.text[start:end]) or kinds_named(target.prepared.folded.text)
    return [f for f in said.given
            if f.unit.dimension.startswith("grade") or _is_of(f, target, said, meetings, near, wanted)]


def _is_of(figure: Figure, target: Target, said: Prepared, meetings: Sequence[Meeting],
           near: Sequence[tuple[int, int]], wanted: frozenset[str]) -> bool:
    start, end = said.clause(figure.start)
    named = [q for q in said.quantities if start <= q.start < end]
    close = any(a <= figure.start < b or figure.start <= a < figure.end for a, b in near)
    if named and wanted:
        words = [said.folded.text[q.start:q.end] for q in named if q.kind in wanted]
        same = any(word in target.prepared.folded.text for word in words)
        return same or bool(words) and not _of_another_thing(said, start, figure.start, meetings)
    return close or not named and figure.unit.dimension not in _UNTELLING


def _of_another_thing(said: Prepared, start: int, end: int, meetings: Sequence[Meeting]) -> bool:
    """Whether the words of the clause before a figure name a thing and none that met: 壁厚测量，刀具跳动 0.01 mm."""
    words = [w for w in said.keys if start <= w.start and w.end <= end and not is_measure(w)]
    return any(is_thing(w) and is_known(w.text) for w in words) and not any(
        m.said[0] < w.end and w.start < m.said[1] for m in meetings for w in words)


def _as_asked(figure: Figure, text: Prepared) -> Figure:
    unit = as_meant(figure.unit, text.folded.text)
    if unit is figure.unit:
        return figure
    scale = unit.size / figure.unit.size
    return replace(figure, low=figure.low * scale, high=figure.high * scale, unit=unit)


def _from_the_other_side(target: Target, asked: Figure, said: Prepared, meetings: Sequence[Meeting]) -> list[Figure]:
    """What 检出率 99.95 % says of 漏检率, and 节能 18 % of 能耗, where the rest of what is measured stands there too."""
    found = []
    start, end = target.quantity_of(asked)
    for other in other_sides(target.prepared.folded.text, said.folded.text):
        first, last = said.clause(other.said[0])
        rest = [w for w in target.prepared.keys if start <= w.start and w.end <= end
                and not other.asked[0] <= w.start < other.asked[1] and len(w.text) > 1]
        here = [m for m in meetings if first <= m.said[0] < last]
        if not all(hit(word, here) for word in rest):
            continue
        beside = [f for f in said.given if first <= f.start < last and f.unit.dimension == "ratio"]
        if other.whole and asked.kind == ("ratio", ""):
            found += [replace(f, low=1 - f.high, high=1 - f.low) for f in beside if not f.change]
        elif not other.whole and asked.kind == ("ratio", "down"):
            found += [replace(f, change="down") for f in beside]
    return found


def _holds(condition: Figure, said: Prepared) -> bool:
    """Whether the passage, where it names a condition of that kind, names one at least as hard (−40 ℃ for −20 ℃)."""
    named = [f for f in said.given if f.kind == condition.kind and f.bare]
    return not named or any(f.low * condition.low >= 0 and abs(f.low) >= abs(condition.low) * (1 - 1e-9) for f in named)
