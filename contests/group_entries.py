"""Entries of teams, organisations, collectives: who is in them, and handing them in. Their rules need no evidence."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from contests import leaves
from contests.checklist import checklist
from contests.claims import admitted_on
from contests.definition import Definition, Track, cite
from contests.entry_access import require_open_own, track_of
from contests.entry_quotas import over_quota
from contests.forms.text import checked, clean_body, clean_line
from contests.phases import filing_phase, require_open
from contests.rules.check import check_entry
from contests.rules.claim import Entrant
from contests.rules.entry import EarlierEntry, EntryFacts, Member, Unit
from contests.rules.outcome import Refusal
from ledger import log
from models.accounts import Organisation, User
from models.audit import record
from models.base import now
from models.contests import EntrantKind, Entry, EntryMember, EntryStatus, MemberKind, Season, Side
from models.errors import Conflict, Forbidden, Invalid, Refused
from models.locking import lock

MOST_MEMBERS = 30
NAME_LENGTH = 120


@dataclass(frozen=True)
class MemberForm:
    """One member as it was filled in. `user_id` where they have an account here."""

    name: str
    kind: MemberKind
    organisation: str = ""
    student: bool = False
    defender: bool = False
    chair: bool = False
    side: Side = Side.outside
    user_id: uuid.UUID | None = None


def enter_group(session: Session, actor: User, season: Season, track_code: str, *, name: str,
                members: Sequence[MemberForm] = (), organisation: Organisation | None = None,
                facts: Mapping[str, Any] | None = None) -> Entry:
    """Begin an entry that the actor answers for. Nothing of it is judged before it is handed in.

    NotFound for a group the contest does not have, Forbidden for one that persons enter by their evidence or that is
    reached by promotion only, Invalid for the name or the members, Conflict where the actor began one of that name.
    """
    definition, track = track_of(season, track_code)
    _takes_groups(definition, track)
    name = _name(name)
    if session.scalar(select(Entry.id).where(Entry.season_id == season.id, Entry.track == track.code,
                                             Entry.user_id == actor.id, Entry.name == name)):
        raise Conflict(f"您已经在{track.name}填过“{name}”，接着填那一份", field="name")
    entry = Entry(season=season, track=track.code, user=actor, kind=EntrantKind(track.entrant), name=name,
                  phone=actor.phone, organisation=organisation, facts=dict(facts or {}),
                  district_code=organisation.district_code if organisation else "",
                  employer=organisation.name if organisation else "")
    session.add(entry)
    _seat(session, entry, members)
    session.flush()
    record(session, actor, "entry.open", entry, track=track.code)
    return entry


@dataclass(frozen=True)
class GroupForm:
    """What may be worded of a group's entry before it is handed in. `facts`: what the track's rules ask besides."""

    phone: str
    employer: str
    summary: str
    members: Sequence[MemberForm] = ()
    facts: Mapping[str, Any] | None = None


def edit_group(session: Session, actor: User, entry: Entry, form: GroupForm) -> None:
    """Word an entry that is not handed in: these members, in this order, in the place of the old. Invalid by field."""
    require_open_own(session, actor, entry)
    _entered_by_hand(*track_of(entry.season, entry.track))
    entry.phone = checked(clean_line(form.phone), "phone", "联系方式", 30, "写上联系方式")
    entry.employer = checked(clean_line(form.employer), "employer", "单位", NAME_LENGTH, "写上报名的单位")
    entry.summary = checked(clean_body(form.summary), "summary", "项目说明", 20_000, "")
    entry.facts = entry.facts | dict(form.facts or {})
    _seat(session, entry, form.members)
    session.flush()
    record(session, actor, "entry.edit", entry, members=len(form.members))


def submit_group(session: Session, actor: User, entry: Entry, *, declared: bool) -> None:
    """Hand the entry in: in the registration of its stage, by every rule of its track, with what blocks laid beside it.

    Refused, with the clause, by the first of these that does not hold; Invalid without the declaration that the
    document asks for. It is frozen thereby and stands in the ledger. The season is held, so that of two entries handed
    in at once the second is judged with the first.
    """
    require_open_own(session, actor, entry)
    lock(session, entry.season)
    definition, track = track_of(entry.season, entry.track)
    _takes_groups(definition, track)
    require_open(definition, filing_phase(definition, track).code, now())
    for refusal in judged(session, entry, definition, track):
        raise Refused(refusal.message, clause=refusal.citation)
    for item in checklist(entry, track, definition.year):
        if item.blocks and not item.done:
            raise Refused(f"{item.name}：{item.gap}", field=item.material.code,
                          clause=cite(definition, item.material.clause))
    declaration = definition.declaration
    if declaration and not declared:
        raise Invalid("先读声明并勾选，再提交", field="declared", clause=cite(definition, declaration.clause))
    earlier = [] if entry.ledger_index is None else [entry.ledger_index]
    entry.snapshot = frozen(entry, declaration.text if declaration else "")
    leaf = log.append(session, "registration.submitted", leaves.registration(entry), refs=earlier)
    entry.ledger_index = leaf.index
    entry.declared_at = entry.submitted_at = now()
    entry.status = EntryStatus.submitted
    session.flush()
    record(session, actor, "entry.submit", entry, ledger=leaf.index)


def open_groups(definition: Definition) -> list[Track]:
    """The tracks that a team, an organisation or somebody for a collective enters by hand, in the definition's order.

    Not those that are entered with evidence, by promotion, or climb as cases through levels.
    """
    reached = {rule.target for rule in definition.promotions()}
    climbed = {one.code for one in definition.tracks if definition.lifecycles and definition.phase_of(
        "registration", one.stage)}
    return [track for track in definition.tracks if not track.role and track.code not in reached | climbed]


def judged(session: Session, entry: Entry, definition: Definition, track: Track) -> list[Refusal]:
    """Every rule of the track that the entry breaks as it stands, in the definition's order, then the 限报 it passes."""
    broken = check_entry(track.rules, facts_of(session, entry, definition), definition.source.number)
    return [*broken, *over_quota(session, entry, definition)]


