"""Who is who: organisations, people, the roles they hold, and the profiles of experts and brokers."""

import datetime as dt
import enum
import uuid

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Body, Document, Id, Line, Short, UtcDateTime, When, choice, now, ref, today


class OrganisationKind(enum.StrEnum):
    enterprise = "enterprise"
    university = "university"
    studio = "studio"
    union = "union"
    institute = "institute"


class Admission(enum.StrEnum):
    """入驻 state of an organisation or a role."""

    applied = "applied"
    approved = "approved"
    returned = "returned"
    revoked = "revoked"


class Role(enum.StrEnum):
    enterprise = "enterprise"
    expert = "expert"
    broker = "broker"
    reviewer = "reviewer"
    """评委: held by who sits, or sat, on a committee (contests/review)."""
    staff = "staff"
    admin = "admin"


class ExpertKind(enum.StrEnum):
    university = "university"
    skilled = "skilled"


class Organisation(Base):
    __tablename__ = "organisation"

    id: Mapped[Id]
    kind: Mapped[OrganisationKind] = mapped_column(choice(OrganisationKind))
    name: Mapped[Short] = mapped_column(unique=True)
    short_name: Mapped[Short] = mapped_column(default="")
    uscc: Mapped[str | None] = mapped_column(String(18), unique=True)
    """统一社会信用代码 (GB 32100). Null only for bodies that came with an import."""
    district_code: Mapped[str] = mapped_column(String(6), default="")
    industry_code: Mapped[str] = mapped_column(String(5), default="")
    address: Mapped[Line] = mapped_column(default="")
    status: Mapped[Admission] = mapped_column(choice(Admission), default=Admission.applied, index=True)
    joined_on: Mapped[dt.date | None] = mapped_column(Date)
    """入驻 date, in Asia/Shanghai: the day staff approved it."""
    created_at: Mapped[When] = mapped_column(default=now)

    __table_args__ = (CheckConstraint("uscc IS NULL OR length(uscc) = 18", name="uscc_length"),)

    @property
    def display_name(self) -> str:
        return self.short_name or self.name


class User(Base):
    """A natural person with a login. E-mail and phone are personal data: masked wherever others look."""

    __tablename__ = "user_account"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(200), unique=True)
    phone: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[Short]
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    locale: Mapped[str] = mapped_column(String(12), default="zh_Hans_CN")
    care_mode: Mapped[bool] = mapped_column(Boolean, default=False)
    personalised: Mapped[bool] = mapped_column(Boolean, default=True)
    """Whether recommendations may be personal (算法推荐 rules: an off switch)."""
    shortcuts: Mapped[bool] = mapped_column(Boolean, default=True)
    terms_version: Mapped[str] = mapped_column(String(20), default="")
    terms_accepted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[When] = mapped_column(default=now)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that staff have approved."""
        return frozenset(grant.role for grant in self.grants if grant.stands)

    def organisation_for(self, role: Role) -> Organisation | None:
        """The organisation under which the person holds an approved role."""
        return next((grant.organisation for grant in self.grants
                     if grant.role is role and grant.stands), None)

    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="user", foreign_keys="RoleGrant.user_id",
                                                     order_by="RoleGrant.applied_at")


class RoleGrant(Base):
    """One role a person applied for, for one organisation; approved by a named member of staff."""

    __tablename__ = "role_grant"

    id: Mapped[Id]
    user_id: Mapped[uuid.UUID] = ref("user_account.id")
    role: Mapped[Role] = mapped_column(choice(Role))
    organisation_id: Mapped[uuid.UUID | None] = ref("organisation.id")
    status: Mapped[Admission] = mapped_column(choice(Admission), default=Admission.applied, index=True)
    detail: Mapped[dict] = mapped_column(Document, default=dict)
    """What the profile will say once the role is approved: an expert's kind, title, field and district."""
    reason: Mapped[Line] = mapped_column(default="")
    applied_at: Mapped[When] = mapped_column(default=now)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[uuid.UUID | None] = ref("user_account.id")
    until: Mapped[dt.date | None] = mapped_column(Date)
    """The last day it is held, where it is given for a time."""

    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=[user_id])
    organisation: Mapped[Organisation | None] = relationship()

    __table_args__ = (UniqueConstraint("user_id", "role", "organisation_id"),)

    @property
    def stands(self) -> bool:
        """Approved, and not over."""
        return self.status is Admission.approved and (self.until is None or today() <= self.until)


class Expert(Base):
    """A person with capabilities: 高校专家 or 高技能人才."""

    __tablename__ = "expert"

    id: Mapped[Id]
    user_id: Mapped[uuid.UUID] = ref("user_account.id", unique=True)
    organisation_id: Mapped[uuid.UUID] = ref("organisation.id")
    kind: Mapped[ExpertKind] = mapped_column(choice(ExpertKind))
    name: Mapped[Short]
    title: Mapped[Short] = mapped_column(default="")
    """职称 or 职业技能等级, as certified."""
    field: Mapped[Short] = mapped_column(default="")
    bio: Mapped[Body] = mapped_column(default="")
    district_code: Mapped[str] = mapped_column(String(6), default="", index=True)
    capacity: Mapped[int] = mapped_column(Integer, default=2)
    """How many engagements the expert will hold at once."""
    joined_on: Mapped[dt.date | None] = mapped_column(Date)
    created_at: Mapped[When] = mapped_column(default=now)

    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation] = relationship()

    __table_args__ = (CheckConstraint("capacity BETWEEN 0 AND 20", name="capacity_range"),)


class Broker(Base):
    """促成人: a person who brings the two sides together (the 校企合作组 contestant)."""

    __tablename__ = "broker"

    id: Mapped[Id]
    user_id: Mapped[uuid.UUID] = ref("user_account.id", unique=True)
    organisation_id: Mapped[uuid.UUID] = ref("organisation.id")
    name: Mapped[Short]
    bio: Mapped[Body] = mapped_column(default="")
    joined_on: Mapped[dt.date | None] = mapped_column(Date)
    created_at: Mapped[When] = mapped_column(default=now)

    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation] = relationship()


class LoginSession(Base):
    """One login from one browser. The cookie names it; ending the row ends the login, wherever the cookie is."""

    __tablename__ = "login_session"

    id: Mapped[Id]
    user_id: Mapped[uuid.UUID] = ref("user_account.id")
    created_at: Mapped[When] = mapped_column(default=now)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()


class ApiToken(Base):
    """A bearer token for the REST API. Only its SHA-256 is kept; it is shown once."""

    __tablename__ = "api_token"

    id: Mapped[Id]
    user_id: Mapped[uuid.UUID] = ref("user_account.id")
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[When] = mapped_column(default=now)
    expires_at: Mapped[When]
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()


Index("ix_role_grant_queue", RoleGrant.status, RoleGrant.applied_at)
