"""What a group of words would do before it is saved: how many postings write each word, and what speaks against it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from matching.postings import BATCH, eligible, read_postings
from matching.ranking import Posting
from matching.text import normalise, words
from matching.thesaurus.edits import Draft
from matching.thesaurus.table import Listed, listed
from matching.thesaurus.thesaurus import Group, Mention, Thesaurus, key
from models.index import PostingKind

COMMON = 0.05
"""A word that more postings than this write says little."""
_AROUND, _MOST_PLACES = 12, 200
"""Characters beside a mention in which longer words are looked for, and mentions of a word that are looked at."""
_OFTEN = 0.1


@dataclass(frozen=True)
class WordEffect:
    """One word of a draft and what the published postings make of it."""

    word: str
    demands: int
    capabilities: int
    elsewhere: tuple[Listed, ...]
    """Other groups in use that have it."""
    short: bool
    """One character, or two Latin letters: it means many things."""
    common: bool
    inside: tuple[tuple[str, int], ...]
    """Longer words that it often stood in, with how often: 发电机 for 电机. Read out of capabilities only."""

    @property
    def doubtful(self) -> bool:
        return bool(self.elsewhere or self.short or self.common or self.inside)


@dataclass(frozen=True)
class Effect:
    """How many demands and capabilities write a word of the draft, and each word by itself."""

    demands: int
    capabilities: int
    words: tuple[WordEffect, ...]

    @property
    def doubtful(self) -> bool:
        return any(one.doubtful for one in self.words)


@dataclass
class _Count:
    """What was read so far, by folded word."""

    postings: Counter[PostingKind] = field(default_factory=Counter)
    touched: Counter[PostingKind] = field(default_factory=Counter)
    word: Counter[tuple[PostingKind, str]] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    inside: dict[str, Counter[str]] = field(default_factory=dict)


def preview(session: Session, draft: Draft, group: Listed | None = None) -> Effect:
    """Read every published posting with the draft in the thesaurus. `group`: the one that it would change."""
    others = [one for one in listed(session) if one.active and (group is None or one.id != group.id)]
    base = group.group.words[:group.shipped] if group else ()
    drafted = Group((*base, *draft.words), draft.kind)
    thesaurus = Thesaurus([*(one.group for one in others), drafted])
    folded = dict.fromkeys(map(key, drafted.words))
    number = thesaurus.groups.index(Group(tuple(folded), draft.kind))
    count = _Count()
    for kind in PostingKind:
        for posting in _published(session, kind):
            _read(count, kind, posting, thesaurus, number)
    return Effect(count.touched[PostingKind.demand], count.touched[PostingKind.capability],
                  tuple(_effect(count, word, others) for word in drafted.words))


def _published(session: Session, kind: PostingKind) -> Iterator[Posting]:
    ids = session.scalars(eligible(kind)).all()
    for at in range(0, len(ids), BATCH):
        yield from read_postings(session, kind, ids[at:at + BATCH])


def _read(count: _Count, kind: PostingKind, posting: Posting, thesaurus: Thesaurus, number: int) -> None:
    count.postings[kind] += 1
    said: set[str] = set()
    for text in map(normalise, (posting.title, posting.body)):
        for mention in thesaurus.mentions(text):
            if number in mention.groups:
                said.add(mention.word)
                if kind is PostingKind.capability and count.places[mention.word] < _MOST_PLACES:
                    count.places[mention.word] += 1
                    count.inside.setdefault(mention.word, Counter()).update(_longer(text, mention))
    count.touched[kind] += bool(said)
    count.word.update((kind, word) for word in said)


def _longer(text: str, mention: Mention) -> list[str]:
    """The word of the dictionary that a mention is only part of, if it is."""
    start = max(0, mention.start - _AROUND)
    around = text[start:mention.end + _AROUND]
    first, last = mention.start - start, mention.end - start
    return [w.text for w in words(around) if w.start <= first and last <= w.end and len(w.text) > last - first]


def _effect(count: _Count, word: str, others: list[Listed]) -> WordEffect:
    folded = key(word)
    demands, capabilities = (count.word[kind, folded] for kind in (PostingKind.demand, PostingKind.capability))
    often = max(2, _OFTEN * count.places[folded])
    return WordEffect(
        word, demands, capabilities, tuple(one for one in others if folded in map(key, one.group.words)),
        len(folded) == 1 or len(folded) == 2 and folded.isascii(),
        demands + capabilities > max(10, COMMON * count.postings.total()),
        tuple((longer, n) for longer, n in count.inside.get(folded, Counter()).most_common(3) if n >= often))
