"""What a broker may introduce: open demands and admitted experts, found by words."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.accounts import Admission, Expert, Organisation, Role, RoleGrant
from models.base import today
from models.demands import Confidentiality, Demand, DemandStatus
from web.sessions import db

MOST = 60
LONGEST = 200
"""Characters of a search; the rest is not looked at."""


def demands(words: str) -> list[Demand]:
    """Open demands that are listed, by a part of title or number, or of the firm where it is not confidential."""
    query = (select(Demand).join(Organisation, Demand.organisation_id == Organisation.id)
             .options(joinedload(Demand.organisation))
             .where(Demand.status == DemandStatus.published, Demand.confidentiality != Confidentiality.internal,
                    Demand.deadline.is_(None) | (Demand.deadline >= today())))
    for word in words[:LONGEST].split():
        firm = Organisation.name.contains(word, autoescape=True) & (Demand.confidentiality == Confidentiality.public)
        query = query.where(Demand.title.contains(word, autoescape=True)
                            | Demand.number.contains(word, autoescape=True) | firm)
    return list(db().scalars(query.order_by(Demand.deadline.is_(None), Demand.deadline, Demand.id).limit(MOST)))


def experts(words: str) -> list[Expert]:
    """Admitted experts, by a part of name, field, title or employer."""
    admitted = select(RoleGrant.user_id).where(RoleGrant.role == Role.expert, RoleGrant.status == Admission.approved)
    query = (select(Expert).join(Organisation, Expert.organisation_id == Organisation.id)
             .options(joinedload(Expert.organisation)).where(Expert.user_id.in_(admitted)))
    for word in words[:LONGEST].split():
        query = query.where(Expert.name.contains(word, autoescape=True) | Expert.field.contains(word, autoescape=True)
                            | Organisation.name.contains(word, autoescape=True))
    return list(db().scalars(query.order_by(Expert.name, Expert.id).limit(MOST)))
