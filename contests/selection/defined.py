"""The terms a season's definition sets for a group: weights, grades and caps, with the clause behind every cap."""

from collections.abc import Mapping
from decimal import Decimal

from contests.definition import Definition, Track, cite
from contests.parts import Award, Clause, Indicator, Measure
from contests.rules.kinds import QuotaRule
from contests.seasons import unsaid
from contests.selection.terms import Cap, Criterion, Grade, Terms, check
from models.errors import Refused

UNITS: dict[Measure, str] = {"count": "项", "contract_amount": "元", "benefit": "元", "score": "分", "vote": "票"}
FULL_SCORE = Decimal(100)
"""Reviewers score from 0 to 100, so a score is not measured by the best of the group."""
Changes = Mapping[str, Decimal | int]
"""Other values for some of the terms, by the names that `contests.selection.terms.check` gives its faults:
weight.<indicator>, places.<grade>, cutoff.<grade>, cap.<rule>."""
NONE: Changes = {}


def terms_of(definition: Definition, track: Track, changes: Changes = NONE) -> Terms:
    """What the group is judged by, with some values changed for a trial. Refused, with the clause, while something that
    it needs is neither set nor tried; Invalid for a value that cannot be used."""
    missing = [one for one in unsaid(definition)
               if concerns(definition, track, one.key) and name_of(one.key) not in changes]
    if missing:
        labels = "、".join(one.label for one in missing)
        raise Refused(f"“{track.name}”的评选办法还没定齐：{labels}", clause=cite(definition, missing[0].clause))
    return check(Terms(tuple(_criterion(one, changes) for one in track.indicators),
                       tuple(_grade(one, changes) for one in awards_of(track)),
                       tuple(_cap(definition, track, one, changes) for one in quotas_of(definition, track))))


def name_of(key: str) -> str:
    """The name among Changes of a season's setting: tracks.x.indicators.projects.weight → weight.projects."""
    path = key.split(".")
    return f"cap.{path[1]}" if path[0] == "rules" else f"{path[-1]}.{path[-2]}"


def concerns(definition: Definition, track: Track, key: str) -> bool:
    """Whether the value of that key (contests.seasons.Setting) is one of the group's terms."""
    if any(key == f"rules.{rule.code}.most" for rule in quotas_of(definition, track)):
        return True
    path = key.split(".")
    return path[:2] == ["tracks", track.code] and (
        path[2] == "indicators" or path[2] == "awards" and path[-1] in ("places", "cutoff"))


def awards_of(track: Track) -> list[Award]:
    """The awards that go to entries, best first; those for organising or working for the contest do not."""
    return [award for award in track.awards if award.recipient == "entry"]


def quotas_of(definition: Definition, track: Track) -> list[QuotaRule]:
    """The caps on the group's winners and on each of its awards. Allocation tables bind nominations, 限报 entries."""
    counted = {track.code, *(f"{track.code}.{award.code}" for award in awards_of(track))}
    return [rule for rule in definition.rules_of(QuotaRule)
            if rule.on == "result" and rule.counts in counted and not rule.by_table]


def clause_of(definition: Definition, track: Track) -> Clause:
    """Where the document says what the group is judged by."""
    return next(iter([*(one.clause for one in track.indicators), *(one.clause for one in track.awards)]), track.clause)


def _criterion(indicator: Indicator, changes: Changes) -> Criterion:
    weight = changes.get(f"weight.{indicator.code}", indicator.weight)
    full = FULL_SCORE if indicator.measure == "score" else None
    return Criterion(indicator.code, indicator.name, UNITS[indicator.measure], Decimal(str(weight)), full)


def _grade(award: Award, changes: Changes) -> Grade:
    places = changes.get(f"places.{award.code}", award.places)
    cutoff = changes.get(f"cutoff.{award.code}", award.cutoff)
    return Grade(award.code, award.name, places if isinstance(places, int) else None,
                 cutoff if isinstance(cutoff, Decimal) else None)


def _cap(definition: Definition, track: Track, rule: QuotaRule, changes: Changes) -> Cap:
    most = changes.get(f"cap.{rule.code}", rule.most)
    grade = rule.counts.removeprefix(f"{track.code}.") if "." in rule.counts else None
    return Cap(rule.code, rule.name, rule.per, int(most or 0), grade, cite(definition, rule.clause))
