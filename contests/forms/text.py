"""Make what people typed safe to print: one normal form, no control characters."""

import unicodedata

from models.errors import Invalid

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Control, format (bidirectional marks, zero-width joints), surrogate, private-use and unassigned characters."""


def clean_body(text: str) -> str:
    """NFC, line ends as newlines, tabs as spaces, nothing invisible but newlines, no blank lines at the ends."""
    unified = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (char for char in unified if char == "\n" or unicodedata.category(char) not in INVISIBLE)
    return "\n".join(line.rstrip() for line in "".join(kept).split("\n")).strip()


def clean_line(text: str) -> str:
    """As clean_body, on one line."""
    return " ".join(clean_body(text).split())


def checked(text: str, field: str, label: str, most: int, missing: str = "", clause: str | None = None) -> str:
    """A cleaned text. Invalid for `field` where it is longer than `most`, or empty and `missing` says what to do."""
    if missing and not text:
        raise Invalid(missing, field=field, clause=clause)
    if len(text) > most:
        raise Invalid(f"{label}最多 {most} 字，现在 {len(text)} 字", field=field)
    return text


def source_of(text: str, field: str) -> str:
    """The paper that a decision rests on, on one line."""
    return checked(clean_line(text), field, "依据", 200, "写明依据，比如哪天的哪次会议纪要")
