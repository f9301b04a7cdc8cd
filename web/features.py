"""Every feature of the site, one line each."""

from flask import Flask

from web import api
from web.about import blueprint as about
from web.activities import blueprint as events
from web.board import blueprint as board
from web.brokers import blueprint as intros
from web.brokers import trail_blueprint as broker
from web.contests import blueprint as contests
from web.contracts import blueprint as contracts
from web.demands import blueprint as demands
from web.engagements import blueprint as engagements
from web.experts import blueprint as experts
from web.guide import blueprint as guide
from web.home import blueprint as home
from web.session import blueprint as session

BLUEPRINTS = (home, guide, experts, demands, contests, about, session, board, engagements, contracts, intros, broker,
              events)


def register(app: Flask) -> None:
    for blueprint in (*BLUEPRINTS, *api.BLUEPRINTS):
        app.register_blueprint(blueprint)
