"""奖项: grades, titles and money for projects, each award of a group once."""

from dataclasses import replace

from ingestion.notices.grades import graded
from ingestion.notices.grants import carded, funded, tabled
from ingestion.notices.honours import conferred, titles
from ingestion.notices.notice import Award, Value
from ingestion.notices.passages import sentences
from ingestion.notices.prizes import paid
from ingestion.notices.reading import Reading
from ingestion.notices.tabulated import prizes


def awards(reading: Reading) -> tuple[Award, ...]:
    """Grades per group in the notice's order, then titles given by number, then the project's money."""
    found = [award for section in reading.sections for passage in section.passages_own()
             for award in paid([one for sentence in sentences(passage) for one in graded(reading, section, sentence)],
                               passage)]
    found += titles(reading, {award.name.value for award in found})
    found += [*prizes(reading), *conferred(reading), *tabled(reading), *carded(reading), *funded(reading)]
    return tuple(_distinct(found))


def _distinct(found: list[Award]) -> list[Award]:
    """Each award of a group once; what one mention says of places or money joins the other."""
    kept: dict[tuple[str | None, str | None], Award] = {}
    for award in found:
        key = award.track.value, award.name.value
        known = kept.get(key)
        kept[key] = award if known is None else replace(
            known, places=_either(known.places, award.places), amount_min=_either(known.amount_min, award.amount_min),
            amount_max=_either(known.amount_max, award.amount_max))
    return list(kept.values())


def _either(one: Value, other: Value) -> Value:
    return other if one.value is None else one
