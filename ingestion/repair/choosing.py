"""A person's choice among the changes: what is refused stays as it was, what is suggested and adopted is written."""

import bisect
from collections.abc import Collection
from dataclasses import replace

from ingestion.repair.repaired import Change, Repaired, rebuild


def choose(repaired: Repaired, refused: Collection[int], adopted: Collection[int]) -> str:
    """The text with the changes but `refused`, and the suggestions `adopted` (numbers in their tuples).

    A suggestion for what a change replaced takes its place; one that reaches into a larger change is left out, as is
    the second of two for one place.
    """
    kept = [change for number, change in enumerate(repaired.changes) if number not in refused]
    for number in sorted(adopted):
        if 0 <= number < len(repaired.suggestions):
            _adopt(kept, repaired.suggestions[number])
    return rebuild(repaired.original, kept)


def _adopt(kept: list[Change], suggestion: Change) -> None:
    at = bisect.bisect_left(kept, (suggestion.start, suggestion.end), key=lambda change: (change.start, change.end))
    if at < len(kept) and (kept[at].start, kept[at].end) == (suggestion.start, suggestion.end):
        if suggestion.end > suggestion.start:
            kept[at] = replace(kept[at], after=suggestion.after)
        return
    clear_before = at == 0 or kept[at - 1].end <= suggestion.start
    clear_after = at == len(kept) or suggestion.end <= kept[at].start
    if clear_before and clear_after:
        kept.insert(at, suggestion)
