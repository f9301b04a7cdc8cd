"""足迹: what a broker did, as the contest asks for it: introductions, events, contracts with their share."""

from flask import render_template
from sqlalchemy import select

from engagements import listing
from engagements.introductions import broker_of
from models.accounts import Role
from models.activities import Activity, Attendance
from models.contracts import BrokerShare, Contract
from web import access
from web.contracts.views import status_of
from web.identity import me
from web.sessions import db


@access.roles(Role.broker)
def trail():
    broker = broker_of(db(), me())
    intros = listing.introductions_by(db(), broker)
    agreed = [one for one in intros if one.engagement_id is not None]
    shares = list(db().scalars(select(BrokerShare).join(Contract, BrokerShare.contract_id == Contract.id)
                               .where(BrokerShare.broker_id == broker.id).order_by(Contract.created_at.desc())))
    attended = list(db().scalars(
        select(Attendance).join(Activity, Attendance.activity_id == Activity.id)
        .where(Attendance.user_id == me().id).order_by(Activity.held_on.desc())))
    return render_template("brokers/trail.html", broker=broker, intros=intros, agreed=agreed, shares=shares,
                           attended=attended, came=[one for one in attended if one.attended_at], status_of=status_of)
