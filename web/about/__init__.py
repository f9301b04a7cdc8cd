"""说明: how recommendations come about, the terms of use, what happens to personal data, how accessible the site is."""

from flask import Blueprint

from web.about import views

blueprint = Blueprint("about", __name__, url_prefix="/about")
blueprint.add_url_rule("/matching", "matching", views.matching)
blueprint.add_url_rule("/terms", "terms", views.terms)
blueprint.add_url_rule("/privacy", "privacy", views.privacy)
blueprint.add_url_rule("/access", "access", views.accessibility)
