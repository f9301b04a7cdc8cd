"""评审委员会: who sits on it, from when to when, who followed whom, and what its meetings decided."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from contests.review.access import body, hold, in_force, line, require_staff
from models.accounts import Admission, Role, RoleGrant, User
from models.audit import notify, record
from models.base import now, today
from models.contests import Season
from models.errors import Conflict, Invalid, NotFound
from models.files import StoredFile
from models.reviews import Committee, CommitteeMember, CommitteeMinutes


@dataclass(frozen=True)
class MemberForm:
    """A member as typed. `account`: the e-mail address or phone of an account there is."""

    account: str
    kind: str
    organisation: str
    since: dt.date
    chair: bool = False


def form_committee(session: Session, actor: User, season: Season, name: str) -> Committee:
    """A new committee of the season, without members. Conflict where one of that name exists."""
    require_staff(actor)
    name = line(name, "委员会的名称", "name")
    if session.scalar(select(Committee.id).where(Committee.season_id == season.id, Committee.name == name)):
        raise Invalid("这一届已经有同名的委员会", field="name")
    committee = Committee(season=season, name=name)
    session.add(committee)
    session.flush()
    record(session, actor, "committee.form", committee)
    return committee


def add_member(session: Session, actor: User, committee: Committee, form: MemberForm,
               replaces: CommitteeMember | None = None) -> CommitteeMember:
    """Seat a person: from then on they hold the role of a reviewer. One chair at a time.

    Invalid, beside its field, for an account that does not exist or sits already.
    """
    require_staff(actor)
    hold(session, committee)
    person = _account(session, form.account)
    kind, organisation = line(form.kind, "成员类别", "kind"), line(form.organisation, "所在单位", "organisation")
    sitting = [member for member in committee.members if in_force(member) or member.since > today()]
    if any(member.user_id == person.id for member in sitting if member is not replaces):
        raise Invalid(f"{person.name}已经在委员会里", field="account")
    if form.chair and any(member.chair for member in sitting if member is not replaces):
        raise Invalid("已经有主任委员，先办理接替", field="chair")
    seat = max((member.seat for member in committee.members), default=0) + 1
    member = CommitteeMember(committee=committee, user=person, seat=seat, kind=kind, organisation=organisation,
                             chair=form.chair, since=form.since, replaces=replaces)
    session.add(member)
    _allow(person, actor)
    session.flush()
    record(session, actor, "committee.seat", committee, member=str(member.id), user=str(person.id))
    notify(session, person.id, f"您被聘为{committee.name}委员"[:300], committee)
    return member


def end_term(session: Session, actor: User, member: CommitteeMember, until: dt.date, reason: str) -> None:
    """The member leaves after that day, for the reason given. What they scored stands."""
    require_staff(actor)
    hold(session, member.committee)
    if member.until is not None:
        raise Conflict(f"{member.user.name}的任期已经在 {member.until:%Y-%m-%d} 结束")
    if until < member.since:
        raise Invalid(f"离任日不能早于任职的 {member.since:%Y-%m-%d}", field="until")
    member.until, member.left_for = until, body(reason, "离任的原因", "reason")
    session.flush()
    record(session, actor, "committee.leave", member.committee, member=str(member.id), until=until.isoformat())


def replace_member(session: Session, actor: User, member: CommitteeMember, reason: str,
                   successor: MemberForm) -> CommitteeMember:
    """The member leaves the day before the successor's term begins; the successor's row names them."""
    until = successor.since - dt.timedelta(days=1)
    end_term(session, actor, member, max(until, member.since), reason)
    return add_member(session, actor, member.committee, successor, replaces=member)


def record_minutes(session: Session, actor: User, committee: Committee, held_on: dt.date, title: str, text: str,
                   file: StoredFile | None = None) -> CommitteeMinutes:
    """What a meeting decided, with its signed paper where there is one. Minutes are added, never changed."""
    require_staff(actor)
    if held_on > today():
        raise Invalid("会议日期不能晚于今天", field="held_on")
    minutes = CommitteeMinutes(committee_id=committee.id, held_on=held_on, title=line(title, "会议名称", "title"),
                               text=body(text, "会议内容", "text"), file=file, recorded_by=actor)
    session.add(minutes)
    session.flush()
    record(session, actor, "committee.minutes", committee, minutes=str(minutes.id))
    return minutes


def find_committee(session: Session, committee_id: uuid.UUID) -> Committee:
    found = session.scalar(select(Committee).options(joinedload(Committee.season)).where(Committee.id == committee_id))
    if found is None:
        raise NotFound("没有找到这个委员会")
    return found


def sitting(session: Session, committee_id: uuid.UUID, day: dt.date | None = None) -> list[CommitteeMember]:
    """The members whose term runs on the day (today), by seat."""
    rows = session.scalars(select(CommitteeMember).options(joinedload(CommitteeMember.user)).where(
        CommitteeMember.committee_id == committee_id).order_by(CommitteeMember.seat))
    return [member for member in rows if in_force(member, day)]


def _account(session: Session, typed: str) -> User:
    known = typed.strip().lower()
    found = session.scalar(select(User).where(or_(func.lower(User.email) == known, User.phone == known), User.active))
    if not known or found is None:
        raise Invalid("没有这个邮箱或手机号的账号。请对方先注册，或在“评委账号”里替他开一个", field="account")
    return found


def _allow(person: User, actor: User) -> None:
    """The role of a reviewer opens the reviewer's pages; what stands on them follows from the seat alone."""
    held = next((grant for grant in person.grants if grant.role is Role.reviewer), None)
    if held is None:
        person.grants.append(RoleGrant(role=Role.reviewer, status=Admission.approved, decided_at=now(),
                                       decided_by_id=actor.id))
    else:
        held.status, held.decided_at, held.decided_by_id = Admission.approved, now(), actor.id
