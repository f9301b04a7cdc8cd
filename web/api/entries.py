"""Registration over the API: begin, word, submit, withdraw, and the form to print."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Literal

from flask import Response
from pydantic import BaseModel
from sqlalchemy import select

from contests import entries as operations
from contests import submission
from contests.checklist import checklist
from contests.entry_access import track_of
from contests.forms.pdf import render_pdf
from contests.forms.word import render_docx
from contests.forms.wording import file_name
from contests.prefill import form_of, form_rows
from models.contests import Entry, EntryStatus, Season
from models.errors import NotFound
from web import access
from web.api.errors import problems
from web.api.resource import resource
from web.api.types import Body, Line, Text
from web.downloads import attachment
from web.identity import me
from web.limits import EXPORT, limiter
from web.sessions import db

blueprint = resource("entries", "报名")
REFUSALS = problems(400, 403, 404, 409, 415, 422)
RENDERERS = {
    "pdf": (render_pdf, "application/pdf"),
    "docx": (render_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


class Beginning(Body):
    contest: Line
    year: int
    track: Line


class Wording(Body):
    phone: Line
    employer: Line
    summary: Text


class Declaration(Body):
    declared: bool


class FormQuery(Body):
    kind: Literal["pdf", "docx"] = "pdf"


class RowView(BaseModel):
    project: str
    partner: str
    amount: Decimal
    expected_benefit: Decimal


class MaterialView(BaseModel):
    code: str
    name: str
    gap: str
    blocks: bool


class EntryView(BaseModel):
    id: uuid.UUID
    contest: str
    year: int
    track: str
    status: EntryStatus
    name: str
    employer: str
    summary: str
    submitted_at: dt.datetime | None
    ledger_index: int | None
    rows: list[RowView]
    materials: list[MaterialView]


class EntryList(BaseModel):
    items: list[EntryView]


def view(entry: Entry) -> EntryView:
    definition, track = track_of(entry.season, entry.track)
    rows = [RowView(project=row.project, partner=row.partner, amount=row.amount,
                    expected_benefit=row.expected_benefit) for row in form_rows(entry.evidence, track)]
    materials = [MaterialView(code=item.material.code, name=item.name, gap=item.gap, blocks=item.blocks)
                 for item in checklist(entry, track, definition.year)]
    return EntryView(id=entry.id, contest=entry.season.code, year=entry.season.year, track=entry.track,
                     status=entry.status, name=entry.name, employer=entry.employer, summary=entry.summary,
                     submitted_at=entry.submitted_at, ledger_index=entry.ledger_index, rows=rows,
                     materials=materials)


@blueprint.get("/entries")
@blueprint.output(EntryList)
@blueprint.doc(summary="我的报名", responses=problems(), security="BearerAuth")
@access.member
def list_mine():
    mine = db().scalars(select(Entry).where(Entry.user_id == me().id).order_by(Entry.created_at, Entry.id))
    return EntryList(items=[view(entry) for entry in mine])


@blueprint.post("/entries")
@blueprint.input(Beginning, arg_name="body")
@blueprint.output(EntryView, status_code=201)
@blueprint.doc(summary="开始报名，按佐证预填", responses=REFUSALS, security="BearerAuth")
@access.member
def begin(body: Beginning):
    season = db().scalar(select(Season).where(Season.code == body.contest, Season.year == body.year))
    if season is None:
        raise NotFound("没有这一届竞赛")
    return view(operations.open_entry(db(), me(), season, body.track))


@blueprint.put("/entries/<uuid:entry_id>")
@blueprint.input(Wording, arg_name="body")
@blueprint.output(EntryView)
@blueprint.doc(summary="改报名表", responses=REFUSALS, security="BearerAuth")
@access.member
def edit(entry_id, body: Wording):
    entry = operations.find_entry(db(), me(), entry_id)
    operations.edit_entry(db(), me(), entry, phone=body.phone, employer=body.employer, summary=body.summary)
    return view(entry)


@blueprint.post("/entries/<uuid:entry_id>/submission")
@blueprint.input(Declaration, arg_name="body")
@blueprint.output(EntryView)
@blueprint.doc(summary="声明如实并提交", responses=REFUSALS, security="BearerAuth")
@access.member
def submit(entry_id, body: Declaration):
    entry = operations.find_entry(db(), me(), entry_id)
    submission.submit(db(), me(), entry, declared=body.declared)
    return view(entry)


@blueprint.post("/entries/<uuid:entry_id>/withdrawal")
@blueprint.output(EntryView)
@blueprint.doc(summary="撤回报名", responses=problems(403, 404, 409, 422), security="BearerAuth")
@access.member
def withdraw(entry_id):
    entry = operations.find_entry(db(), me(), entry_id)
    submission.withdraw_entry(db(), me(), entry)
    return view(entry)


@blueprint.get("/entries/<uuid:entry_id>/form")
@blueprint.input(FormQuery, location="query", arg_name="query")
@blueprint.doc(summary="附件 1 或附件 2", security="BearerAuth", responses={
    **problems(404, 422), 200: {"description": "一式两份的报名表", "content": {media: {} for _, media in RENDERERS.values()}}})
@access.member
@limiter.limit(EXPORT)
def form(entry_id, query: FormQuery) -> Response:
    entry = operations.find_entry(db(), me(), entry_id)
    filled = form_of(entry, track_of(entry.season, entry.track)[1])
    render, media_type = RENDERERS[query.kind]
    return attachment(render(filled), file_name(filled, query.kind), media_type)
