"""What people change about themselves and their organisation, and the copy of their data they may take away."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ingestion.findings import Findings
from ingestion.passwords import hash_password, verify
from ingestion.registration import contact_taken
from ingestion.validation import code, email, industry, line, person_name, phone, text
from models import codes
from models.accounts import Admission, ApiToken, Broker, Expert, LoginSession, Organisation, RoleGrant, User
from models.audit import record
from models.base import now
from models.errors import Forbidden, Invalid
from models.impressions import Impression

MOST_AT_ONCE = 20


@dataclass(frozen=True)
class ContactForm:
    """Name, phone and e-mail as typed; changing the last two takes the password."""

    name: str
    phone: str
    email: str
    password: str = ""


@dataclass(frozen=True)
class ProfileForm:
    """What an expert shows of themselves, as typed."""

    title: str
    field: str
    bio: str
    district_code: str
    capacity: str


@dataclass(frozen=True)
class OrganisationProfile:
    """What its own people may change of an organisation; its name and code are changed by staff."""

    short_name: str
    district_code: str
    industry_code: str
    address: str


def update_contact(session: Session, actor: User, form: ContactForm) -> None:
    """Change name, phone or e-mail. Flushes. InvalidForm names each wrong field; `password` where it is not theirs."""
    findings = Findings()
    values = {"name": findings.check(person_name, form.name), "phone": findings.check(phone, form.phone),
              "email": findings.check(email, form.email)}
    findings.settle()
    if (values["phone"], values["email"]) != (actor.phone, actor.email):
        contact_taken(session, values["phone"], values["email"], besides=actor)
        if not verify(actor.password_hash, form.password):
            raise Invalid("改手机号或邮箱要输入现在的密码", field="password")
    changed = [column for column, value in values.items() if getattr(actor, column) != value]
    for column in changed:
        setattr(actor, column, values[column])
    session.flush()
    record(session, actor, "user.updated", actor, fields=changed)


def change_password(session: Session, actor: User, present: str, wanted: str, keep: LoginSession | None) -> None:
    """Set a new password; end every other login of the person and every token of the API. Flushes."""
    if not verify(actor.password_hash, present):
        raise Invalid("现在的密码不对", field="present_password")
    try:
        actor.password_hash = hash_password(wanted)
    except Invalid as error:
        raise Invalid(error.message, field="new_password") from None
    others = select(LoginSession).where(LoginSession.user_id == actor.id, LoginSession.ended_at.is_(None))
    for login in session.scalars(others):
        if keep is None or login.id != keep.id:
            login.ended_at = now()
    for token in session.scalars(select(ApiToken).where(ApiToken.user_id == actor.id, ApiToken.revoked_at.is_(None))):
        token.revoked_at = now()
    session.flush()
    record(session, actor, "user.password_changed", actor)


def set_preferences(session: Session, actor: User, *, personalised: bool, care_mode: bool, shortcuts: bool) -> None:
    """The person's own switches: personal recommendations, 关怀版, staff keys. Flushes.

    Turning personal recommendations off also deletes what was noted of the lists the person saw.
    """
    actor.personalised, actor.care_mode, actor.shortcuts = personalised, care_mode, shortcuts
    if not personalised:
        session.execute(delete(Impression).where(Impression.viewer_id == actor.id))
    session.flush()
    record(session, actor, "user.preferences", actor, personalised=personalised, care_mode=care_mode,
           shortcuts=shortcuts)


def update_expert(session: Session, actor: User, expert: Expert, form: ProfileForm) -> None:
    """Rewrite an expert's profile; only its own person may. Flushes. InvalidForm names each wrong field."""
    if expert.user_id != actor.id:
        raise Forbidden("只有本人可以改专家资料")
    findings = Findings()
    values = {
        "title": findings.check(line, form.title, "title", "职称或职业技能等级", most=60, least=2),
        "field": findings.check(line, form.field, "field", "专业领域", most=60, least=2),
        "bio": findings.check(text, form.bio, "bio", "简介", most=1000),
        "district_code": findings.check(code, form.district_code, codes.divisions(), "district_code", "选所在区市"),
        "capacity": findings.check(_capacity, form.capacity),
    }
    findings.settle()
    for column, value in values.items():
        setattr(expert, column, value)
    session.flush()
    record(session, actor, "expert.updated", expert)


def update_broker(session: Session, actor: User, broker: Broker, bio: str) -> None:
    """Rewrite a broker's words about themselves; only its own person may. Flushes."""
    if broker.user_id != actor.id:
        raise Forbidden("只有本人可以改促成人资料")
    broker.bio = text(bio, "bio", "简介", most=1000)
    session.flush()
    record(session, actor, "broker.updated", broker)


def update_organisation(session: Session, actor: User, organisation: Organisation, form: OrganisationProfile) -> None:
    """Change what an organisation's own people may change. Flushes. Forbidden for everybody else."""
    if not belongs(actor, organisation):
        raise Forbidden("只有本单位的人可以改单位资料")
    findings = Findings()
    values = {
        "short_name": findings.check(line, form.short_name, "short_name", "简称", most=20),
        "district_code": findings.check(code, form.district_code, codes.divisions(), "district_code", "选所在区市"),
        "industry_code": findings.check(industry, form.industry_code, optional=True),
        "address": findings.check(line, form.address, "address", "地址", most=200),
    }
    findings.settle()
    for column, value in values.items():
        setattr(organisation, column, value)
    session.flush()
    record(session, actor, "organisation.updated", organisation)


def belongs(actor: User, organisation: Organisation) -> bool:
    """Whether the person holds an approved role for the organisation."""
    return any(grant.organisation_id == organisation.id and grant.status is Admission.approved
               for grant in actor.grants)


def _capacity(value: str) -> int:
    typed = line(value, "capacity", "同时能接几项", most=4)
    if not typed.isdecimal() or int(typed) > MOST_AT_ONCE:
        raise Invalid(f"同时能接几项，写 0 到 {MOST_AT_ONCE} 的整数", field="capacity")
    return int(typed)


def people_of(session: Session, organisation: Organisation) -> list[RoleGrant]:
    """The approved roles held for an organisation, in order of approval."""
    return list(session.scalars(select(RoleGrant).where(
        RoleGrant.organisation_id == organisation.id, RoleGrant.status == Admission.approved)
        .order_by(RoleGrant.decided_at, RoleGrant.id)))
