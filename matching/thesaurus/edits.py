"""What staff do to the thesaurus: add a group, change one, switch it off and on, bring in a sheet of them."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from matching.thesaurus.table import Listed, find_group, listed
from matching.thesaurus.thesaurus import SEPARATOR, GroupKind, key
from models.accounts import Role, User
from models.audit import record
from models.base import now
from models.errors import Conflict, Forbidden, Invalid
from models.insertion import insert_once
from models.thesaurus import GroupKind as StoredKind
from models.thesaurus import ThesaurusGroup, ThesaurusRevision

MOST_WORDS, LONGEST_WORD, LONGEST_NOTE = 30, 40, 200
MOST_ROWS = 20_000
_BETWEEN = re.compile(f"[{SEPARATOR}\n\r；;]+")


@dataclass(frozen=True)
class Draft:
    """A group as somebody wrote it, checked by `checked`."""

    words: tuple[str, ...]
    kind: GroupKind
    note: str = ""


def split_words(text: str) -> tuple[str, ...]:
    """The words of a text: one a line, or `、` between. Said twice, in whatever form, one stays: the first."""
    words = (" ".join("".join(c if c.isprintable() else " " for c in word).split()) for word in _BETWEEN.split(text))
    return tuple({key(word): word for word in reversed(list(words)) if key(word)}.values())[::-1]


def checked(draft: Draft, extends: Listed | None = None) -> Draft:
    """The draft, without words that the shipped group has already. Invalid names the field that does not fit."""
    known = {key(word) for word in extends.group.words[:extends.shipped]} if extends else set()
    words = tuple(word for word in draft.words if key(word) not in known)
    for word in words:
        if len(word) > LONGEST_WORD:
            raise Invalid(f"“{word[:LONGEST_WORD]}…”太长，一个词最多 {LONGEST_WORD} 字", field="words")
        if not any(c.isalnum() for c in key(word)):
            raise Invalid(f"“{word}”里没有字，不能当词", field="words")
    if len(words) + len(known) > MOST_WORDS:
        raise Invalid(f"一组最多 {MOST_WORDS} 个词，现在 {len(words) + len(known)} 个", field="words")
    if not known and len(words) < (1 if draft.kind is GroupKind.whole else 2):
        raise Invalid("写至少一个词" if draft.kind is GroupKind.whole else "写至少两个词，一行一个。意思相同才放在一组",
                      field="words")
    if len(draft.note) > LONGEST_NOTE:
        raise Invalid(f"说明最多 {LONGEST_NOTE} 字，现在 {len(draft.note)} 字", field="note")
    return Draft(words, extends.group.kind if known else draft.kind, draft.note)


def add_group(session: Session, actor: User, draft: Draft) -> ThesaurusGroup:
    """A group of staff's own. Flushes."""
    _require_staff(actor)
    draft = checked(draft)
    row = ThesaurusGroup(name=draft.words[0], kind=StoredKind(draft.kind), words=list(draft.words), note=draft.note,
                         changed_by_id=actor.id)
    session.add(row)
    return _written(session, actor, row, "thesaurus.add")


def change_group(session: Session, actor: User, group_id: uuid.UUID, draft: Draft, *, version: int) -> ThesaurusGroup:
    """Write a group anew; of a shipped one, the words added to it. `version` is the one that the draft was made from.

    Conflict where somebody changed it meanwhile. Nothing is written where nothing differs.
    """
    row, found = _locked(session, actor, group_id, version)
    draft = checked(draft, found if found.shipped else None)
    kind = StoredKind(draft.kind)
    if (list(draft.words), kind, draft.note) == (list(row.words), row.kind, row.note):
        return _left(session, row)
    row.words, row.kind, row.note = list(draft.words), kind, draft.note
    if not row.shipped:
        row.name = draft.words[0]
    return _written(session, actor, row, "thesaurus.change")


def switch_group(session: Session, actor: User, group_id: uuid.UUID, active: bool, *, version: int) -> ThesaurusGroup:
    """Put a group out of use, or back. Conflict where somebody changed it meanwhile."""
    row, _found = _locked(session, actor, group_id, version)
    if row.active == active:
        return _left(session, row)
    row.active = active
    return _written(session, actor, row, "thesaurus.switch_on" if active else "thesaurus.switch_off")


