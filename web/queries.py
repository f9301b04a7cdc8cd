"""Search words as people type or paste them."""

import re

LIMIT = 200
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""NUL among them: PostgreSQL refuses it in any text."""


def words(typed: str | None) -> str:
    """The words with single spaces between, without control characters, cut at LIMIT characters."""
    return " ".join(CONTROL.sub(" ", typed or "").split())[:LIMIT].rstrip()
