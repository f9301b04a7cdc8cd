"""旧账: what sheets said of collaborations, and what the two sides have said to it."""

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from engagements.parties import SIDE_NAMES
from models.accounts import Expert
from models.claims import ClaimedEngagement
from models.demands import Demand
from models.engagements import Side
from web import access, names, paging
from web.engagements.progress import OPENINGS
from web.sessions import db

PAGE_SIZE = 30


@access.staff
def index():
    """The latest first."""
    page = paging.asked(db().scalar(select(func.count()).select_from(ClaimedEngagement)), PAGE_SIZE)
    found = db().scalars(
        select(ClaimedEngagement).order_by(ClaimedEngagement.created_at.desc(), ClaimedEngagement.id).options(
            joinedload(ClaimedEngagement.demand).joinedload(Demand.organisation),
            joinedload(ClaimedEngagement.expert).joinedload(Expert.organisation))
        .offset(page.offset).limit(page.size)).all()
    return render_template("imports/claims.html", claims=found, page=page, stages=names.STAGE, openings=OPENINGS,
                           said=_said)


def _said(claim: ClaimedEngagement) -> tuple[str, str]:
    """Word and tone of what the two sides have said."""
    if claim.denied_by is not None:
        return _("%(side)s说没有这回事", side=SIDE_NAMES[claim.denied_by]), "seal"
    if claim.engagement_id is not None:
        return _("双方已确认"), "pine"
    sides = [SIDE_NAMES[side] for side in Side if claim.confirmed_at(side) is None]
    return _("等%(sides)s确认", sides=_("和").join(sides)), "amber"