@dataclass
class SheetReport:
    """What a sheet did, or would do. With errors it did nothing."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: list[tuple[int, str, str]] = field(default_factory=list)
    """(row, column, message), in row order."""


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet. `id` is None for a new group."""

    number: int
    id: uuid.UUID | None
    draft: Draft
    active: bool


def bring_in(session: Session, actor: User, rows: Sequence[SheetRow], report: SheetReport, *,
             dry_run: bool = False) -> SheetReport:
    """Write the rows of a sheet, all or none; what stands as it is in the sheet is left alone. Flushes."""
    _require_staff(actor)
    every = {one.id: one for one in listed(session)}
    same = {_alike(one.group.words, one.group.kind): one for one in every.values()}
    wanted = [(row, every.get(row.id) if row.id else same.get(_alike(row.draft.words, row.draft.kind))) for row in rows]
    report.errors += [error for row, found in wanted for error in _errors(row, found)]
    report.errors.sort()
    for row, found in wanted if not report.errors else ():
        if found is None:
            report.added += 1
        elif _stands(row, found):
            report.unchanged += 1
            continue
        else:
            report.changed += 1
        if not dry_run:
            _bring_in_one(session, actor, row, found)
    return report


def _bring_in_one(session: Session, actor: User, row: SheetRow, found: Listed | None) -> None:
    group = (add_group(session, actor, row.draft) if found is None
             else change_group(session, actor, found.id, row.draft, version=found.version))
    switch_group(session, actor, group.id, row.active, version=group.version)


def _errors(row: SheetRow, found: Listed | None) -> Iterable[tuple[int, str, str]]:
    if row.id and found is None:
        yield row.number, "编号", "没有这个编号。新增的组，编号留空"
        return
    missing = set(map(key, found.group.words[:found.shipped])) - set(map(key, row.draft.words)) if found else set()
    if missing:
        yield row.number, "词", f"随程序来的词不能删：{SEPARATOR.join(sorted(missing))}。不合适的组可以停用"
    try:
        checked(row.draft, found if found and found.shipped else None)
    except Invalid as error:
        yield row.number, {"words": "词", "note": "说明"}.get(error.field or "", ""), error.message


def _stands(row: SheetRow, found: Listed) -> bool:
    note = found.row.note if found.row else ""
    return (_alike(row.draft.words, row.draft.kind), row.active, row.draft.note) == (
        _alike(found.group.words, found.group.kind), found.active, note)


def _alike(words: Iterable[str], kind: GroupKind) -> tuple[frozenset[str], GroupKind]:
    return frozenset(map(key, words)), kind


def _locked(session: Session, actor: User, group_id: uuid.UUID, version: int) -> tuple[ThesaurusGroup, Listed]:
    """The row of a group, made where a shipped one has none yet, locked; and the group as it stood."""
    _require_staff(actor)
    found = find_group(session, group_id)
    if found.row is None:
        insert_once(session, ThesaurusGroup, id=group_id, shipped=True, name=found.name, kind=found.group.kind,
                    words=[], note="", active=True, changed_at=now(), changed_by_id=actor.id, version=0)
    row = session.get_one(ThesaurusGroup, group_id, with_for_update=True, populate_existing=True)
    if row.version != version:
        raise Conflict("这一组刚被别人改过。您写的还在，请对照现在的再保存")
    return row, found


def _left(session: Session, row: ThesaurusGroup) -> ThesaurusGroup:
    """A row that nothing was changed in; one made for the occasion goes again."""
    if not row.version:
        session.delete(row)
        session.flush()
    return row


def _written(session: Session, actor: User, row: ThesaurusGroup, action: str) -> ThesaurusGroup:
    """Flush the row, and keep its state and who made it."""
    row.changed_at, row.changed_by_id = now(), actor.id
    session.flush()
    session.add(ThesaurusRevision(group_id=row.id, number=row.version, kind=row.kind, words=list(row.words),
                                  note=row.note, active=row.active, by_id=actor.id))
    record(session, actor, action, row, version=row.version, words=len(row.words), shipped=row.shipped)
    session.flush()
    return row


def _require_staff(actor: User) -> None:
    if not {Role.staff, Role.admin} & actor.roles:
        raise Forbidden("只有工会工作人员可以改同义词表")
