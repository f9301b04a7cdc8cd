"""A team, an organisation, a collective enters: begun by its name, then members, project and files, then handed in."""

import re
import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from contests import entries, group_entries
from contests.entry_access import track_of
from contests.group_entries import MOST_MEMBERS, GroupForm, MemberForm
from models.contests import Entry, MemberKind, Season
from models.errors import Conflict, Invalid, NotFound, Refused
from web import access
from web.contests.season import title_of
from web.entries.group_page import Row, page
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import NONE, refusal_of
from web.sessions import db

ROW = re.compile(r"member-(\d{1,3})-name")


@access.member
@limiter.limit(CONFIRM, methods=["POST"])
def begin(season_id, track):
    """The name, and what is asked of who enters."""
    season, refusal = _season(season_id), NONE
    definition, group = track_of(season, track)
    if group not in group_entries.open_groups(definition):
        raise NotFound(_("这个组别不从这里报名"))
    if request.method == "POST":
        try:
            entry = group_entries.enter_group(db(), me(), season, track, name=request.form.get("name", ""))
            return redirect(url_for("entries.show", entry_id=entry.id))
        except (Invalid, Conflict) as error:
            refusal = refusal_of(error)
    return render_template("entries/begin.html", season=season, definition=definition, track=group,
                           title=title_of(definition), typed=request.form.get("name", ""), refusal=refusal,
                           errors=refusal.errors, failed=bool(refusal.problems)), refusal.status


@access.member
@limiter.limit(CONFIRM)
def save(entry_id):
    """Keep what was worded; add or take out a row of the members; or hand the entry in."""
    entry, go = entries.find_entry(db(), me(), entry_id), request.form.get("go", "")
    rows = typed_rows(request.form)
    if go == "add" or go.startswith("remove-"):
        return page(entry, rows=_changed(rows, go))
    try:
        group_entries.edit_group(db(), me(), entry, _form(entry, rows))
        if go == "submit":
            group_entries.submit_group(db(), me(), entry, declared="declared" in request.form)
            flash(_("已提交，写进台账第 %(n)s 条", n=entry.ledger_index), "success")
        else:
            flash(_("已保存"), "success")
    except (Invalid, Refused) as error:
        refusal = refusal_of(error)
        db().rollback()
        return page(entries.find_entry(db(), me(), entry_id), refusal, rows)
    return redirect(url_for("entries.show", entry_id=entry.id))


def _changed(rows: list[Row], go: str) -> list[Row]:
    """One row more, or one less: what the buttons do where no script runs."""
    if go == "add":
        return [*rows, Row(str(max((int(row.number) for row in rows), default=-1) + 1))][:MOST_MEMBERS]
    return [row for row in rows if row.number != go.removeprefix("remove-")]


def typed_rows(fields: MultiDict) -> list[Row]:
    """The members as typed, in order of their numbers; numbers may have gaps where rows were taken out."""
    numbers = sorted({int(found[1]) for found in map(ROW.fullmatch, fields) if found})
    return [Row(str(n), fields.get(f"member-{n}-name", ""), fields.get(f"member-{n}-kind", ""),
                fields.get(f"member-{n}-organisation", ""), f"member-{n}-student" in fields,
                f"member-{n}-defender" in fields, f"member-{n}-mine" in fields) for n in numbers]


def _form(entry: Entry, rows: list[Row]) -> GroupForm:
    """Rows that are empty altogether are left out. Invalid, beside its field, for a kind that is none."""
    form = request.form
    return GroupForm(form.get("phone", ""), form.get("employer", ""), form.get("summary", ""),
                     [_member(row) for row in rows if row.name.strip() or row.organisation.strip()],
                     {"meets": form.getlist("meets")} if "meets_asked" in form else None)


def _member(row: Row) -> MemberForm:
    if not row.name.strip():
        raise Invalid(_("写上这位成员的姓名"), field=f"member-{row.number}-name")
    try:
        kind = MemberKind(row.kind)
    except ValueError:
        raise Invalid(_("选%(name)s是哪一方的", name=row.name), field=f"member-{row.number}-kind") from None
    return MemberForm(row.name, kind, row.organisation, row.student, row.defender,
                      user_id=me().id if row.mine else None)


def _season(season_id: uuid.UUID) -> Season:
    season = db().get(Season, season_id)
    if season is None:
        raise NotFound(_("没有找到这一届竞赛"))
    return season
