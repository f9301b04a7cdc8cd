"""The same problem of several enterprises, put together by staff so that somebody may take it for all of them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion.admission import STAFF
from ingestion.validation import line
from models.accounts import User
from models.audit import record
from models.demands import Confidentiality, Demand, DemandStatus
from models.errors import Conflict, Forbidden
from models.sameness import DemandCluster, DemandClusterMember


def group(session: Session, staff: User, demands: Sequence[Demand], title: str) -> DemandCluster:
    """Put published demands of two or more enterprises into one cluster. Flushes.

    Demands that stand in a cluster bring it along. Conflict for one that is not listed publicly, or where two clusters
    would have to become one.
    """
    if not staff.roles & STAFF:
        raise Forbidden("只有工会工作人员可以把需求放进一组")
    if any(one.status is not DemandStatus.published or one.confidentiality is Confidentiality.internal
           for one in demands):
        raise Conflict("只有张榜中、公开列出的需求可以放进一组")
    if len({one.organisation_id for one in demands}) < 2:
        raise Conflict("至少要两家单位的需求。同一家的两条请合并")
    present = {member.demand_id: member.cluster for member in session.scalars(
        select(DemandClusterMember).where(DemandClusterMember.demand_id.in_([one.id for one in demands])))}
    clusters = set(present.values())
    if len(clusters) > 1:
        raise Conflict("这些需求已在两组里，请先把其中一组解开")
    cluster = clusters.pop() if clusters else DemandCluster(
        title=line(title, "title", "这一组的名称", most=60, least=4), made_by_id=staff.id)
    session.add(cluster)
    cluster.members.extend(DemandClusterMember(demand=one) for one in demands if one.id not in present)
    session.flush()
    record(session, staff, "cluster.grouped", cluster, demands=[str(one.id) for one in demands])
    return cluster


def ungroup(session: Session, staff: User, cluster: DemandCluster) -> None:
    """Take a cluster apart; the demands stay as they are. Flushes."""
    if not staff.roles & STAFF:
        raise Forbidden("只有工会工作人员可以解开一组")
    record(session, staff, "cluster.ungrouped", cluster, demands=[str(one.demand_id) for one in cluster.members])
    session.delete(cluster)
    session.flush()


def together_with(session: Session, demand: Demand) -> list[Demand]:
    """The other open demands of the cluster a demand stands in, oldest first."""
    cluster = select(DemandClusterMember.cluster_id).where(DemandClusterMember.demand_id == demand.id)
    return list(session.scalars(
        select(Demand).join(DemandClusterMember, DemandClusterMember.demand_id == Demand.id)
        .where(DemandClusterMember.cluster_id.in_(cluster), Demand.id != demand.id,
               Demand.status == DemandStatus.published, Demand.confidentiality != Confidentiality.internal)
        .order_by(Demand.published_at, Demand.id)))
