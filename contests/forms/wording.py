"""The few words that the product adds to the official form: which copy this is, what is attached, what is missing."""

import re

from contests.forms.form import RegistrationForm
from contests.forms.glyphs import MARK, MissingGlyph
from contests.forms.text import clean_line

COPY_NAMES = ("第一份", "第二份", "第三份")
UNSAFE = re.compile(r'[/\\:*?"<>|.]')
SEE_ATTACHED = "（见附页）"


def rest_attached(count: int) -> str:
    return f"其余 {count} 项见附页"


def attached_head(name: str, group: str) -> str:
    return f"报名人：{name}{group}"


def file_name(form: RegistrationForm, extension: str) -> str:
    """附件1-技术攻关组-周砚秋.pdf, without anything a path could mean."""
    template = form.template
    parts = (template.annex.replace(" ", ""), template.group.strip("（）"), clean_line(form.name))
    return "-".join(UNSAFE.sub("", part) for part in parts) + f".{extension}"


def missing_note(missing: list[MissingGlyph]) -> str:
    """Empty where every character prints."""
    if not missing:
        return ""
    named = "、".join(f"{glyph.field} {glyph.code_point}" for glyph in missing[:4])
    more = f" 等 {len(missing)} 处" if len(missing) > 4 else ""
    return f"{MARK} 处字库缺字，请手写补上：{named}{more}"
