"""The reader's own meetings on an event's page: when, where, with whom, and what may be pressed."""

from dataclasses import dataclass

from flask_babel import gettext as _

from engagements.meetings import answers
from engagements.meetings.clock import slots_of
from engagements.meetings.reading import firm_known_to, mine
from models.activities import Activity
from models.base import today
from models.engagements import Side
from models.meetings import MatchingDay, Meeting, MeetingState
from web.demands.cards import company
from web.identity import me, user
from web.sessions import db


@dataclass(frozen=True)
class Turn:
    """One meeting as one side sees it."""

    meeting: Meeting
    time: str
    who: str
    unit: str
    confirmed: bool
    answerable: bool
    """Whether the reader may still say that they come or not."""
    engaged: bool


def turns(activity: Activity) -> list[Turn]:
    """The reader's meetings of the published plan by time; none for a visitor."""
    day = db().get(MatchingDay, activity.id) if user() else None
    if day is None:
        return []
    spans = [slot.span for slot in slots_of(day)]
    return [_turn(activity, spans, one) for one in mine(db(), me(), activity.id)]


def _turn(activity: Activity, spans: list[str], one: Meeting) -> Turn:
    expert_side = answers.side_in(me(), one) is Side.expert
    if expert_side:
        known = firm_known_to(db(), me(), one.demand)
        who, unit = (one.demand.organisation.display_name if known else company(one.demand)), one.demand.title
    else:
        who, unit = f"{one.expert.name}（{one.expert.organisation.display_name}）", one.demand.title
    confirmed = one.expert_confirmed_at if expert_side else one.enterprise_confirmed_at
    return Turn(one, spans[one.slot] if one.slot < len(spans) else _("时间待定"), who, unit, confirmed is not None,
                one.state is MeetingState.planned and activity.held_on >= today(),
                answers.engagement_of(db(), one) is not None)
