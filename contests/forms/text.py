"""Make what people typed safe to print: one normal form, no control characters, money as the form wants it."""

import unicodedata
from decimal import Decimal

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


def wan(amount: Decimal | None) -> str:
    """An amount in 元 as 万元, exact, without a unit or trailing zeros: 355000 → 35.5. Empty where there is none."""
    if amount is None:
        return ""
    text = f"{amount / 10000:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
