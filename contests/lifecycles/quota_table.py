"""名额分配表: how many places each district has under a quota, set by staff from the paper that says so."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.forms.text import clean_line
from contests.lifecycles.offices import require_staff
from contests.rules.kinds import QuotaRule
from contests.seasons import definition_of
from models.accounts import User
from models.audit import record
from models.base import now
from models.codes import divisions
from models.contests import Season
from models.errors import Invalid
from models.lifecycles import DistrictQuota
from models.locking import lock

MOST = 9999


def tables(season: Season) -> list[QuotaRule]:
    """The season's quotas that go by a table."""
    return [rule for rule in definition_of(season).rules_of(QuotaRule) if rule.by_table]


def set_quota(session: Session, actor: User, season: Season, rule: str, district: str, most: int,
              source: str) -> DistrictQuota:
    """Give a district its places under the rule; what it had before is replaced. Invalid names the field."""
    require_staff(actor)
    lock(session, season)
    if rule not in {one.code for one in tables(season)}:
        raise Invalid("这项竞赛没有这张名额分配表", field="rule")
    if district not in divisions():
        raise Invalid("选哪个地区", field="district")
    if not 0 <= most <= MOST:
        raise Invalid(f"名额写 0 到 {MOST} 的整数", field="most")
    source = clean_line(source)
    if not source or len(source) > 200:
        raise Invalid("写明依据的文件，200 字以内", field="source")
    row = quota_of(session, season, rule, district)
    if row is None:
        row = DistrictQuota(season_id=season.id, rule=rule, district_code=district)
        session.add(row)
    row.most, row.source, row.set_by_id, row.set_at = most, source, actor.id, now()
    session.flush()
    record(session, actor, "quota.set", row, rule=rule, district=district, most=most)
    return row


def quota_of(session: Session, season: Season, rule: str, district: str) -> DistrictQuota | None:
    return session.scalar(select(DistrictQuota).where(
        DistrictQuota.season_id == season.id, DistrictQuota.rule == rule, DistrictQuota.district_code == district))


def quota_rows(session: Session, season: Season) -> list[DistrictQuota]:
    """The whole table, by rule and district."""
    return list(session.scalars(select(DistrictQuota).where(DistrictQuota.season_id == season.id)
                                .order_by(DistrictQuota.rule, DistrictQuota.district_code)))
