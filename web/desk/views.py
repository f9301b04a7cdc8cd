"""One desk for whoever comes: the tasks of every role held, or what is still to be decided."""

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy import select

from ingestion import follow
from matching.pairing import POOL
from matching.recommend import recommend_demands
from models.accounts import Expert, Role
from models.audit import Notice
from models.engagements import Side
from models.errors import NotFound
from web import access, impressions, names, narrowing
from web import matches as blocks
from web.demands import suggestions
from web.demands.cards import card
from web.desk import figures, tasks
from web.identity import me
from web.notices import notice_url
from web.search import searcher
from web.sessions import db

STAFF = {Role.staff, Role.admin}
NOTICES = 5
SHOWN = 10


@access.member
def mine():
    person = me()
    found = tasks.of(db(), person)
    unread = db().scalars(select(Notice).where(Notice.user_id == person.id, Notice.read_at.is_(None))
                          .order_by(Notice.created_at.desc(), Notice.id).limit(NOTICES)).all()
    layout = "layouts/staff.html" if person.roles and person.roles <= STAFF else "layouts/desk.html"
    return render_template("desk/mine.html", layout=layout, person=person, tasks=found, notices=unread,
                           figures=figures.of(db(), person), notice_url=notice_url,
                           pending=[grant for grant in person.grants if grant.status != "approved"],
                           followed=[card(demand) for demand in follow.followed(db(), person)],
                           near=suggestions.mine(person))


@access.roles(Role.expert)
def matches():
    expert = db().scalar(select(Expert).where(Expert.user_id == me().id))
    if expert is None:
        raise NotFound(_("没有找到您的专家资料"))
    if not me().personalised:
        return render_template("desk/matches.html", pairs=None, end=None, dismissals=names.DISMISSAL)
    limit = POOL if request.args.get("more") else SHOWN
    found = recommend_demands(db(), searcher(), expert, narrowing.demand_filters(request.args), limit)
    impressions.shown(me(), Side.expert, found.matches)
    pairs = [(card(match.demand), match.demand, blocks.block(match.fit, match.reasons)) for match in found.matches]
    return render_template("desk/matches.html", pairs=pairs, end=found.no_more, dismissals=names.DISMISSAL,
                           choices=narrowing.demand_choices(request.args))


