"""The best selection by trying everything: written without a look at the code under test, for a handful of entries."""

import itertools
from collections import Counter
from decimal import Decimal

from hypothesis import strategies as st

from contests.selection.ranking import Candidate, Ranked, rank
from contests.selection.terms import Cap, Grade, Terms

Assignment = tuple[int, ...]
"""For each entry the index of its grade; the number of grades where it gets none."""


def allowed(terms: Terms, entries: list[Ranked], grades: Assignment) -> bool:
    """Whether every cap, all places and every cut-off are kept."""
    held: Counter = Counter()
    for one, index in zip(entries, grades, strict=True):
        if index == len(terms.grades):
            continue
        grade = terms.grades[index]
        if grade.cutoff is not None and one.points < grade.cutoff:
            return False
        held["places", grade.code] += 1
        for cap in terms.caps:
            group = {"contest": "all", "organisation": one.candidate.organisation,
                     "district": one.candidate.district}[cap.per]
            if group and cap.grade in (None, grade.code):
                held[cap.code, group] += 1
    limits = {"places": {grade.code: grade.places for grade in terms.grades},
              **{cap.code: cap.most for cap in terms.caps}}
    for (name, group), number in held.items():
        most = limits[name][group] if name == "places" else limits[name]
        if most is not None and number > most:
            return False
    return True


def best(terms: Terms, entries: list[Ranked]) -> Assignment:
    """The assignment that is best for the first entry, among those for the second, and so on."""
    every = itertools.product(range(len(terms.grades) + 1), repeat=len(entries))
    return min(grades for grades in every if allowed(terms, entries, grades))


def endings(terms: Terms, candidates: list[Candidate]) -> dict:
    """Key → every grade index it ends with over all ways to order equals."""
    ranked = rank(terms.criteria, candidates)
    found: dict = {one.candidate.key: set() for one in ranked}
    sets = [list(group) for _, group in itertools.groupby(ranked, key=lambda one: one.rank)]
    for orders in itertools.product(*(itertools.permutations(group) for group in sets)):
        entries = list(itertools.chain.from_iterable(orders))
        for one, index in zip(entries, best(terms, entries), strict=True):
            found[one.candidate.key].add(index)
    return found


def strategies(criteria, figure):
    """Terms with one or two grades and any mixture of caps, nested or crossing; and a strategy of candidates."""
    most = st.integers(0, 3)
    bounds = st.tuples(st.none() | most, st.none() | st.integers(0, 100).map(Decimal))
    grades = st.lists(bounds, min_size=1, max_size=2).map(
        lambda found: tuple(Grade(f"g{at}", f"g{at}", places, cutoff if at == 0 else None)
                            for at, (places, cutoff) in enumerate(found)))
    cap = st.tuples(st.sampled_from(["contest", "organisation", "district"]), most, st.sampled_from([None, "g0"]))
    caps = st.lists(cap, max_size=3).map(
        lambda found: tuple(Cap(f"c{at}", f"c{at}", per, number, grade)
                            for at, (per, number, grade) in enumerate(found)))
    place = st.sampled_from(["", "a", "b"])

    def candidates(least: int, size: int, *, unique: bool):
        rows = st.lists(st.tuples(figure, place, place), min_size=least, max_size=size,
                        unique_by=(lambda row: row[0]) if unique else None)
        return rows.map(lambda found: [Candidate(at, {criteria[0].code: value}, 0, firm, district)
                                       for at, (value, firm, district) in enumerate(found)])

    return st.builds(Terms, st.just(criteria), grades, caps), candidates
