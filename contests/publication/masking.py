"""What of a person the public reads: name and organisation. Numbers of phones, papers and accounts are covered."""

import re
import unicodedata

NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\+?\d[\d\- ]{5,24}[\dXx])(?![0-9A-Za-z])")
"""Seven digits or more, with the gaps people write: a phone, an identity card, a bank account."""
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
DATE = re.compile(r"(?:19|20)\d\d-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])")
FEWEST = 7


def masked(text: str) -> str:
    """`text` with every such number and address covered by asterisks; dates stay. Full-width digits are seen too."""
    folded = "".join(unicodedata.normalize("NFKC", char) if "０" <= char <= "９" else char for char in text)
    return NUMBER.sub(_cover, EMAIL.sub("***", folded))


def _cover(found: re.Match[str]) -> str:
    written = found.group()
    if DATE.fullmatch(written) or sum(char.isdigit() for char in written) < FEWEST:
        return written
    return f"{written[:3]}****"
