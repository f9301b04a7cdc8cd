"""Phone numbers, addresses and accounts inside free text: they show only once both sides agreed to meet."""

import re
import unicodedata

PATTERNS = {
    "手机号": re.compile(r"(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}(?!\d)"),
    "电话": re.compile(r"(?<!\d)0\d{2,3}[-\s]?\d{7,8}(?!\d)"),
    "邮箱": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "微信或 QQ 号": re.compile(r"(?:微信|薇信|vx|wechat|qq)\s*(?:号)?\s*[:：]?\s*[a-z0-9][\w-]{4,}", re.IGNORECASE),
}


def contact_kinds(text: str) -> list[str]:
    """What kinds of contact data stand in the text, by their Chinese names; full-width digits count too."""
    plain = unicodedata.normalize("NFKC", text)
    return [name for name, pattern in PATTERNS.items() if pattern.search(plain)]
