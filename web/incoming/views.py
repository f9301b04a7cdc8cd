"""The list with its upload, the page where each value is decided, the adoption."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ingestion.notices.additions import FIELDS
from ingestion.notices.decisions import Verdict
from ingestion.notices.opening import notice_text
from jobs.drafts.notices import (
    adopt_notice,
    bring_in,
    decide,
    definition_made,
    draft_of,
    find_notice,
    notices,
    reopen,
)
from models.errors import Conflict, Invalid
from models.notices import ContestNotice
from web import access
from web.downloads import attachment
from web.identity import me
from web.incoming import wording
from web.incoming.additions import added, form_of
from web.incoming.rows import Section, pieces, row_id, sections
from web.limits import CONFIRM, UPLOAD, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

LARGEST = 20 * 1024 * 1024


@access.staff
@limiter.limit(UPLOAD, methods=["POST"])
def index():
    """All notices; a file or pasted text is read and leads to its page."""
    refusal = NONE
    if request.method == "POST":
        try:
            notice = bring_in(db(), me(), *_received())
            return redirect(url_for("incoming.show", notice_id=notice.id))
        except Invalid as error:
            refusal = refusal_of(error)
    lines = [(one, sum(section.left for section in sections(one, {}))) for one in notices(db())]
    return render_template("incoming/list.html", lines=lines, refusal=refusal, errors=refusal.errors,
                           typed=request.form.get("text", ""), failed=bool(refusal.problems)), refusal.status


@access.staff
def show(notice_id):
    """A GET shows the reading; a POST keeps the decisions of a section, or of all rows that somebody touched."""
    notice = find_notice(db(), notice_id)
    if request.method != "POST":
        return shown_page(notice, NONE)
    try:
        changed = decide(db(), me(), notice, _verdicts(notice), version=version_typed())
    except (Invalid, Conflict) as error:
        db().rollback()
        return shown_page(find_notice(db(), notice_id), refusal_of(error), _typed())
    if changed:
        flash(_("记下了 %(n)s 项", n=changed), "success")
    return redirect(url_for("incoming.show", notice_id=notice.id, _anchor=request.form.get("accept") or None))


@access.staff
def take_back(notice_id):
    notice = find_notice(db(), notice_id)
    path = request.form.get("path", "")
    try:
        reopen(db(), me(), notice, path, version=version_typed())
    except Conflict as error:
        db().rollback()
        return shown_page(find_notice(db(), notice_id), refusal_of(error))
    return redirect(url_for("incoming.show", notice_id=notice_id, _anchor=row_id(path)))


@access.staff
@limiter.limit(CONFIRM)
def adopt(notice_id):
    try:
        adopt_notice(db(), me(), find_notice(db(), notice_id), request.form.get("code", ""), version=version_typed())
    except (Invalid, Conflict) as error:
        db().rollback()
        return shown_page(find_notice(db(), notice_id), refusal_of(error))
    flash(_("已定为竞赛定义。在“竞赛”里可以开出一届"), "success")
    return redirect(url_for("incoming.show", notice_id=notice_id))


@access.staff
def definition(notice_id) -> Response:
    """The definition file: as adopted, else as the decisions stand."""
    notice = find_notice(db(), notice_id)
    made = definition_made(db(), notice)
    return attachment((made.source if made else draft_of(notice)).encode(), "definition.toml", "application/toml")


def _received() -> tuple[str, str]:
    """(name, text) of what was uploaded or pasted."""
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        data = upload.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise Invalid(_("文件超过 20 MB。请只传通知本身"), field="file")
        return upload.filename, notice_text(upload.filename, data)
    text = request.form.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise Invalid(_("选一份文件，或者把通知全文贴进来"), field="file")
    return "", text


def shown_page(notice: ContestNotice, refusal: Refusal, typed: dict[str, str] | None = None):
    """The notice's page; with ?add=KEY, or after a refused addition, the form for an item of that list in it."""
    found = sections(notice, typed or {})
    rows, additions = [row for section in found for row in section.rows], added(notice)
    read = [row for row in rows if not row.silent]
    problems = [(row_id(field) if "." in field or field in notice.reading else field, message)
                for field, message in refusal.problems]
    return render_template(
        "incoming/show.html", notice=notice, sections=found, pieces=pieces(notice.text, [*rows, *additions]),
        made=_made(notice), done=sum(row.decided for row in read), total=len(read),
        left=sum(section.left for section in found), additions=additions, form=form_of(notice), addable=list(FIELDS),
        keys=wording.KEY, fields=wording.FIELD, verdicts=wording.VERDICT,
        refusal=Refusal(problems, refusal.status), failed=bool(problems), errors=Refusal(problems).errors,
        title=_title(notice)), refusal.status


def _made(notice: ContestNotice):
    return definition_made(db(), notice) if notice.adopted_at else None


def _title(notice: ContestNotice) -> str:
    return notice.reading["title"]["value"] or notice.name or _("没有标题的通知")


def _typed() -> dict[str, str]:
    return {name.removeprefix("t:"): value for name, value in request.form.items() if name.startswith("t:")}


def _verdicts(notice: ContestNotice) -> dict[str, tuple[Verdict, str]]:
    """What the form decides: the rows with a verdict or a changed text, and with `accept` the rest of that section."""
    typed, whole = _typed(), request.form.get("accept", "")
    found: dict[str, tuple[Verdict, str]] = {}
    for section in sections(notice, {}):
        for row in section.rows:
            path = row.one.path
            said, text = request.form.get(f"d:{path}", ""), typed.get(path, row.typed)
            if said in (Verdict.accepted, Verdict.refused):
                found[path] = (Verdict(said), text)
            elif text.strip() and text != row.typed:
                found[path] = (Verdict.corrected, text)
            elif _rest(section, whole) and not row.decided and not row.silent:
                found[path] = (Verdict.accepted, text)
    return found


def _rest(section: Section, whole: str) -> bool:
    return whole == section.key


def version_typed() -> int:
    typed = request.form.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
