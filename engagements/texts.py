"""What people type, made safe to keep: trimmed, one kind of line break, no control characters, not too long."""

import re

from models.errors import Invalid

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean_text(value: str, field: str, label: str, *, most: int, required: bool = True) -> str:
    """The text to store. Invalid, naming `field`, where it is empty though required, too long or not text."""
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if CONTROL.search(text):
        raise Invalid(f"{label}里有看不见的控制字符，请删掉再提交", field=field)
    if required and not text:
        raise Invalid(f"写{label}", field=field)
    if len(text) > most:
        raise Invalid(f"{label}最多 {most} 字，现在 {len(text)} 字", field=field)
    return text


def clean_line(value: str, field: str, label: str, *, most: int, required: bool = True) -> str:
    """Like clean_text, on one line."""
    return clean_text(" ".join(value.split()) if not CONTROL.search(value) else value, field, label, most=most,
                      required=required)
