"""Whose business a ledger entry is: those a row names that rests on it, and staff."""

from sqlalchemy import or_, select

from engagements.parties import may_read
from models.accounts import User
from models.contests import Entry, Evidence
from models.contracts import Collaboration, Verification
from web.identity import STAFF_ROLES
from web.sessions import db


def entitled(user: User, index: int) -> bool:
    """Whether the person may fetch the receipt of entry `index`."""
    if user.roles & STAFF_ROLES:
        return True
    own = or_(
        select(Evidence.id).where(Evidence.ledger_index == index, Evidence.claimant_id == user.id).exists(),
        select(Entry.id).where(Entry.ledger_index == index, Entry.user_id == user.id).exists())
    if db().scalar(select(own)):
        return True
    collaboration = db().scalar(
        select(Collaboration).outerjoin(Verification, Verification.collaboration_id == Collaboration.id)
        .where(or_(Collaboration.ledger_index == index, Verification.ledger_index == index)).limit(1))
    return collaboration is not None and may_read(user, collaboration.contract.engagement)
