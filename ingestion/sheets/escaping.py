"""Text that a spreadsheet would run as a formula (CWE-1236): made harmless on the way out, given back on the way in."""

FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\0")
MARK = "'"
WITHHELD = "（未公开）"
"""What an export writes in place of a text that its reader may not see. Brought in again, it changes nothing."""


def escaped(text: str) -> str:
    """`text` with a mark before it where a spreadsheet, or a CSV saved from it, might take it for a formula.

    Text that already looks marked gets one more, so that `unescaped` gives back exactly what was there.
    """
    return MARK + text if text.lstrip(MARK).startswith(FORMULA_STARTS) else text


def unescaped(text: str) -> str:
    """What `escaped` was given. A number that begins with its sign and no mark stays as it is."""
    return text[1:] if text.startswith(MARK) and text.lstrip(MARK).startswith(FORMULA_STARTS) else text
