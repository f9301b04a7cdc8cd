"""Registration (报名): a draft filled from evidence, prepared by the entrant. contests.submission hands it in."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.definition import Definition, Track
from contests.entry_access import profile_of, require_open_own, track_of
from contests.forms.text import checked, clean_body, clean_line
from contests.indicators import counted_evidence
from contests.prefill import draft_summary, standing_evidence
from contests.staff import is_staff
from models.accounts import User
from models.audit import record
from models.contests import Entry, EntryMaterial, Season
from models.errors import Forbidden, NotFound
from models.files import StoredFile

FIELDS = {"phone": ("联系方式", 30), "employer": ("工作单位", 120), "summary": ("工作情况", 20_000)}
"""Field → (its name on the form, the most characters)."""
MAY_BE_EMPTY = {"summary"}
UPLOADS = ("signed_form", "report", "letter", "file")
"""The kinds of material that a person lays beside the entry as a file."""


def open_entry(session: Session, actor: User, season: Season, track_code: str) -> Entry:
    """The person's entry in the group, begun and filled from their evidence when there is none yet.

    Forbidden for a person without the group's role; NotFound for a group the contest does not have. It may be begun
    before registration opens; submitting may not.
    """
    definition, track = track_of(season, track_code)
    profile = profile_of(session, actor, definition, track)
    entry = session.scalar(select(Entry).where(Entry.season_id == season.id, Entry.track == track_code,
                                               Entry.user_id == actor.id))
    if entry is None:
        entry = Entry(season=season, track=track_code, user=actor, name=profile.name, phone=actor.phone,
                      employer=profile.organisation.name)
        session.add(entry)
        _fill(session, entry, definition, track)
        session.flush()
        record(session, actor, "entry.open", entry, track=track_code)
    return entry


def refill(session: Session, actor: User, entry: Entry) -> None:
    """Take the evidence in anew and write the summary's first draft again, over what stands there."""
    require_open_own(session, actor, entry)
    definition, track = track_of(entry.season, entry.track)
    _fill(session, entry, definition, track)
    session.flush()
    record(session, actor, "entry.refill", entry, evidence=len(entry.evidence))


def edit_entry(session: Session, actor: User, entry: Entry, *, phone: str, employer: str, summary: str) -> None:
    """Change what the entrant may word of an entry that is not submitted; the name is the admitted person's own.

    Invalid names the field.
    """
    require_open_own(session, actor, entry)
    entry.phone = _checked("phone", clean_line(phone))
    entry.employer = _checked("employer", clean_line(employer))
    entry.summary = _checked("summary", clean_body(summary))
    session.flush()
    record(session, actor, "entry.edit", entry)


def attach_material(session: Session, actor: User, entry: Entry, code: str, file: StoredFile) -> EntryMaterial:
    """Lay an upload of one's own beside a material of the group; a second one replaces the first."""
    require_open_own(session, actor, entry)
    _, track = track_of(entry.season, entry.track)
    if code not in {material.code for material in track.materials if material.kind in UPLOADS}:
        raise NotFound("这个组别没有要上传的这份材料")
    if file.uploaded_by_id != actor.id:
        raise Forbidden("只能用您自己上传的文件")
    material = next((one for one in entry.materials if one.code == code), None)
    if material is None:
        material = EntryMaterial(code=code)
        entry.materials.append(material)
    material.file = file
    session.flush()
    record(session, actor, "entry.attach", entry, code=code, file=str(file.id))
    return material


def find_entry(session: Session, actor: User, entry_id: uuid.UUID) -> Entry:
    """The entry, for its entrant, for staff and for administrators; NotFound for anybody else."""
    entry = session.get(Entry, entry_id)
    if entry is None or (entry.user_id != actor.id and not is_staff(actor)):
        raise NotFound("没有找到这份报名")
    return entry


def _checked(field: str, text: str) -> str:
    label, most = FIELDS[field]
    return checked(text, field, label, most, "" if field in MAY_BE_EMPTY else f"写上{label}")


def _fill(session: Session, entry: Entry, definition: Definition, track: Track) -> None:
    season_id = entry.season.id
    evidence = standing_evidence(session, season_id, track.code, entry.user.id)
    counted = counted_evidence(session, season_id, track.code, entry.user.id)
    entry.evidence = evidence
    entry.summary = draft_summary(evidence, counted, track, definition.year)
