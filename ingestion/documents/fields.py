"""Labelled values in a document: in a table's cells, behind a colon, or in the lines below a line that is the label.

A form that was flattened, as by copying out of a PDF, has its labels at the start of a line or behind a blank. Labels
are told by patterns, for every office words its forms anew.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingestion.documents.document import Block, Document

CHAPTER = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．])\s*")
NUMBERED = re.compile(CHAPTER.pattern + r"|^\s*(?:\d{1,2}[、.．](?!\d)|[【\[〔■◆●▪▲*]+)\s*")
BLANKS = re.compile(r"[\s　:：】\]〕*＊]+")
SENTENCE = re.compile(r"[，,。；;]")
LONGEST_LABEL = 16
WORD = r"[\u4e00-\u9fffA-Za-z]"
COLON = re.compile(rf"(?:^|(?<=[\s　；;。|]))(?P<label>{WORD}[\u4e00-\u9fffA-Za-z/、（）() \u3000-]{{0,20}}?)"
                   r"[ \u3000]*[:：](?!//)[ \u3000]*")
FLAT = re.compile(rf"(?:^|(?<=[ \u3000]))(?P<label>{WORD}[\u4e00-\u9fffA-Za-z/、（）()]{{1,15}})[ \u3000]+(?=\S)")
VALUED = re.compile(r"[:：]\s*\S")
ENDED = re.compile(r"[。；;：:！!？?]\s*$")
LISTED = re.compile(r"\s*(?:\d{1,2}\s*[.．、)）](?!\d)|[（(]\s*\d{1,2}\s*[)）]|[①-⑳]|[·•●-]\s)")


@dataclass(frozen=True)
class Read:
    """A value, and the characters [start, end) of the document's text that it was read from, behind `label`."""

    text: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True)
class Labels:
    """What is looked for: name of a value → what its label looks like, the first that fits. `long` ones go on below."""

    names: Mapping[str, re.Pattern[str]]
    long: frozenset[str] = frozenset()

    def of(self, label: str) -> str | None:
        """The name of the value that a label belongs to; None for what is no label."""
        plain = bare(label)
        if not 1 < len(plain) <= LONGEST_LABEL or SENTENCE.search(plain) or VALUED.search(label):
            return None
        return next((name for name, pattern in self.names.items() if pattern.fullmatch(plain)), None)


def bare(text: str) -> str:
    """A line as a label: without numbering, brackets, blanks and colon."""
    return BLANKS.sub("", NUMBERED.sub("", text))


def read_fields(document: Document, labels: Labels) -> dict[str, Read]:
    """The first value of every label that has one."""
    found: dict[str, Read] = {}
    for name, value in _every(document, labels):
        if value.text:
            found.setdefault(name, value)
    return found


def _every(document: Document, labels: Labels) -> Iterator[tuple[str, Read]]:
    columns = _columns(document, labels)
    yield from columns.values()
    for index, block in enumerate(document.blocks):
        if index in columns:
            continue
        text = document.text_of(block)
        name = labels.of(text)
        if name is not None and block.table is not None:
            yield name, _beside(document, labels, index)
        elif name is not None:
            yield name, _below(document, labels, name, index + 1, text)
        else:
            yield from _within(document, labels, index)


def _columns(document: Document, labels: Labels) -> dict[int, tuple[str, Read]]:
    """The first row under a row of column names, at least three of them labels: index of the name → name and value."""
    places = {id(block): at for at, block in enumerate(document.blocks)}
    found: dict[int, tuple[str, Read]] = {}
    for rows in document.tables():
        head, below = rows[0], rows[1] if len(rows) > 1 else []
        names = [labels.of(document.text_of(cell)) for cell in head]
        if len(head) < 4 or len(below) != len(head) or sum(name is not None for name in names) < len(head) - 1 \
                or any(labels.of(document.text_of(cell)) for cell in below):
            continue
        for name, cell, value in zip(names, head, below, strict=True):
            if name is not None:
                found[places[id(cell)]] = name, _trimmed(document, value.start, value.end, document.text_of(cell))
    return found


def _within(document: Document, labels: Labels, index: int) -> Iterator[tuple[str, Read]]:
    """The labels inside a line, each with what stands between it and the next."""
    text = document.text_of(document.blocks[index])
    found = _labels_in(text, labels)
    ends = [match.start("label") for _name, match in found[1:]] + [len(text)]
    for (name, match), end in zip(found, ends, strict=False):
        yield name, _value(document, labels, name, index, match, end)


