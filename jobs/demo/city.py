"""Who lives in the demo city: staff first, then organisations and people, applied for and approved like anybody."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion import admission, profiles, registration
from ingestion.organisations import ANY, OrganisationForm, checked, find_or_add
from ingestion.passwords import hash_password
from ingestion.profiles import ProfileForm
from ingestion.registration import Applicant, RoleForm
from jobs.demo.content import Content
from jobs.demo.timeline import Timeline
from models.accounts import Broker, Expert, Organisation, Role, User

PASSWORD = "jiebang-demo-2026"
OPENED, FIRST_DAY = 900, 890
"""Days ago: staff at work; the first people admitted, in time for the contests of the year before."""
PER_DAY = 12


@dataclass
class People:
    """The demo's rows by their refs, filled as the timeline runs."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    experts: dict[str, Expert] = field(default_factory=dict)
    brokers: dict[str, Broker] = field(default_factory=dict)
    staff: list[User] = field(default_factory=list)
    contact_of: dict[str, User] = field(default_factory=dict)
    """Enterprise ref → its contact."""


def settle(session: Session, timeline: Timeline, content: Content) -> People:
    """Plan everybody's arrival: staff on the first day, members a dozen a day after it."""
    people, hasher = People(), functools.cache(hash_password)
    rows = {row["ref"]: row for row in content.organisations}
    timeline.add(timeline.on(OPENED), lambda: _staff(session, content, people, rows, hasher))
    kinds = ((content.contacts, Role.enterprise), (content.experts, Role.expert), (content.brokers, Role.broker))
    newcomers = [(row, role) for members, role in kinds for row in members]
    for place, (row, role) in enumerate(newcomers):
        arrive = functools.partial(_member, session, people, rows, row, role, hasher)
        timeline.add(timeline.on(FIRST_DAY - place // PER_DAY, "10:30"), arrive)
    timeline.add(timeline.on(FIRST_DAY - 1 - len(newcomers) // PER_DAY), lambda: _rest(session, people, rows))
    for row in content.applicants:
        apply = functools.partial(_apply, session, rows, row, hasher)
        timeline.add(timeline.on(row["applied_days_ago"], "11:10"), apply)
    return people


def _staff(session: Session, content: Content, people: People, rows: dict, hasher: Callable[[str], str]) -> None:
    for row in content.staff:
        union = find_or_add(session, checked(_form(rows[row["organisation"]]), ANY))
        user = registration.add_user(session, row["name"], row["email"], row["phone"], PASSWORD, Role(row["role"]),
                                     union, hasher)
        people.users[row["ref"]] = user
        people.staff.append(user)
        people.organisations[row["organisation"]] = union
    for union in set(people.organisations.values()):
        admission.admit_organisation(session, people.staff[0], union)


def _apply(session: Session, rows: dict, row: dict, hasher: Callable[[str], str]) -> User:
    """Somebody registers; a row without `new_organisation` comes through one of the city's."""
    applicant = Applicant(row["name"], row["phone"], row["email"], PASSWORD, accepted_terms=True)
    form = RoleForm(row["role"], _form(row.get("new_organisation") or rows[row["organisation"]]),
                    row.get("expert_kind") or row.get("kind", ""), row.get("title", ""), row.get("field", ""))
    return registration.register(session, applicant, form, hasher)


def _member(session: Session, people: People, rows: dict, row: dict, role: Role, hasher: Callable[[str], str]) -> None:
    user = _apply(session, rows, row | {"role": role}, hasher)
    grant = user.grants[0]
    admission.approve(session, people.staff[0], grant)
    people.users[row["ref"]] = user
    people.organisations[row["organisation"]] = grant.organisation
    if role is Role.enterprise:
        people.contact_of[row["organisation"]] = user
    elif role is Role.expert:
        people.experts[row["ref"]] = _expert(session, user, row)
    else:
        people.brokers[row["ref"]] = _broker(session, user, row)


def _expert(session: Session, user: User, row: dict) -> Expert:
    expert = session.scalars(select(Expert).where(Expert.user_id == user.id)).one()
    profiles.update_expert(session, user, expert, ProfileForm(row["title"], row["field"], row["bio"],
                                                              row["district_code"], str(row["capacity"])))
    return expert


def _broker(session: Session, user: User, row: dict) -> Broker:
    broker = session.scalars(select(Broker).where(Broker.user_id == user.id)).one()
    profiles.update_broker(session, user, broker, row["bio"])
    return broker


def _rest(session: Session, people: People, rows: dict) -> None:
    """Organisations nobody applied for: unions that hold events."""
    for ref, row in rows.items():
        if ref not in people.organisations:
            people.organisations[ref] = find_or_add(session, checked(_form(row), ANY))
            admission.admit_organisation(session, people.staff[0], people.organisations[ref])


def _form(row: dict) -> OrganisationForm:
    return OrganisationForm(row["kind"], row["name"], row["uscc"], row["district_code"], row["industry_code"],
                            row["address"], row["short_name"])
