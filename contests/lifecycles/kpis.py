"""The project's figures (效果评价): reported with what proves them, held against the targets, any one of which does (或)."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from contests.forms.text import clean_line
from contests.lifecycles.offices import offices_of
from contests.rules.kinds import KpiRule
from contests.rules.kpi import Progress, kpi
from contests.seasons import definition_of
from contests.staff import is_staff
from models.accounts import User
from models.audit import record
from models.contests import Season
from models.errors import Forbidden, Invalid
from models.lifecycles import KpiFigure

MOST = 9_999_999


def measures(season: Season) -> dict[str, str]:
    """Every figure that may be reported: its code and what it counts."""
    targets = [target for rule in definition_of(season).rules_of(KpiRule) for target in rule.any_of]
    wholes = {target.of: f"{target.name}：总数" for target in targets if target.of}
    return {target.measure: target.name for target in reversed(targets)} | wholes


def report_figure(session: Session, actor: User, season: Season, measure: str, value: int, *,
                  source: str) -> KpiFigure:
    """Report one figure with its proof; an earlier one stays and counts no more. For staff and holders of offices."""
    if not is_staff(actor) and not offices_of(session, actor, season):
        raise Forbidden("只有工作人员和有职责的人可以报指标")
    if measure not in measures(season):
        raise Invalid("没有这项指标", field="measure")
    if not 0 <= value <= MOST:
        raise Invalid(f"数值写 0 到 {MOST} 的整数", field="value")
    source = clean_line(source)
    if not source or len(source) > 200:
        raise Invalid("写明凭什么这样报，200 字以内", field="source")
    figure = KpiFigure(season_id=season.id, measure=measure, value=value, source=source, reported_by_id=actor.id)
    session.add(figure)
    session.flush()
    record(session, actor, "kpi.report", figure, measure=measure, value=value)
    return figure


def figures(session: Session, season: Season) -> dict[str, KpiFigure]:
    """The newest figure of each measure."""
    rows = session.scalars(select(KpiFigure).options(joinedload(KpiFigure.reported_by))
                           .where(KpiFigure.season_id == season.id).order_by(KpiFigure.reported_at, KpiFigure.id))
    return {row.measure: row for row in rows}


def progress(session: Session, season: Season) -> list[Progress]:
    """Each target of the definition against what was reported."""
    said = {measure: Decimal(row.value) for measure, row in figures(session, season).items()}
    return [kpi(rule, said) for rule in definition_of(season).rules_of(KpiRule)]
