"""Whose money a sum is: grades and sums in the order of the sentence, 分别 for one each, 各 and 均 for all alike."""

import re
from bisect import bisect_left

from ingestion.notices.grades import Found, paid_with
from ingestion.notices.money import Amount, amounts
from ingestion.notices.notice import Award
from ingestion.notices.passages import Passage, sentences

ALIKE = re.compile("[各均每都]|一律|统一")


def paid(found: list[Found], passage: Passage) -> list[Award]:
    """The awards of a passage with their money; a sum that could be of several is left to nobody."""
    if not found:
        return []
    given = _given(found, passage)
    return [paid_with(one.award, passage, given[at]) if at in given else one.award for at, one in enumerate(found)]


def _given(found: list[Found], passage: Passage) -> dict[int, Amount]:
    """Place in `found` → the sum that is surely its."""
    index = {at: place for place, at in enumerate(passage.at)}
    places = [index[one.passage.at[one.end - 1]] for one in found]
    ordered, sums = sorted(zip(places, range(len(found)), strict=True)), amounts(passage)
    starts = [one.start for one in sums]
    out: dict[int, Amount] = {}
    last: list[int] = []
    for sentence in sentences(passage):
        low, high = index[sentence.at[0]], index[sentence.at[-1]] + 1
        here = sorted(at for _, at in ordered[bisect_left(ordered, (low, 0)):bisect_left(ordered, (high, 0))])
        owed = sums[bisect_left(starts, low):bisect_left(starts, high)]
        if here:
            for names, run in _runs(here, owed, places):
                out |= _shared(names, run, found, passage.text[places[names[-1]]:run[0].start])
            last = here
        elif owed:
            rest = [at for at in last if at not in out]
            out |= _shared(rest, owed, found, passage.text[low:owed[0].start]) if rest else {}
    return out


def _runs(here: list[int], owed: list[Amount], places: list[int]) -> list[tuple[list[int], list[Amount]]]:
    """Grades with the sums that follow them up to the next grade: 一等奖、二等奖 分别 30万、15万；优秀奖 1万 makes two."""
    runs: list[tuple[list[int], list[Amount]]] = []
    marks = sorted([(places[at], 0, at) for at in here] + [(one.start, 1, place) for place, one in enumerate(owed)])
    names: list[int] = []
    for _, kind, at in marks:
        if kind == 0:
            names = [at] if runs and runs[-1][0] is names else [*names, at]
        elif runs and runs[-1][0] is names:
            runs[-1][1].append(owed[at])
        elif names:
            runs.append((names, [owed[at]]))
    return runs


def _shared(places: list[int], sums: list[Amount], found: list[Found], between: str) -> dict[int, Amount]:
    """One sum for each grade in their order; one for all where the words say so or where it is a range."""
    names = list(dict.fromkeys(found[at].award.name.value for at in places))
    if len(sums) == len(names):
        by_name = dict(zip(names, sums, strict=True))
        return {at: by_name[found[at].award.name.value] for at in places}
    if len(sums) == 1 and (ALIKE.search(between) or sums[0].low != sums[0].high):
        return dict.fromkeys(places, sums[0])
    return {}
