"""An enterprise's list of its own demands: how many stand in each state, and one page of them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.accounts import Organisation
from models.demands import Demand, DemandStatus


def count_by_state(session: Session, organisation: Organisation) -> dict[DemandStatus, int]:
    """How many demands the enterprise has in each state that has any."""
    numbers = select(Demand.status, func.count()).where(Demand.organisation_id == organisation.id)
    return dict(session.execute(numbers.group_by(Demand.status)).all())


def of_organisation(session: Session, organisation: Organisation, state: DemandStatus | None, offset: int,
                    size: int) -> list[Demand]:
    """A page of the enterprise's demands, of one state or all, newest change first."""
    query = select(Demand).where(Demand.organisation_id == organisation.id)
    if state is not None:
        query = query.where(Demand.status == state)
    return list(session.scalars(query.order_by(Demand.updated_at.desc(), Demand.id).offset(offset).limit(size)))
