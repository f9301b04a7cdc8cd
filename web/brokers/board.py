"""The broker's board: introductions by how far they came, requests that wait for somebody, and one introduction."""

from collections.abc import Sequence
from functools import partial

from flask import render_template
from flask_babel import gettext as _

from contests.publication.calendar import exceptions
from contests.publication.working_days import Exceptions
from engagements import listing
from engagements.days import working_days_between
from engagements.introductions import broker_of, find_introduction
from engagements.parties import acts_for
from models.accounts import Role
from models.base import city_day, today
from models.engagements import Introduction, Side, Stage
from web import access, names
from web.demands.cards import company
from web.identity import me
from web.sessions import db

REPLY = 3
"""Working days after which a broker had better ask again."""


@access.roles(Role.broker)
def board():
    broker = broker_of(db(), me())
    mine = listing.introductions_by(db(), broker)
    return render_template("brokers/board.html", columns=columns(mine), reply=REPLY,
                           waited=partial(waited, entered=exceptions(db())),
                           requests=listing.waiting_requests(db()), ended=[one for one in mine if _ended(one)],
                           end_names=names.END, broker=broker, company=company)


@access.member
def waiting():
    """Introductions that wait for this person's answer."""
    return render_template("brokers/waiting.html", company=company,
                           items=listing.introductions_for(db(), me()))


@access.member
def show(intro_id):
    intro = find_introduction(db(), me(), intro_id)
    side = Side.expert if intro.expert.user_id == me().id else \
        Side.enterprise if acts_for(me(), intro.demand.organisation_id) else None
    return render_template("brokers/show.html", intro=intro, side=side, asked=asked(intro, side), end_names=names.END,
                           company=company, may_take_up=Role.broker in me().roles and intro.broker_id is None
                           and intro.refused_at is None)


def asked(intro: Introduction, side: Side | None) -> bool:
    """Whether this side still has to answer."""
    if side is None or intro.broker_id is None or intro.refused_at is not None or intro.engagement_id is not None:
        return False
    answered = intro.enterprise_consented_at if side is Side.enterprise else intro.expert_consented_at
    return answered is None


def columns(mine: Sequence[Introduction]) -> list[tuple[str, list[Introduction]]]:
    """The standing introductions by how far they came."""
    standing = [one for one in mine if not _ended(one)]
    stages = {Stage.interest: _("双方同意，约见面"), Stage.visit: _("见面和试验"), Stage.contract: _("签约")}
    found = [(_("等双方答复"), [one for one in standing if one.engagement is None])]
    for stage, title in stages.items():
        same = {Stage.visit, Stage.trial} if stage is Stage.visit else {stage}
        found.append((title, [one for one in standing if one.engagement and one.engagement.stage in same]))
    return found


def waited(intro: Introduction, entered: Exceptions) -> int:
    """Working days since the introduction was made. `entered`: the days of the table of holidays."""
    return working_days_between(city_day(intro.created_at), today(), entered)


def _ended(intro: Introduction) -> bool:
    return intro.refused_at is not None or (intro.engagement is not None and intro.engagement.stage is Stage.ended)
