"""What one side wrote, cut into passages short enough to quote."""

import re

from matching.reasons.targets import Passage

_LONGEST = 120
READ = 10_000
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_CLAUSE = re.compile(r"[^，,、]+[，,、]?")


def sentences(text: str) -> list[str]:
    """Sentences of at most 120 characters each: a longer one is cut at its commas or, without any, by length."""
    found: list[str] = []
    for sentence in _SENTENCE.findall(text):
        sentence = sentence.strip()
        found += [sentence] if len(sentence) <= _LONGEST else _cut(sentence)
    return [s for s in found if len(s) > 1]


def _cut(sentence: str) -> list[str]:
    parts, now = [], ""
    for clause in _CLAUSE.findall(sentence):
        while len(clause) > _LONGEST:
            parts, now, clause = [*parts, now], clause[:_LONGEST], clause[_LONGEST:]
        if len(now) + len(clause) > _LONGEST:
            parts, now = [*parts, now], ""
        now += clause
    return [part.strip("，,、 ") for part in [*parts, now] if part.strip("，,、 ")]


def capability_passages(capability_id: str, title: str, summary: str) -> list[Passage]:
    """Title and summary sentences of a capability. Claims carry facts of their own: see `matching.recommend`.

    Of a summary longer than any form takes, an imported report, the first READ characters are read for reasons.
    """
    return [Passage(title, "title", capability_id),
            *(Passage(sentence, "summary", capability_id, context=title) for sentence in sentences(summary[:READ]))]
