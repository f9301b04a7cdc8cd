"""Every feature of the site, one line each."""

from flask import Flask

from web import api
from web.board import blueprint as board
from web.session import blueprint as session

BLUEPRINTS = (session, board,)


def register(app: Flask) -> None:
    for blueprint in (*BLUEPRINTS, *api.BLUEPRINTS):
        app.register_blueprint(blueprint)
