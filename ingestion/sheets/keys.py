"""By what a row is known again when its sheet has no numbers, or when it came out of this platform."""

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Iterable


def plain(text: str) -> str:
    """A text without what differs when the same thing is typed twice: width, case, blanks, punctuation."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def content_key(*parts: str) -> str:
    """A key made of what identifies a thing. Empty where the first part is: then nothing identifies it."""
    told = [plain(part) for part in parts]
    return f"~{hashlib.sha256(chr(31).join(told).encode()).hexdigest()[:32]}" if told[0] else ""


def as_id(key: str) -> uuid.UUID | None:
    """The id that a key spells, as exports write them."""
    try:
        return uuid.UUID(key) if len(key) == 36 else None
    except ValueError:
        return None


def ids_among(keys: Iterable[str]) -> dict[uuid.UUID, str]:
    """Id → the key that spells it."""
    return {spelt: key for key in keys if (spelt := as_id(key))}
