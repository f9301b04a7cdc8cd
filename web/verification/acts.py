"""What a member of staff decides on one item."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from engagements import queue as queues
from engagements import verification
from models.accounts import Role
from models.contracts import Collaboration
from models.errors import Invalid
from web import access
from web.identity import me
from web.limits import CONFIRM, limiter
from web.refusals import Refusal, refusal_of
from web.sessions import db
from web.verification.views import desk, rows_of, typed_opinions


@access.roles(Role.staff)
@limiter.limit(CONFIRM)
def decide(collaboration_id):
    """One form, four buttons. A refusal shows the desk again with everything that was typed."""
    collaboration = verification.find_collaboration(db(), me(), collaboration_id)
    act = ACTS.get(request.form.get("act", ""))
    try:
        if act is None:
            raise Invalid(_("选一个处理办法：通过、退回、复核或回避"))
        text = act(collaboration)
    except Invalid as error:
        return desk(queues.waiting(db(), me()), collaboration, _placed(refusal_of(error)))
    flash(text, "success")
    done = collaboration.id if act is _approve else None
    return redirect(_next_url(collaboration, done))


@access.roles(Role.staff)
@limiter.limit(CONFIRM)
def undo(collaboration_id):
    collaboration = verification.find_collaboration(db(), me(), collaboration_id)
    verification.undo(db(), me(), collaboration)
    flash(_("已撤回，%(number)s 回到队列", number=collaboration.number), "success")
    return redirect(url_for("verification.show", collaboration_id=collaboration.id))


def _approve(collaboration: Collaboration) -> str:
    _scan, rows = rows_of(collaboration.contract.revision)
    verification.approve(db(), me(), collaboration, revision=_revision(), rows=rows, opinions=typed_opinions(),
                         original_seen="original_seen" in request.form, receipt=request.form.get("receipt", ""))
    return _("%(number)s 核验通过，已盖“原件已核”。30 分钟内可以撤回", number=collaboration.number)


def _return(collaboration: Collaboration) -> str:
    verification.send_back(db(), me(), collaboration, revision=_revision(),
                           reason=request.form.get("reason-return", ""))
    return _("%(number)s 已退回，双方会收到原因", number=collaboration.number)


def _second(collaboration: Collaboration) -> str:
    verification.ask_second(db(), me(), collaboration, revision=_revision(),
                            reason=request.form.get("reason-second", ""))
    return _("%(number)s 已请另一人复核", number=collaboration.number)


def _recuse(collaboration: Collaboration) -> str:
    verification.recuse(db(), me(), collaboration, reason=request.form.get("reason-recuse", ""))
    return _("您已回避 %(number)s，由别人来核", number=collaboration.number)


ACTS = {"approve": _approve, "return": _return, "second": _second, "recuse": _recuse}


def _placed(refusal: Refusal) -> Refusal:
    """The refusal, with a missing reason beside the box of the button that was pressed."""
    place = f"reason-{request.form.get('act')}"
    problems = [(place if name == "reason" else name, message) for name, message in refusal.problems]
    return Refusal(problems, refusal.status)


def _revision() -> int:
    return request.form.get("revision", 0, type=int)


def _next_url(collaboration: Collaboration, done) -> str:
    """The next item in the queue, so that staff go on without going back."""
    rest = [item.collaboration.id for item in queues.waiting(db(), me()) if item.collaboration.id != collaboration.id]
    if rest:
        return url_for("verification.show", collaboration_id=rest[0], done=done)
    return url_for("verification.queue", done=done)
