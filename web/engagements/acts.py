"""Steps inside an engagement: agree to talk, note a meeting or a trial, leave with a reason."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from engagements import conversations, openings
from engagements.parties import find_engagement, require_side
from models.engagements import EndCode, Stage
from models.errors import Invalid
from web import access, names
from web.identity import me
from web.refusals import NONE, refusal_of
from web.sessions import db


@access.member
def accept(engagement_id):
    engagement = find_engagement(db(), me(), engagement_id)
    openings.accept(db(), me(), engagement)
    flash(_("已同意。双方现在能看到彼此的电话"), "success")
    return redirect(url_for("engagements.show", engagement_id=engagement.id))


@access.member
def advance(engagement_id):
    engagement = find_engagement(db(), me(), engagement_id)
    try:
        stage = Stage(request.form.get("stage", ""))
    except ValueError as error:
        raise Invalid(_("没有这个阶段，请刷新页面再试"), field="stage") from error
    conversations.advance(db(), me(), engagement, stage, request.form.get("note", ""))
    flash(_("记下了，对方会收到通知"), "success")
    return redirect(url_for("engagements.show", engagement_id=engagement.id))


@access.member
def end(engagement_id):
    engagement = find_engagement(db(), me(), engagement_id)
    require_side(me(), engagement)
    refusal = NONE
    if request.method == "POST":
        try:
            conversations.end(db(), me(), engagement, _code(), request.form.get("note", ""))
            flash(_("已结束。对方会收到通知，信用不受影响"), "success")
            return redirect(url_for("engagements.show", engagement_id=engagement.id))
        except Invalid as error:
            refusal = refusal_of(error)
    return render_template("engagements/end.html", engagement=engagement, codes=names.END.items(),
                           refusal=refusal, errors=refusal.errors, failed=bool(refusal.problems),
                           typed=request.form), refusal.status


def _code() -> EndCode:
    try:
        return EndCode(request.form.get("code", ""))
    except ValueError as error:
        raise Invalid(_("选一个原因"), field="code") from error
