"""The plan as PDF, set by typst from vendored fonts: values as data, characters without a glyph marked."""

import functools
import json
import pathlib
from collections.abc import Sequence
from dataclasses import asdict

import typst

from contests.forms.glyphs import FONTS, MARK, printable
from engagements.meetings.sheets import KINDS, Paper, Sheet

TEMPLATE = pathlib.Path(__file__).parent / "schedule.typ"
WORDS = {"table": "桌", "time": "时间", "expert": "专家", "firm": "企业", "demand": "需求", "lead": "共 {n} 场",
         "empty": "还没有排好的场次"}


def render_schedule(paper: Paper, kinds: Sequence[str] = KINDS) -> bytes:
    """The sheets of these kinds in one file, in this order; the same plan gives the same bytes."""
    data = _marked(json.dumps(_values(paper) | {"kinds": list(kinds)}, ensure_ascii=False))
    return typst.compile(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), sys_inputs={"paper": data},
                         ignore_system_fonts=True, timestamp=0)


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _values(paper: Paper) -> dict:
    return {"title": paper.title, "day": paper.day, "place": paper.place, "words": WORDS,
            "slots": [slot.span for slot in paper.slots],
            "rows": [{"table": table, "cells": [asdict(one) if one else None for one in cells]}
                     for table, cells in paper.rows],
            "firms": _sheets(paper.firms), "experts": _sheets(paper.experts), "tables": _sheets(paper.tables)}


def _sheets(sheets: Sequence[Sheet]) -> list[dict]:
    return [asdict(one) for one in sheets]


def _marked(text: str) -> str:
    """〓 in the place of every character that the font cannot print."""
    return "".join(char if ord(char) in printable() else MARK for char in text)
