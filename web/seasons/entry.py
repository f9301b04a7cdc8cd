"""One entrant's sheet: what was handed in, what it rests on, what is missing, what staff did with it."""

import datetime as dt

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contests.checklist import checklist
from contests.entries import find_entry
from contests.entry_access import track_of
from contests.indicators import count, figures
from contests.intake import sanctions
from contests.phases import filing_phase
from contests.prefill import standing_evidence
from models.accounts import Role
from models.audit import AuditEvent
from models.base import today
from models.contests import Entry, EntryStatus, Evidence
from web import access
from web.contests.season import title_of
from web.entries.group_page import KINDS
from web.entries.wording import EVIDENCE, STATUS
from web.identity import has_role, me
from web.refusals import NONE, Refusal
from web.sessions import db

COURSE = {
    "entry.open": lambda: _("开始准备"), "entry.submit": lambda: _("提交报名"), "entry.withdraw": lambda: _("撤回报名"),
    "entry.reopen": lambda: _("重新准备"), "entry.promote": lambda: _("晋级"), "entry.receive_paper": lambda: _("收到纸质材料"),
    "entry.return": lambda: _("退回补正"), "entry.sanction": lambda: _("认定申报不实"),
}
"""The acts that the sheet tells of; wording and uploads are the entrant's own business."""
PARTS = ("year", "month", "day")


@access.staff
def show(entry_id):
    return page(find_entry(db(), me(), entry_id))


def page(entry: Entry, refusal: Refusal = NONE):
    definition, track = track_of(entry.season, entry.track)
    evidence = evidence_of(entry)
    days = filing_phase(definition, track).days
    last = days[1] if days else dt.date.max
    return render_template(
        "seasons/entry.html", entry=entry, title=title_of(definition), definition=definition, track=track,
        status=STATUS[entry.status](), kinds=KINDS, evidence=evidence, evidence_status=EVIDENCE,
        figures=figures(track, count(db(), evidence)), items=checklist(entry, track, definition.year),
        uploads={one.code: one for one in entry.materials if one.file}, sanctions=sanctions(db(), entry),
        course=_course(entry), words=COURSE, may_verify=has_role(Role.staff),
        may_act=has_role(Role.staff) and entry.user_id != me().id,
        closed=today() > last, late=entry.paper_received_on is not None and entry.paper_received_on > last,
        typed_day=_typed_day(), refusal=refusal, errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


def evidence_of(entry: Entry) -> list[Evidence]:
    """The claims on the form: those it was submitted with, else those that stand now."""
    if entry.status is EntryStatus.submitted:
        return entry.evidence
    return standing_evidence(db(), entry.season_id, entry.track, entry.user_id)


def _course(entry: Entry) -> list[AuditEvent]:
    return list(db().scalars(select(AuditEvent).options(joinedload(AuditEvent.actor)).where(
        AuditEvent.subject_id == entry.id, AuditEvent.action.in_(COURSE)).order_by(AuditEvent.at)))


def _typed_day() -> tuple[str, ...]:
    """What was typed of the day the paper came in; today's date on a fresh form."""
    if request.method == "POST" and "received_on-year" in request.form:
        return tuple(request.form.get(f"received_on-{part}", "") for part in PARTS)
    return str(today().year), str(today().month), str(today().day)
