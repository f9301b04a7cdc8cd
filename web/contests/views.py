from flask import render_template
from flask_babel import gettext as _

from contests.phases import standings
from contests.seasons import unsaid
from models.accounts import Role
from models.base import now
from models.contests import Season
from models.errors import NotFound
from web import access
from web.contests.season import present, rule_text, seasons
from web.identity import has_role
from web.sessions import db


@access.public
def index():
    return render_template("contests/list.html", seasons=[present(season) for season in seasons(db())])


@access.public
def show(season_id):
    season = db().get(Season, season_id)
    if season is None:
        raise NotFound(_("没有找到这一届竞赛"))
    card = present(season)
    return render_template("contests/show.html", season=card, definition=card.definition,
                           standings=standings(card.definition, now()), missing=unsaid(card.definition),
                           rule_text=rule_text, staff=has_role(Role.staff, Role.admin))
