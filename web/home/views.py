from flask import render_template

from models.base import city_day
from web import access
from web.contests.season import present, seasons
from web.demands.cards import card
from web.display import today
from web.home import figures, notices
from web.sessions import db


@access.public
def index():
    season = next((shown for shown in map(present, seasons(db())) if shown.now), None)
    newest = notices.newest(db())
    posted_today = newest is not None and city_day(newest.published_at) == today()
    return render_template("home/index.html", figures=figures.figures(db()), newest=card(newest) if newest else None,
                           newest_today=posted_today,
                           due=[card(row) for row in notices.due(db())], season=season,
                           taken=notices.taken(db()))
