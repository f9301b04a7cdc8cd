"""What a public text must not carry: contact data, and in an abstract what gives the enterprise away."""

import re
from dataclasses import dataclass

CONTACTS = (
    ("phone", re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)0\d{2,3}[- ]\d{3,4}[- ]?\d{4}(?!\d)")),
    ("email", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("chat", re.compile(r"(?:微信|WeChat|V信|薇信|QQ)(?:号|群)?\s*[:：是为]?\s*[A-Za-z0-9_-]{5,20}", re.I)),
)
MODEL = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z-]*\d)[A-Za-z][A-Za-z0-9-]{2,}(?![A-Za-z0-9])")
STANDARD = re.compile(r"(?:GB|ISO|IEC|ASTM|HG|JB|QB|YY|SC|CB|DIN|EN|JIS|TB)(?:[-/]?T)?[ -]?\d", re.I)
"""Numbers of standards are public: not what tells one enterprise from another."""
PLACE = re.compile(r"(?=([一-龥]{2}(?:街道|镇|乡|村|路(?=\d)|工业园|产业园|码头|港)))")
"""Looked for at every place: where a name begins cannot be told from the words before it."""


@dataclass(frozen=True)
class Leak:
    """Characters [start, end) of a text not for the public. `kind`: phone | email | chat | name | place | model."""

    kind: str
    start: int
    end: int
    words: str


def contacts(text: str) -> list[Leak]:
    """Phone numbers, e-mail addresses and chat accounts in `text`, in order of place, none overlapping."""
    return _in_order(Leak(kind, found.start(), found.end(), found.group())
                     for kind, pattern in CONTACTS for found in pattern.finditer(text))


def leaks(abstract: str, full_text: str, names: tuple[str, ...] = ()) -> list[Leak]:
    """What in `abstract` gives away who asks: contacts, given `names`, and models and places the full text names."""
    found = contacts(abstract)
    secrets = [("name", name) for name in names if len(name) >= 2]
    secrets += [("place", match[1]) for match in PLACE.finditer(full_text)]
    secrets += [("model", match[0]) for match in MODEL.finditer(full_text) if not STANDARD.match(match.group())]
    for kind, words in secrets:
        found += [Leak(kind, match.start(), match.end(), words) for match in re.finditer(re.escape(words), abstract)]
    return _in_order(found)


def _in_order(found) -> list[Leak]:
    kept: list[Leak] = []
    for leak in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or leak.start >= kept[-1].end:
            kept.append(leak)
    return kept
