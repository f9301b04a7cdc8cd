"""What the database knows of members and entrants that bears on conflicts, read for a whole round at once."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import CompoundSelect, Row, Select, or_, select
from sqlalchemy.orm import Session

from contests.review.conflicts import Dealing, Declaration, Kind, Reason, Side, Ties, conflicts, ties_of
from models.accounts import Admission, Broker, Expert, Organisation, RoleGrant, User
from models.contests import Entry, EntryMember
from models.contracts import BrokerShare, Contract, ContractRevision, ContractStatus
from models.demands import Demand
from models.engagements import Engagement, Introduction
from models.interests import ConflictOfInterest
from models.reviews import CommitteeMember, Recusal

Workplaces = dict[uuid.UUID, dict[uuid.UUID, str]]


@dataclass(frozen=True)
class Relations:
    """Members' ties and entries' sides. `recused`: (member, entry) → the reason recorded."""

    ties: dict[uuid.UUID, Ties]
    sides: dict[uuid.UUID, Side]
    recused: dict[tuple[uuid.UUID, uuid.UUID], str]

    def reasons(self, member: uuid.UUID, entry: uuid.UUID) -> tuple[Reason, ...]:
        """Why the member may not judge the entry; empty where nothing is known against it."""
        found = conflicts(self.ties[member], self.sides[entry])
        said = self.recused.get((member, entry))
        return found if said is None else (*found, Reason(Kind.recused, f"已回避：{said}"))


def relations(session: Session, members: Collection[CommitteeMember], entries: Select[uuid.UUID]) -> Relations:
    """Everything between these members and the entries whose ids `entries` selects, in a fixed number of queries."""
    users = {member.user_id for member in members}
    workplaces = _organisations(session, select(RoleGrant.user_id).where(RoleGrant.user_id.in_(users)))
    reviewers = {member.id: Side({member.user_id: member.user.name}, workplaces[member.user_id],
                                 (member.organisation,)) for member in members}
    firms = {organisation for found in workplaces.values() for organisation in found}
    dealings = [*_contracts(session, users, firms), *_introductions(session, users, firms)]
    declarations = _declarations(session)
    recused = session.execute(select(Recusal.member_id, Recusal.entry_id, Recusal.reason).where(
        Recusal.member_id.in_(reviewers)))
    return Relations({key: ties_of(side, dealings, declarations) for key, side in reviewers.items()},
                     entry_sides(session, entries),
                     {(member, entry): reason for member, entry, reason in recused})


def entry_sides(session: Session, entries: Select[uuid.UUID]) -> dict[uuid.UUID, Side]:
    """Everybody on each entry: who filed it and every member, where they work, the organisation that enters."""
    rows = session.execute(select(Entry.id, Entry.user_id, User.name, Entry.employer, Entry.organisation_id,
                                  Organisation.name).join(User, User.id == Entry.user_id).outerjoin(
        Organisation, Organisation.id == Entry.organisation_id).where(Entry.id.in_(entries))).all()
    team = _members(session, entries)
    filed, joined = select(Entry.user_id).where(Entry.id.in_(entries)), select(EntryMember.user_id).where(
        EntryMember.entry_id.in_(entries), EntryMember.user_id.is_not(None))
    workplaces = _organisations(session, filed.union(joined))
    return {entry: _side({person: name}, employer, {body: called} if body else {}, team[entry], workplaces)
            for entry, person, name, employer, body, called in rows}


def _side(people: dict[uuid.UUID, str], employer: str, bodies: dict[uuid.UUID, str], members: Sequence[Row],
          workplaces: Workplaces) -> Side:
    people = people | {one.user_id: one.name for one in members if one.user_id}
    organisations = bodies | {one.organisation_id: one.called for one in members if one.organisation_id}
    for person in people:
        organisations |= workplaces[person]
    return Side(people, organisations, (employer, *(one.organisation for one in members)), next(iter(bodies), None))


def _members(session: Session, entries: Select[uuid.UUID]) -> dict[uuid.UUID, list[Row]]:
    found: dict[uuid.UUID, list[Row]] = defaultdict(list)
    for row in session.execute(select(
            EntryMember.entry_id, EntryMember.user_id, EntryMember.name, EntryMember.organisation,
            EntryMember.organisation_id, Organisation.name.label("called")).outerjoin(
            Organisation, Organisation.id == EntryMember.organisation_id).where(EntryMember.entry_id.in_(entries))
            .order_by(EntryMember.position)):
        found[row.entry_id].append(row)
    return found


def _organisations(session: Session, people: Select[uuid.UUID] | CompoundSelect[uuid.UUID]) -> Workplaces:
    """Person → the organisations under which they hold an approved role, with their names."""
    found: Workplaces = defaultdict(dict)
    rows = session.execute(select(RoleGrant.user_id, Organisation.id, Organisation.name).join(
        Organisation, Organisation.id == RoleGrant.organisation_id).where(
        RoleGrant.status == Admission.approved, RoleGrant.user_id.in_(people)))
    for person, organisation, name in rows:
        found[person][organisation] = name
    return found


def _contracts(session: Session, users: Collection[uuid.UUID], firms: Collection[uuid.UUID]) -> list[Dealing]:
    """Every contract that one of these people (or their firms) was a side of, or brought about."""
    brokered = select(BrokerShare.contract_id).join(Broker).where(Broker.user_id.in_(users))
    rows = session.execute(
        select(Contract.id, ContractRevision.contract_number, Expert.user_id, Expert.organisation_id, Demand.author_id,
               Demand.organisation_id)
        .join(Contract.engagement).join(Engagement.expert).join(Engagement.demand).join(Contract.revisions)
        .where(Contract.status != ContractStatus.cancelled, or_(
            Expert.user_id.in_(users), Demand.author_id.in_(users), Demand.organisation_id.in_(firms),
            Contract.id.in_(brokered))).order_by(ContractRevision.number)).all()
    latest = {row[0]: row for row in rows}
    brokers = _brokers(session, latest)
    return [Dealing(Kind.collaboration, f"合同 {number}", frozenset((expert, author)), firm, school,
                    frozenset(brokers[contract]))
            for contract, number, expert, school, author, firm in latest.values()]


def _brokers(session: Session, contracts: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for contract, person in session.execute(select(BrokerShare.contract_id, Broker.user_id).join(Broker).where(
            BrokerShare.contract_id.in_(list(contracts)))):
        found[contract].add(person)
    return found


def _introductions(session: Session, users: Collection[uuid.UUID], firms: Collection[uuid.UUID]) -> list[Dealing]:
    """Every introduction that a broker made, whatever became of it."""
    rows = session.execute(
        select(Expert.user_id, Expert.organisation_id, Demand.author_id, Demand.organisation_id, Broker.user_id,
               Demand.number)
        .select_from(Introduction).join(Introduction.expert).join(Introduction.demand).join(Introduction.broker)
        .where(or_(Expert.user_id.in_(users), Demand.author_id.in_(users), Demand.organisation_id.in_(firms),
                   Broker.user_id.in_(users))))
    return [Dealing(Kind.introduction, f"需求 {number or ''}".rstrip(), frozenset((expert, author)), firm, school,
                    frozenset((broker,)))
            for expert, school, author, firm, broker, number in rows]


def _declarations(session: Session) -> list[Declaration]:
    rows = session.execute(select(Expert.user_id, ConflictOfInterest.organisation_id, ConflictOfInterest.against_id)
                           .select_from(ConflictOfInterest).outerjoin(ConflictOfInterest.expert)
                           .where(ConflictOfInterest.withdrawn_at.is_(None)))
    return [Declaration(person or organisation, against) for person, organisation, against in rows]
