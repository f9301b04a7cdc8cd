"""What those who meet on a matching day press on the event's page: come, not come, go on talking."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from engagements.meetings import answers
from engagements.meetings.changes import find_meeting
from engagements.meetings.plans import published_plan
from models.errors import Conflict
from models.meetings import Meeting
from web import access
from web.identity import me
from web.sessions import db


@access.member
def confirm(activity_id, meeting_id):
    answers.confirm(db(), me(), _found(activity_id, meeting_id))
    flash(_("已确认，到时候见"), "success")
    return _back(activity_id)


@access.member
def decline(activity_id, meeting_id):
    answers.decline(db(), me(), _found(activity_id, meeting_id))
    flash(_("已取消这一场，对方和工作人员会收到消息"), "success")
    return _back(activity_id)


@access.member
def engage(activity_id, meeting_id):
    """After a held meeting: on to the engagement, which opens with this press unless it is there."""
    meeting = _found(activity_id, meeting_id)
    answers.side_in(me(), meeting)
    engagement = answers.engagement_of(db(), meeting)
    if engagement is None:
        try:
            engagement = answers.engage(db(), me(), meeting)
            flash(_("对接已经开始，等对方同意"), "success")
        except Conflict as error:
            flash(error.message, "error")
            return _back(activity_id)
    return redirect(url_for("engagements.show", engagement_id=engagement.id))


def _found(activity_id, meeting_id) -> Meeting:
    return find_meeting(db(), published_plan(db(), activity_id), meeting_id)


def _back(activity_id):
    return redirect(url_for("events.show", activity_id=activity_id, _anchor="mine"))
