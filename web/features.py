"""Every feature of the site, one line each."""

from flask import Flask

from web.session import blueprint as session

BLUEPRINTS = (session,)


def register(app: Flask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
