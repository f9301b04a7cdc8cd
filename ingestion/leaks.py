"""What a public text must not carry: contact data and, of a confidential demand, who asks and what it hides. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingestion import telling
from ingestion.folding import Folded, folded, narrow

CONTACTS = (
    ("phone", re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)0\d{2,3}[- ]\d{3,4}[- ]?\d{4}(?!\d)")),
    ("phone", re.compile(r"[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}(?![零〇一二三四五六七八九])")),
    ("email", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("chat", re.compile(r"(?:微信|WeChat|V信|薇信|QQ)(?:号|群)?\s*[:：是为]?\s*[A-Za-z0-9_-]{5,20}", re.I)),
)
WEB = re.compile(r"(?:https?://|www\.)[!-~]+"
                 r"|(?<![A-Za-z0-9@.-])[A-Za-z0-9-]{2,}\.(?:com|cn|net|org)(?![A-Za-z0-9])", re.I)
CREDIT_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])")
CALLED = r"(?:经理|主任|厂长|老师|先生|女士|师傅|老板|博士|教授|总(?![体量成数结])|工(?![艺程业序人件作厂具况]))"
ADDRESSED = re.compile(rf" ?(?:{CALLED}|[:：])")
"""What follows a person's name where it is meant as one."""
SPOKEN_OF = frozenset("找系问请跟和由是")
"""What stands before a surname that is meant as one: 联系王工, not 提高总量."""
BLOCKING = frozenset({"phone", "email", "chat", "web", "code", "name", "person"})
"""These say who it is and must go. Every other kind may stay for a written reason."""
SHORT_RUN = 10
"""A copied run cut by another finding is still told from this many characters on."""


@dataclass(frozen=True)
class Leak:
    """Characters [start, end) of a text not for the public.

    `kind`: phone | email | chat | web | code | name | person, which must go; word | place | model | product | figure |
    copied, which may stay for a reason. `words` is what stands there.
    """

    kind: str
    start: int
    end: int
    words: str

    @property
    def blocking(self) -> bool:
        return self.kind in BLOCKING


@dataclass(frozen=True)
class Sealed:
    """What a confidential demand hides. `texts` are its sealed parts, `shown` what is public of it by design."""

    names: tuple[str, ...] = ()
    common_names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    address: str = ""
    texts: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


def contacts(text: str) -> list[Leak]:
    """Phone numbers, e-mail addresses and chat accounts in `text`, in order of place, none overlapping."""
    return _apart(_matches(text, CONTACTS))


def leaks(text: str, sealed: Sealed) -> list[Leak]:
    """What in the public `text` gives away who asks or what is sealed, in order of place, none overlapping."""
    shape = folded(text)
    certain = [*_matches(text, (*CONTACTS, ("web", WEB), ("code", CREDIT_CODE))), *_people(shape, sealed.people),
               *_found(shape, "code", sealed.identifiers), *_found(shape, "name", sealed.names)]
    doubtful = [*_found(shape, "word", sealed.common_names), *_telling(shape, sealed)]
    kept = _apart(doubtful, before=_apart(certain))
    runs = telling.copied_runs(shape, sealed.texts, sealed.shown)
    return sorted([*kept, *_between(text, runs, kept)], key=lambda leak: leak.start)


def _telling(shape: Folded, sealed: Sealed) -> Iterator[Leak]:
    """Places, models, products and figures that the sealed texts hold and the text gives out."""
    hidden = "\n".join(sealed.texts)
    yield from _found(shape, "place", telling.places(hidden, sealed.address))
    yield from _leaks_at(shape.original, "place", telling.place_spans(shape.original))
    yield from _found(shape, "model", telling.models(hidden))
    yield from _found(shape, "product", telling.products(hidden))
    yield from _leaks_at(shape.original, "figure", telling.figure_spans(shape.original, hidden, sealed.shown))


def _people(shape: Folded, people: Iterable[str]) -> Iterator[Leak]:
    """Names of people, and their surnames with a title. What may be plain words (高强, 提高总) is no more than doubtful."""
    text = shape.original
    for name in people:
        for start, end in shape.find(name):
            alone = not (text[start - 1:start].isalnum() or text[end:end + 1].isalnum())
            sure = len(name) > 2 or alone or bool(ADDRESSED.match(text, end))
            yield Leak("person" if sure else "word", start, end, text[start:end])
        for found in re.finditer(rf"{re.escape(name[0])} ?{CALLED}", text):
            before = text[found.start() - 1:found.start()] if found.start() else ""
            sure = not before.isalnum() or before in SPOKEN_OF
            yield Leak("person" if sure else "word", found.start(), found.end(), found[0])


def _matches(text: str, patterns) -> list[Leak]:
    narrowed = narrow(text)
    return [Leak(kind, found.start(), found.end(), text[found.start():found.end()])
            for kind, pattern in patterns for found in pattern.finditer(narrowed)]


def _found(shape: Folded, kind: str, secrets: Iterable[str]) -> Iterator[Leak]:
    for secret in secrets:
        yield from _leaks_at(shape.original, kind, shape.find(secret))


def _leaks_at(text: str, kind: str, spans: Iterable[tuple[int, int]]) -> Iterator[Leak]:
    return (Leak(kind, start, end, text[start:end]) for start, end in spans)


def _apart(found: Iterable[Leak], before: Iterable[Leak] = ()) -> list[Leak]:
    """`before` and those of `found` that overlap none kept: of two that do, the earlier, then the longer."""
    kept = list(before)
    for leak in sorted(found, key=lambda one: (one.start, -one.end)):
        if all(leak.end <= other.start or leak.start >= other.end for other in kept):
            kept.append(leak)
    return sorted(kept, key=lambda leak: leak.start)


def _between(text: str, runs: Iterable[tuple[int, int]], kept: list[Leak]) -> Iterator[Leak]:
    """Copied runs less what is marked already, where enough of a run is left."""
    for start, end in runs:
        inside = [leak for leak in kept if leak.start < end and leak.end > start]
        edges = [start, *(place for leak in inside for place in (leak.start, leak.end)), end]
        for left, right in zip(edges[::2], edges[1::2], strict=True):
            if right - left >= SHORT_RUN:
                yield replace(Leak("copied", left, right, ""), words=text[left:right])
