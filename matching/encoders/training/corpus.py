"""What the encoder learns from: documents as parts, names of one thing, and texts cut from them."""

import json
import lzma
import pathlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matching.thesaurus.thesaurus import GroupKind, shipped_groups

PASSAGES = 8
"""Of a paper's opening, so that papers do not drown the demands."""
_SENTENCE = re.compile(r"(?<=[。；！？\n])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_COMPANY = ("", "技术", "系统", "设备", "工艺", "的研发", "检测", "应用研究")
"""What stands behind a name in a title."""


@dataclass(frozen=True)
class Document:
    """One text as its parts; `told` are keywords and abstract, `body` passages of the opening."""

    title: str
    told: tuple[str, ...]
    body: tuple[str, ...] = ()

    @property
    def passages(self) -> tuple[str, ...]:
        return self.told + self.body


def read_documents(corpus: pathlib.Path, demands: pathlib.Path | None) -> Iterator[Document]:
    """Every *.jsonl.xz of `corpus` in name order, then the demands."""
    for path in sorted(corpus.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield _paper(json.loads(line))
    for line in demands.read_text("utf-8").splitlines() if demands else ():
        row = json.loads(line)
        yield Document(row["title"], tuple(passages(row["text"])))


def _paper(row: dict) -> Document:
    keywords = (row.get("keywords") or "")[:120]
    body = [p for p in passages(row.get("text", "")[300:1500])  # the front matter repeats title and authors
            if len(_HAN.findall(p)) > 0.4 * len(p)]
    told = ([keywords] if len(keywords) > 5 else []) + passages(row.get("abstract", "")[:800])
    return Document(row["title"], tuple(told), tuple(body[:PASSAGES]))


def passages(text: str) -> list[str]:
    """Neighbouring sentences put together to some 60 characters, 200 at most."""
    found, held = [], ""
    for sentence in (*_SENTENCE.split(text), ""):
        sentence = sentence.strip()
        if sentence and len(held) + len(sentence) < 60:
            held += sentence
            continue
        if len(held) >= 12:
            found.append(held[:200])
        held = sentence
    return found


def names_of_one_thing() -> list[tuple[str, ...]]:
    """The groups of the shipped thesaurus that stand for one another."""
    kinds = {GroupKind.synonym, GroupKind.abbreviation, GroupKind.translation}
    return [group.words for group in shipped_groups() if group.kind in kinds and len(group.words) > 1]


def pairs(documents: Sequence[Document], chance: random.Random) -> list[tuple[str, str]]:
    """One epoch: of each document its title with other parts, and two other parts with each other."""
    drawn = []
    for one in documents:
        if one.told:
            drawn.append((one.title, chance.choice(one.told)))
        if one.body and (not one.told or chance.random() < 0.5):
            drawn.append((one.title, chance.choice(one.body)))
        if len(one.passages) > 1:
            first, second = chance.sample(one.passages, 2)
            drawn.append((first, second))
    chance.shuffle(drawn)
    return drawn


def texts(documents: Sequence[Document], names: Sequence[tuple[str, ...]], cuts: int,
          chance: random.Random) -> list[str]:
    """What the pupil hears: every part, `cuts` random cuts of parts and names in company, whole abstracts."""
    titles = [one.title for one in documents]
    parts = list(dict.fromkeys([*(part for one in documents for part in (one.title, *one.passages)),
                                *(name for group in names for name in group)]))
    found = list(parts)
    for _ in range(cuts):
        drawn = chance.random()
        if names and drawn >= 0.9:
            found.append(chance.choice(chance.choice(names)) + chance.choice(_COMPANY))
        else:
            found.append(_cut(chance.choice(titles if drawn < 0.45 else parts), chance))
    found += ["".join(some)[:300] for one in documents for some in (one.told, one.body) if some]
    return [text for text in dict.fromkeys(found) if text.strip()]


def _cut(text: str, chance: random.Random) -> str:
    """As short as what is typed into a search box, or as a title."""
    length = chance.randint(2, 10) if chance.random() < 0.4 else chance.randint(8, 40)
    start = chance.randint(0, max(0, len(text) - length)) if chance.random() < 0.7 else 0
    return text[start:start + length]
