"""The few words that the product adds to the official form: which copy this is, what is attached, what is missing."""

from contests.forms.glyphs import MARK, MissingGlyph

COPY_NAMES = ("第一份", "第二份", "第三份")
SEE_ATTACHED = "（见附页）"


def rest_attached(count: int) -> str:
    return f"其余 {count} 项见附页"


def attached_head(name: str, group: str) -> str:
    return f"报名人：{name}{group}"


def missing_note(missing: list[MissingGlyph]) -> str:
    """Empty where every character prints."""
    if not missing:
        return ""
    named = "、".join(f"{glyph.field} {glyph.code_point}" for glyph in missing[:4])
    more = f" 等 {len(missing)} 处" if len(missing) > 4 else ""
    return f"{MARK} 处字库缺字，请手写补上：{named}{more}"