def facts_of(session: Session, entry: Entry, definition: Definition) -> EntryFacts:
    """The entry and what stands around it in its season, as the rules look at them."""
    said = entry.facts
    entrant = Entrant(entry.id, entry.name, entry.kind.value, admitted_on(entry.organisation),
                      said.get("organisation_class", ""), frozenset(said.get("meets", ())))
    others = session.scalars(select(Entry).options(selectinload(Entry.members)).where(
        Entry.season_id == entry.season.id, Entry.id != entry.id, Entry.status == EntryStatus.submitted)).all()
    names = {track.code: track.name for track in definition.tracks}
    return EntryFacts(
        entrant, entry.user.id, tuple(_member(member) for member in entry.members), said.get("mode", ""),
        said.get("industry_code", ""), entry.paper_received_on, _day(said.get("dispatched_on")),
        tuple(EarlierEntry(one.user_id, one.name, names[one.track], _pairs(one)) for one in others),
        tuple(Unit(one.name, one.facts["industry_code"]) for one in others if one.facts.get("industry_code")))


def frozen(entry: Entry, declaration: str) -> dict[str, object]:
    """The entry as it was handed in, as JSON that a ledger leaf holds."""
    return {
        "contest": f"{entry.season.code}/{entry.season.year}", "track": entry.track, "name": entry.name,
        "kind": entry.kind.value, "phone": entry.phone, "employer": entry.employer, "summary": entry.summary,
        "declaration": declaration, "rows": [], "facts": entry.facts,
        "members": [{"position": member.position, "name": member.name, "kind": member.kind.value,
                     "organisation": member.organisation, "student": member.student, "defender": member.defender,
                     "chair": member.chair, "side": member.side.value} for member in entry.members],
        "materials": {material.code: material.file.sha256 for material in entry.materials if material.file},
    }


def _entered_by_hand(definition: Definition, track: Track) -> None:
    if track.role:
        raise Forbidden(f"{track.name}按台账里的佐证报名，不从这里报", clause=cite(definition, track.clause))


def _takes_groups(definition: Definition, track: Track) -> None:
    _entered_by_hand(definition, track)
    promoted = next((rule for rule in definition.promotions() if rule.target == track.code), None)
    if promoted:
        raise Forbidden(f"{track.name}只接晋级的，不能直接报名", clause=cite(definition, promoted.clause))


def _name(text: str) -> str:
    return checked(clean_line(text), "name", "名称", NAME_LENGTH, "写上参赛者的名称")


def _seat(session: Session, entry: Entry, members: Sequence[MemberForm]) -> None:
    """The members in their order; the old ones are gone before the new take their places."""
    if len(members) > MOST_MEMBERS:
        raise Invalid(f"成员最多 {MOST_MEMBERS} 个", field="members")
    if any(not clean_line(one.name) for one in members):
        raise Invalid("每个成员都写上姓名", field="members")
    entry.members.clear()
    session.flush()
    entry.members = [EntryMember(
        position=position, name=clean_line(one.name)[:NAME_LENGTH], kind=one.kind,
        organisation=clean_line(one.organisation)[:NAME_LENGTH], user_id=one.user_id, student=one.student,
        defender=one.defender, chair=one.chair, side=one.side) for position, one in enumerate(members, start=1)]


def _member(row: EntryMember) -> Member:
    return Member(row.name, row.kind.value, row.organisation, row.student, row.defender, row.chair, row.side.value,
                  row.user_id)


def _pairs(entry: Entry) -> frozenset[tuple[str, str]]:
    return frozenset((member.name, member.organisation) for member in entry.members)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
