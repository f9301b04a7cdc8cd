"""How much a word says about what a text is about: rare words more, things more than what is done to them.

Both come from the dictionary that jieba ships (MIT): its counts over some 60 million words, and its word classes.
"""

import functools
import math
from collections import Counter

import jieba

from matching.stopphrases import VAGUE

ACTIVITY, VAGUE_SHARE, TERM, SINGLE = 0.55, 0.6, 2.5, 0.4
"""A verb or a quality (选育, 快速) beside a noun of equal rarity; a word of every posting (系统); a Latin term (PLC)
counts as two and a half characters; what a lone character counts. On the development pairs .45 to 1 for the first and 2
to 3 for the third change one verdict in a hundred: they are not tuned."""
KINDRED = 40
"""Most words that a telling last character may end."""
_USUAL = 13.0
"""ln(total / count) of an ordinary technical noun (轴承, 外壳): it weighs 1 a character."""
_LEAST, _MOST = 0.6, 1.25
_ACTIVITIES = frozenset("v vn vd vg vi a ad an ag b d z t f r m q".split())


@functools.cache
def _dictionary() -> tuple[dict[str, int], frozenset[str], int]:
    """Counts of the words of two to four characters, which of them are activities or qualities, and the total."""
    counts, activities, total = {}, set(), 0
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, kind = line.decode("utf-8").split()
            total += int(count)
            if 2 <= len(word) <= 4:
                counts[word] = int(count)
                if kind in _ACTIVITIES:
                    activities.add(word)
    return counts, frozenset(activities), total


@functools.cache
def _productive() -> Counter[str]:
    """How many words of two characters end in each character."""
    return Counter(word[1] for word in _dictionary()[0] if len(word) == 2)


def head(word: str) -> str:
    """The last character of a two-character word that names its kind (竿 of 鱼竿, 饵 of 软饵); "" where that says nothing.

    A character that ends many words (机, 料, 度) tells nothing.
    """
    return word[1] if len(word) == 2 and "一" <= word[1] <= "鿿" and _productive()[word[1]] <= KINDRED else ""


@functools.lru_cache(maxsize=50_000)
def weight(word: str) -> float:
    """What a whole word (lower case) counts among the words of a target; more than 0."""
    if word[0].isascii():
        return TERM
    if len(word) == 1:
        return SINGLE
    counts, activities, total = _dictionary()
    rarity = min(_MOST, max(_LEAST, math.log(total / (counts.get(word, 20) + 1)) / _USUAL))
    share = VAGUE_SHARE if word in VAGUE else ACTIVITY if word in activities else 1.0
    return len(word) * rarity * share


def names_a_thing(word: str) -> bool:
    """Whether a word (lower case) names a thing: a noun, a term or one that the dictionary does not know."""
    return word not in VAGUE and len(word) > 1 and word not in _dictionary()[1]


def is_known(word: str) -> bool:
    """Whether a word is a term, or in the dictionary: what the cutter made up (少烂 of 少烂苗) is not."""
    return word[0].isascii() or word in _dictionary()[0]
