"""The paper of the demo city as PDF: contracts with seals, statements of benefit. Set by typst, texts as data."""

import datetime as dt
import functools
import json
import pathlib
from decimal import Decimal

import typst

from contests.forms.glyphs import FONTS
from models.demands import Demand

FOLDER = pathlib.Path(__file__).parent
TITLES = {"development": "技术开发合同", "transfer": "技术转让合同", "licence": "技术许可合同", "consulting": "技术咨询合同",
          "service": "技术服务合同"}
DIGITS, UNITS, GROUPS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), ("", "万", "亿")


def contract(paper: dict, signed_on: dt.date, demand: Demand) -> bytes:
    """Two pages: a row of ingestion/demo/stories.json → `contract`, signing day, the demand whose targets it sets."""
    amount = Decimal(str(paper["amount"])) * 10_000
    return _set("contract.typ", {
        "title": TITLES[paper["type"]], "number": paper["number"], "name": paper["name"], "subject": paper["subject"],
        "party_a": paper["party_a"], "party_b": paper["party_b"], "signed": _written(signed_on),
        "demand": f"{demand.number}　{demand.title}", "figures": f"{amount:,.2f}", "capitals": capitals(amount),
        "targets": [[target.what, target.figure, target.measure] for target in demand.targets]})


def benefit(paper: dict, until: dt.date, realised) -> bytes:
    """One page in which the enterprise states what the contract brought in, 万元, up to and including `until`."""
    return _set("benefit.typ", {"name": paper["name"], "number": paper["number"], "party_a": paper["party_a"],
                                "until": _written(until), "realised": f"{realised:g}"})


def statement(title: str, text: str) -> bytes:
    """One page with a title and a text: what a team hands in about its project."""
    return _set("statement.typ", {"title": title, "text": text})


def capitals(amount: Decimal) -> str:
    """Whole 元 in capital numerals: 380000 → 叁拾捌万元整, 1005000 → 壹佰万伍仟元整."""
    digits = str(int(amount))
    groups = [digits[max(0, end - 4):end] for end in range(len(digits), 0, -4)]
    written = "".join(_group(group) + GROUPS[place] if int(group) else ""
                      for place, group in reversed(list(enumerate(groups))))
    return (written or "零").removeprefix("零") + "元整"


def _group(digits: str) -> str:
    """Up to four digits; a run of zeros inside is one 零, at the end none."""
    text = ""
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit != "0":
            text += DIGITS[int(digit)] + UNITS[place]
        elif text and not text.endswith("零") and int(digits[-place - 1:]):
            text += "零"
    return text


def _written(day: dt.date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _set(template: str, values: dict) -> bytes:
    return typst.compile(FOLDER / template, root=FOLDER, font_paths=_fonts(), ignore_system_fonts=True, timestamp=0,
                         sys_inputs={"paper": json.dumps(values, ensure_ascii=False)})
