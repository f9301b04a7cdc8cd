"""奖项: grades, titles and money for projects, each award of a group once."""

import re
from dataclasses import replace

from ingestion.notices.grades import graded
from ingestion.notices.grants import carded, funded, tabled
from ingestion.notices.honours import conferred, titles
from ingestion.notices.notice import Award, Value
from ingestion.notices.passages import Passage, sentences
from ingestion.notices.prizes import paid
from ingestion.notices.reading import Reading
from ingestion.notices.tabulated import prizes


def awards(reading: Reading) -> tuple[Award, ...]:
    """Grades per group in the notice's order, then titles given by number, then the project's money."""
    found = [award for section in reading.sections for passage in section.passages_own()
             for award in paid([one for sentence in sentences(passage) for part in _by_group(reading, sentence)
                                for one in graded(reading, section, part)], passage)]
    found += titles(reading, {award.name.value for award in found})
    found += [*prizes(reading), *conferred(reading), *tabled(reading), *carded(reading), *funded(reading)]
    return tuple(_with_common_sums(_distinct(found)))


def _with_common_sums(found: list[Award]) -> list[Award]:
    """一等奖每个奖励1万元, said once for groups that each have a 一等奖 without a sum, is what each of those gets."""
    told = {one.name.value: one for one in found if one.track.value is None and one.places.value is None
            and one.amount_max.value is not None}
    unpaid = {id(one): told[one.name.value] for one in found
              if one.track.value is not None and one.amount_max.value is None and one.name.value in told}
    given = {id(one) for one in unpaid.values()}
    return [replace(one, amount_min=common.amount_min, amount_max=common.amount_max)
            if (common := unpaid.get(id(one))) else one for one in found if id(one) not in given]


def _by_group(reading: Reading, sentence: Passage) -> list[Passage]:
    """甲组设一等奖2个、二等奖4个，乙组设一等奖1个: a part for each group that it comes to."""
    starts = [match.end() for match in re.finditer("，", sentence.text)
              if any(sentence.text.startswith(f"{group}设", match.end()) for group in reading.groups)]
    if not starts or "设" not in sentence.text[:starts[0]]:
        return [sentence]
    return [sentence.part(low, high) for low, high in zip([0, *starts], [*(start - 1 for start in starts), None],
                                                         strict=True)]


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
