"""The thesaurus in force: the shipped groups with what staff added to them, and the groups of their own."""

import functools
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from matching.thesaurus.thesaurus import Group, GroupKind, Thesaurus, key, shipped, shipped_groups
from models.errors import NotFound
from models.thesaurus import ThesaurusGroup, ThesaurusRevision

_NAMESPACE = uuid.UUID("5a0b5d0e-6f0c-4f6b-9a55-0c8f4b5d7e11")
Version = tuple[int, int]


@dataclass(frozen=True)
class Listed:
    """One group as staff see it."""

    id: uuid.UUID
    group: Group
    """Its words, the shipped ones first."""
    shipped: int
    """How many of the words came with the program; 0 for a group of staff's own."""
    row: ThesaurusGroup | None
    """What staff wrote of it, if anything."""

    @property
    def name(self) -> str:
        return self.group.words[0]

    @property
    def active(self) -> bool:
        return self.row is None or self.row.active

    @property
    def version(self) -> int:
        """0 for a shipped group that nobody has touched."""
        return self.row.version if self.row else 0


def shipped_id(name: str) -> uuid.UUID:
    """The id of the shipped group whose first word is `name`: the same in every installation and release."""
    return uuid.uuid5(_NAMESPACE, name)


@functools.cache
def _shipped_by_id() -> Mapping[uuid.UUID, Group]:
    return {shipped_id(group.words[0]): group for group in shipped_groups()}


def listed(session: Session) -> list[Listed]:
    """Every group: staff's own and what they changed first, newest first; then the shipped ones in their order."""
    rows = session.scalars(select(ThesaurusGroup).options(joinedload(ThesaurusGroup.changed_by))
                           .order_by(ThesaurusGroup.changed_at.desc(), ThesaurusGroup.id)).all()
    base = _shipped_by_id()
    touched = [_listed(row, base.get(row.id)) for row in rows]
    seen = {row.id for row in rows}
    return touched + [Listed(id, group, len(group.words), None) for id, group in base.items() if id not in seen]


def find_group(session: Session, group_id: uuid.UUID) -> Listed:
    """NotFound where nobody made or shipped it."""
    found = next((one for one in listed(session) if one.id == group_id), None)
    if found is None:
        raise NotFound("没有找到这一组词")
    return found


def _listed(row: ThesaurusGroup, base: Group | None) -> Listed:
    """A row with the shipped group it adds to. One that is shipped no more lives on by the words it was given."""
    if base is None:
        words = tuple(row.words) if not row.shipped else (row.name, *row.words)
        return Listed(row.id, Group(words, GroupKind(row.kind)), 0, row)
    known = set(map(key, base.words))
    return Listed(row.id, Group((*base.words, *(w for w in row.words if key(w) not in known)), base.kind),
                  len(base.words), row)


def groups_in_force(every: Sequence[Listed]) -> list[Group]:
    return [one.group for one in every if one.active]


def thesaurus_version(session: Session) -> Version:
    """Changes with every edit, in whatever order they commit. One query of an index: asked before each search."""
    last, number = session.execute(select(func.max(ThesaurusRevision.id), func.count(ThesaurusRevision.id))).one()
    return last or 0, number


def read_thesaurus(session: Session) -> Thesaurus:
    """The thesaurus in force; the shipped one itself where staff changed nothing that counts."""
    every = listed(session)
    if all(one.row is None for one in every):
        return shipped()
    made = Thesaurus(groups_in_force(every))
    return shipped() if made.version == shipped().version else made


def revisions(session: Session, group_id: uuid.UUID) -> list[ThesaurusRevision]:
    """The states that a group was in, newest first."""
    return list(session.scalars(select(ThesaurusRevision).options(joinedload(ThesaurusRevision.by))
                                .where(ThesaurusRevision.group_id == group_id).order_by(ThesaurusRevision.id.desc())))
