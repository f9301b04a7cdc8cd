"""发文公布: the result document written by staff, and its paper for everybody."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from contests.publication.document import ResultPaper, paper_of
from contests.publication.lists import find_notice, open_objections
from contests.publication.print import render_result
from contests.publication.results import Draft, obstacles, proposed, publish_result
from contests.publication.word import render_docx
from models.accounts import Role
from models.base import today
from models.errors import Invalid, NotFound
from models.publication import NoticeStatus, ResultDocument
from web import access
from web.downloads import attachment
from web.entries.files import DOCX, PDF, RENDER
from web.identity import me
from web.limits import CONFIRM, limiter
from web.publication.reading import boxes, present, read_day, typed_day
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db

TEXTS = ("document_number", "title", "addressees", "body", "signed_by")


@access.roles(Role.staff)
@limiter.limit(CONFIRM, methods=["POST"])
def compose(notice_id):
    """The document's words; publishing it settles the notice and issues the certificates."""
    notice, refusal = find_notice(db(), notice_id), NONE
    if request.method == "POST":
        try:
            document = publish_result(db(), me(), notice, _draft())
            flash(_("已公布，%(number)s。证书一并发出", number=document.document_number), "success")
            return redirect(url_for("publication.show", season_id=notice.season_id))
        except Invalid as error:
            db().rollback()
            notice, refusal = find_notice(db(), notice_id), refusal_of(error)
    return _page(notice, refusal)


@access.public
@limiter.limit(RENDER)
def pdf(notice_id):
    paper = _paper(notice_id)
    return attachment(render_result(paper), f"{paper.number} {paper.title}.pdf", PDF)


@access.public
@limiter.limit(RENDER)
def docx(notice_id):
    paper = _paper(notice_id)
    return attachment(render_docx(paper), f"{paper.number} {paper.title}.docx", DOCX)


def _page(notice, refusal: Refusal):
    begun = {name: proposed(notice).get(name, "") for name in TEXTS}
    typed = {name: request.form.get(name, begun[name]) for name in TEXTS}
    return render_template(
        "publication/result.html", notice=notice, card=present(notice), typed=typed,
        dated=typed_day("dated") if request.method == "POST" else boxes(today()),
        obstacles=obstacles(notice) if notice.status is NoticeStatus.open else [_("这次公示已经撤下，或者结果已经公布")],
        waiting=open_objections(notice), refusal=refusal, errors=refusal.errors,
        failed=bool(refusal.problems)), refusal.status


def _draft() -> Draft:
    return Draft(dated=read_day("dated", _("成文日期")), **{name: request.form.get(name, "") for name in TEXTS})


def _paper(notice_id) -> ResultPaper:
    document = db().scalar(select(ResultDocument).where(ResultDocument.notice_id == notice_id))
    if document is None:
        raise NotFound(_("这次公示还没有公布结果"))
    return paper_of(document)
