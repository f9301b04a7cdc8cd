"""The first page: what the platform is, what is new, what is nearly due."""

from flask import Blueprint

from web.home import views

blueprint = Blueprint("home", __name__)
blueprint.add_url_rule("/", "index", views.index)
