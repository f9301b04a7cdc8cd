"""Places that run out (名额) and classes taken by one case only: what a move would take against what is left."""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from contests.lifecycles.engine import Obstacle
from contests.lifecycles.history import Record
from contests.lifecycles.parts import State
from contests.rules.entry import Unit
from contests.rules.kinds import QuotaRule
from contests.rules.quota import Counted, quota
from contests.rules.uniqueness import uniqueness
from models.codes import division_name
from models.lifecycles import Case, DistrictQuota


def no_place(session: Session, record: Record, to: State) -> Iterator[Obstacle]:
    """Every quota that `to` takes a place under and that is full, or that nobody has set. Hold the season first."""
    gained = [code for code in to.takes if code not in record.state.takes]
    for rule in record.definition.rules_of(QuotaRule):
        if rule.code in gained:
            yield from _full(session, record, rule)


def class_taken(session: Session, record: Record, industry: str) -> Iterator[Obstacle]:
    """The case that already has the industry class, where the definition lets only one have it."""
    if record.lifecycle.unique is None:
        return
    rule = record.definition.unique_rules()[record.lifecycle.unique]
    others = session.scalars(_others(record).where(Case.closed.is_(False), Case.industry_code != ""))
    units = [Unit(other.name, other.industry_code) for other in others]
    refusal = uniqueness(rule, industry, units, record.definition.source.number)
    if refusal is not None:
        yield Obstacle(refusal.message, refusal.clause)


def _full(session: Session, record: Record, rule: QuotaRule) -> Iterator[Obstacle]:
    """The rule held against all who would take a place under it, this case among them."""
    holding = [state.code for state in record.lifecycle.states if rule.code in state.takes]
    others = session.scalars(_others(record).options(joinedload(Case.organisation)).where(Case.state.in_(holding)))
    same = [one for one in others if rule.per != "organisation" or one.organisation_id == record.case.organisation_id]
    district = division_name(record.case.district_code)
    counted = [Counted(one.organisation.name if one.organisation else "", division_name(one.district_code))
               for one in (*same, record.case)
               if rule.per != "district" or one.district_code == record.case.district_code]
    places = _places(session, record, rule)
    table = None if places is None else {district: places}
    for refusal in quota(rule, counted, record.definition.source.number, table):
        yield Obstacle(refusal.message, refusal.clause)


def _places(session: Session, record: Record, rule: QuotaRule) -> int | None:
    """What the 名额分配表 gives the case's district; None where it has no line for it."""
    return session.scalar(select(DistrictQuota.most).where(
        DistrictQuota.season_id == record.case.season_id, DistrictQuota.rule == rule.code,
        DistrictQuota.district_code == record.case.district_code)) if rule.by_table else None


def _others(record: Record) -> Select[Case]:
    """The other cases of this lifecycle in the season."""
    query = select(Case).where(Case.season_id == record.case.season_id, Case.lifecycle == record.lifecycle.code)
    return query if record.case.id is None else query.where(Case.id != record.case.id)
