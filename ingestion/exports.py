"""What the platform holds on one person, as plain values they can take away."""

import datetime as dt
import enum
import uuid
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models.accounts import Broker, Expert, LoginSession, RoleGrant, User
from models.audit import AuditEvent, Notice
from models.base import Base
from models.capabilities import Capability, CapabilityClaim, Dismissal
from models.contests import Entry, Evidence
from models.demands import Demand, DisclosureLog, Follow
from models.engagements import Engagement, Message
from models.files import StoredFile
from models.impressions import Impression
from models.sources import WatchedSource

HIDDEN = frozenset({"password_hash"})
BY_PERSON = (
    (RoleGrant, RoleGrant.user_id), (Expert, Expert.user_id), (Broker, Broker.user_id),
    (LoginSession, LoginSession.user_id), (Notice, Notice.user_id), (Demand, Demand.author_id),
    (Follow, Follow.user_id), (Dismissal, Dismissal.by_user_id), (DisclosureLog, DisclosureLog.user_id),
    (Message, Message.author_id), (StoredFile, StoredFile.uploaded_by_id), (Evidence, Evidence.claimant_id),
    (Entry, Entry.user_id), (AuditEvent, AuditEvent.actor_id), (Impression, Impression.viewer_id),
    (WatchedSource, WatchedSource.owner_id),
)
"""Tables whose rows belong to a person, and the column that says so."""


def personal_data(session: Session, person: User) -> dict[str, Any]:
    """The account and every row that is the person's, by table: strings, numbers, lists. Never the password."""
    found: dict[str, Any] = {"account": _plain(person)}
    for table, column in BY_PERSON:
        found[table.__tablename__] = [_plain(row) for row in session.scalars(select(table).where(column == person.id))]
    expert = session.scalar(select(Expert.id).where(Expert.user_id == person.id))
    mine = select(Capability).where(Capability.expert_id == expert)
    claims = select(CapabilityClaim).join(Capability).where(Capability.expert_id == expert)
    talks = select(Engagement).where(Engagement.expert_id == expert)
    for name, query in (("capability", mine), ("capability_claim", claims), ("engagement", talks)):
        found[name] = [_plain(row) for row in session.scalars(query)] if expert else []
    return found


def _plain(row: Base) -> dict[str, Any]:
    columns = inspect(type(row)).columns.keys()
    return {name: _value(getattr(row, name)) for name in columns if name not in HIDDEN}


def _value(value: Any) -> Any:
    match value:
        case enum.Enum():
            return value.value
        case uuid.UUID() | Decimal():
            return str(value)
        case dt.datetime() | dt.date():
            return value.isoformat()
    return value
