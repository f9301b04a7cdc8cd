"""Demands that nobody in the city answers, put together by the skill they lack. Pure."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from matching.text import normalise
from matching.thesaurus.thesaurus import Thesaurus, lower

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Lack(Generic[Key]):
    """One demand: what the target asks that binds it ("" for none), how many wrote about it, how many days it hangs."""

    demand: Key
    skill: str
    written_by: int
    days: int


@dataclass(frozen=True)
class Gap(Generic[Key]):
    """Demands that lack the same skill, those that hang longest first. `skill`: as most of them write it."""

    skill: str
    lacks: tuple[Lack[Key], ...]

    @property
    def days(self) -> int:
        """How long the oldest hangs."""
        return max(lack.days for lack in self.lacks)

    @property
    def written_by(self) -> int:
        """The most people who wrote about it at all: 0 where the city lacks the skill altogether."""
        return max(lack.written_by for lack in self.lacks)


def gaps(lacks: Iterable[Lack[Key]], thesaurus: Thesaurus) -> list[Gap[Key]]:
    """One gap a skill: what several demands lack first, then what hangs longest. Other names of a thing are one thing;
    those without a binding target stand together at the end."""
    by_skill: dict[str, list[Lack[Key]]] = {}
    for lack in lacks:
        by_skill.setdefault(same(lack.skill, thesaurus), []).append(lack)
    found = [Gap(_commonest(group), tuple(sorted(group, key=lambda one: (-one.days, str(one.demand)))))
             for group in by_skill.values()]
    return sorted(found, key=lambda gap: (not gap.skill, -len(gap.lacks), -gap.days, gap.skill))


def same(skill: str, thesaurus: Thesaurus) -> str:
    """A skill with each name in it put as the first of its other names and itself, blanks left out."""
    folded = lower(normalise(skill))
    made, at = [], 0
    for mention in thesaurus.mentions(folded):
        made += [folded[at:mention.start], min([mention.word, *thesaurus.words_of(mention)])]
        at = mention.end
    return "".join("".join([*made, folded[at:]]).split())


def _commonest(group: Sequence[Lack]) -> str:
    counts = Counter(lack.skill for lack in group)
    return min(counts, key=lambda skill: (-counts[skill], len(skill), skill))
