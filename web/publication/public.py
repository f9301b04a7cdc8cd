"""What everybody reads and may do: the lists shown, their results, and an objection with its answer."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from contests.publication.lists import find_notice, notices, running
from contests.publication.masking import masked
from contests.publication.objections import MOST_FILES, Filing, file_objection, find_objection
from ingestion import files
from models.errors import Invalid, Refused
from models.publication import NoticeStatus, PublicNotice
from web import access
from web.identity import user
from web.limits import REGISTER, limiter
from web.publication.reading import checkpoint_over, gone, grade_of, groups, line_words, present
from web.refusals import NONE, refusal_of
from web.sessions import db

WHOLE = "whole"
FIELDS = ("line", "name", "contact", "text")


@access.public
def index():
    cards = [present(notice) for notice in notices(db()) if notice.status is not NoticeStatus.withdrawn]
    return render_template("publication/list.html", running=[card for card in cards if card.running],
                           waiting=[card for card in cards if not card.running and card.document is None],
                           settled=[card for card in cards if card.document is not None])


@access.public
def show(notice_id):
    notice = find_notice(db(), notice_id)
    card = present(notice)
    return render_template("publication/show.html", card=card, notice=notice, groups=groups(card), gone=gone(card),
                           grade=lambda line: grade_of(card, line), words=lambda line: line_words(card, line),
                           checkpoint=checkpoint_over(notice.ledger_index), masked=masked)


@access.public
@limiter.limit(REGISTER, methods=["POST"])
def file(notice_id):
    """The form of an objection. No account is needed; what it says of the person stays with the union."""
    notice, refusal = find_notice(db(), notice_id), NONE
    if request.method == "POST":
        try:
            found = file_objection(db(), notice, _filing(notice), user())
            flash(_("已收到，编号 %(number)s。请把这个页面的地址存下来，答复就写在这里", number=found.number), "success")
            return redirect(url_for("notices.answer", objection_id=found.id))
        except Invalid as error:
            db().rollback()
            notice, refusal = find_notice(db(), notice_id), refusal_of(error)
    elif not running(notice):
        raise Refused(_("这次公示不再收异议：%(state)s", state=present(notice).state[0]))
    card = present(notice)
    removed = gone(card)
    lines = [(str(line.id), line_words(card, line)) for line in notice.lines if line.id not in removed]
    return render_template("publication/object.html", card=card, notice=notice, lines=lines, whole=WHOLE,
                           typed={name: request.form.get(name, "") for name in FIELDS}, most_files=MOST_FILES,
                           errors=refusal.errors, problems=refusal.problems, failed=bool(refusal.problems),
                           refusal=refusal), refusal.status


@access.public
def answer(objection_id):
    """What became of an objection, at the address its filer was given. Neither name nor contact is shown."""
    objection = find_objection(db(), objection_id)
    card = present(objection.notice)
    return render_template("publication/answer.html", objection=objection, card=card, masked=masked,
                           about=line_words(card, objection.line) if objection.line else _("整份名单"))


def _filing(notice: PublicNotice) -> Filing:
    form, lines = request.form, {str(line.id): line for line in notice.lines}
    chosen = form.get("line", "")
    if chosen != WHOLE and chosen not in lines:
        raise Invalid(_("选一项：对名单里的哪一项有异议"), field="line")
    uploads = [one for one in request.files.getlist("files") if one.filename]
    if len(uploads) > MOST_FILES:
        raise Invalid(_("最多附 %(n)s 个文件。可以合成一份 PDF", n=MOST_FILES), field="files")
    settings = current_app.extensions["settings"]
    kept = [files.keep(settings, one.filename, one.stream, "files") for one in uploads]
    return Filing(form.get("name", ""), form.get("contact", ""), form.get("text", ""), lines.get(chosen), kept)
