"""Numbers of papers: the 文号 of an official document, and of certificates, which nobody can guess."""

import re
import secrets
import unicodedata

from models.errors import Invalid

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 and O, 1, I and L, and U: a number is read from paper and typed."""
TAIL = 4
DOCUMENT = re.compile(r"([㐀-鿿]{1,12})[〔\[（(【]\s*((?:19|20)\d\d)\s*[〕\]）)】]\s*0*([1-9]\d{0,3})\s*号")
CERTIFICATE = re.compile(rf"ZS-?(\d{{4}})-?(\d{{4,6}})-?([{ALPHABET}]{{{TAIL}}})")


def document_number(text: str, field: str = "document_number") -> str:
    """威工发〔2026〕31号, whatever brackets, spaces and zeros it was typed with. Invalid for anything else."""
    found = DOCUMENT.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFC", text)))
    if found is None:
        raise Invalid("文号写成“威工发〔2026〕31号”这样：发文机关代字、年份、序号", field=field)
    code, year, number = found.groups()
    return f"{code}〔{year}〕{number}号"


def new_certificate(year: int, running: int) -> str:
    """ZS-2026-0007-K3QX. The last four characters are drawn at random: 30⁴ = 810,000 for each running number."""
    tail = "".join(secrets.choice(ALPHABET) for _ in range(TAIL))
    return f"ZS-{year}-{running:04d}-{tail}"


def certificate_number(text: str) -> str | None:
    """The number as it is stored, from what somebody typed or scanned; None where it can be none."""
    found = CERTIFICATE.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper())
    return f"ZS-{found[1]}-{found[2]}-{found[3]}" if found else None