def _labels_in(text: str, labels: Labels) -> list[tuple[str, re.Match[str]]]:
    """Those with a colon; else, where the line begins with one, those between blanks."""
    numbering = NUMBERED.match(text)
    start = numbering.end() if numbering else 0
    found = _known(_shifted(COLON, text, start), labels)
    if found:
        return found
    flat = _known(_shifted(FLAT, text, start), labels)
    return flat if flat and flat[0][1].start("label") == start else []


def _shifted(pattern: re.Pattern[str], text: str, start: int) -> Iterator[re.Match[str]]:
    """Matches from `start` on, as if the text began there but with places in the whole."""
    return pattern.finditer(" " * start + text[start:]) if start else pattern.finditer(text)


def _known(matches: Iterator[re.Match[str]], labels: Labels) -> list[tuple[str, re.Match[str]]]:
    return [(name, one) for match in matches for one in _shorter(match)
            if (name := labels.of(one["label"])) is not None]


def _shorter(match: re.Match[str]) -> Iterator[re.Match[str]]:
    """What stands before a colon, then it without its first words: a value before it has no colon of its own."""
    yield match
    for blank in re.finditer(r"[ \u3000]+", match["label"]):
        rest = match.re.match(match.string, match.start("label") + blank.end())
        if rest:
            yield rest


def _value(document: Document, labels: Labels, name: str, index: int, match: re.Match[str], end: int) -> Read:
    """What stands behind a label; for a long value, or where nothing does, the lines below too."""
    block, label = document.blocks[index], match["label"]
    start, stop = block.start + match.end(), block.start + end
    own = document.text[start:stop].strip()
    if stop == block.end and block.table is None and (name in labels.long or not own):
        below = _below(document, labels, name, index + 1, label)
        if below.text:
            text = _line_joined(own, below.text) if block.kind == "line" else f"{own}\n{below.text}".strip()
            return Read(text, start if own else below.start, below.end, label)
    return _trimmed(document, start, stop, label)


def _trimmed(document: Document, start: int, end: int, label: str) -> Read:
    text = document.text[start:end]
    lead = len(text) - len(text.lstrip())
    text = text.strip(" \u3000\t\n；;，,")
    return Read(text, start + lead, start + lead + len(text), label)


def _beside(document: Document, labels: Labels, index: int) -> Read:
    """The next cell of the row, unless it is a label too."""
    block, after = document.blocks[index], document.blocks[index + 1:index + 2]
    label = document.text_of(block)
    if not after or (after[0].table, after[0].row) != (block.table, block.row) \
            or labels.of(document.text_of(after[0])) is not None:
        return Read("", block.end, block.end, label)
    return _trimmed(document, after[0].start, after[0].end, label)


def _below(document: Document, labels: Labels, name: str, index: int, label: str) -> Read:
    """The lines from `index` on, up to the next label; a short value is one line."""
    end = index
    while end < len(document.blocks) and not begins(document.text_of(document.blocks[end]), labels):
        end += 1
        if name not in labels.long:
            break
    if index == end:
        at = document.blocks[index - 1].end
        return Read("", at, at, label)
    blocks = document.blocks[index:end]
    return Read(unwrapped(document, blocks), blocks[0].start, blocks[-1].end, label)


def begins(text: str, labels: Labels) -> bool:
    """Whether a line is, or begins with, a label, or is a chapter's heading."""
    if labels.of(text) is not None:
        return True
    if CHAPTER.match(text):
        head = re.split("[:：]", CHAPTER.sub("", text), maxsplit=1)[0]
        if len(head) <= LONGEST_LABEL and not SENTENCE.search(head):
            return True
    numbering = NUMBERED.match(text)
    found = _labels_in(text, labels)
    return bool(found) and found[0][1].start("label") == (numbering.end() if numbering else 0)


def unwrapped(document: Document, blocks: Sequence[Block]) -> str:
    """The text of some blocks; lines of a page that go on in the next are put together."""
    text = ""
    for block in blocks:
        line = document.text_of(block)
        text = _line_joined(text, line) if block.kind == "line" else f"{text}\n{line}".lstrip("\n")
    return text


def _line_joined(one: str, other: str) -> str:
    """Two lines of a page: the second begins anew behind a full stop, or with a number or bullet of its own."""
    if not one or ENDED.search(one) or LISTED.match(other):
        return f"{one}\n{other}".lstrip("\n")
    return joined(one, other)


def joined(one: str, other: str) -> str:
    """Two lines as one; words of Latin letters keep a blank between them."""
    blank = " " if one[-1:].isascii() and other[:1].isascii() and one[-1:].isalnum() and other[:1].isalnum() else ""
    return one + blank + other
