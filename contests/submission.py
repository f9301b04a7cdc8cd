"""Handing an entry in, and taking it back while registration is open. A submitted entry is frozen and in the ledger."""

from sqlalchemy.orm import Session

from contests import leaves
from contests.checklist import checklist
from contests.definition import Definition, Track, cite
from contests.entry_access import hold, profile_of, require_open_own, require_own, track_of
from contests.phases import require_open
from contests.prefill import form_rows, standing_evidence
from contests.snapshots import freeze
from ledger import log
from models.accounts import User
from models.audit import record
from models.base import now
from models.contests import Entry, EntryStatus
from models.errors import Conflict, Invalid, Refused

REGISTRATION = "registration"


def submit(session: Session, actor: User, entry: Entry, *, declared: bool) -> None:
    """Hand the entry in: declared truthful, complete online, inside the registration window. It is frozen thereby.

    Refused with the clause when late, early, without standing evidence or with a material missing that blocks; Invalid
    without the declaration. What was corrected or withdrawn meanwhile is taken in first, so the form is never stale.
    """
    require_open_own(session, actor, entry)
    definition, track = track_of(entry.season, entry.track)
    profile_of(session, actor, definition, track)
    require_open(definition, REGISTRATION, now())
    entry.evidence = standing_evidence(session, entry.season_id, entry.track, entry.user_id)
    _complete(entry, definition, track)
    declaration = definition.declaration
    if declaration and not declared:
        raise Invalid("先读声明并勾选，再提交", field="declared", clause=cite(definition, declaration.clause))
    earlier = [] if entry.ledger_index is None else [entry.ledger_index]
    entry.snapshot = freeze(entry, form_rows(entry.evidence, track), f"{entry.season.code}/{entry.season.year}",
                            declaration.text if declaration else "")
    cited = [row.ledger_index for row in entry.evidence]
    leaf = log.append(session, "registration.submitted", leaves.registration(entry), refs=[*cited, *earlier])
    entry.ledger_index = leaf.index
    entry.declared_at = entry.submitted_at = now()
    entry.status = EntryStatus.submitted
    session.flush()
    record(session, actor, "entry.submit", entry, ledger=leaf.index)


def withdraw_entry(session: Session, actor: User, entry: Entry) -> None:
    """Take the entry back while registration is open; it can be prepared and submitted again until it closes."""
    hold(session, entry)
    require_own(actor, entry)
    if entry.status is EntryStatus.withdrawn:
        raise Conflict("已经撤回，不用再撤")
    definition, _ = track_of(entry.season, entry.track)
    require_open(definition, REGISTRATION, now())
    entry.status = EntryStatus.withdrawn
    session.flush()
    record(session, actor, "entry.withdraw", entry)


def reopen_entry(session: Session, actor: User, entry: Entry) -> None:
    """Prepare a withdrawn entry again. What was submitted before stays in the ledger."""
    hold(session, entry)
    require_own(actor, entry)
    if entry.status is not EntryStatus.withdrawn:
        raise Conflict("没有撤回的报名，不用重新打开")
    definition, track = track_of(entry.season, entry.track)
    require_open(definition, REGISTRATION, now())
    entry.status, entry.snapshot = EntryStatus.draft, None
    entry.evidence = standing_evidence(session, entry.season_id, entry.track, entry.user_id)
    session.flush()
    record(session, actor, "entry.reopen", entry, track=track.code)


def _complete(entry: Entry, definition: Definition, track: Track) -> None:
    if not entry.evidence:
        raise Refused("还没有可以报名的合作。合同经双方确认后再来", clause=cite(definition, track.clause))
    for item in checklist(entry, track, definition.year):
        if item.blocks and not item.done:
            clause = cite(definition, item.material.clause)
            raise Refused(f"{item.name}：{item.gap}", field=item.material.code, clause=clause)
