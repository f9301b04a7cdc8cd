"""专家与工匠: who can do what, how much room they have, what was verified. No phone numbers."""

from flask import Blueprint

from web.experts import views

blueprint = Blueprint("experts", __name__, url_prefix="/experts")
blueprint.add_url_rule("", "hall", views.hall)
blueprint.add_url_rule("/experts.xlsx", "export", views.export)
blueprint.add_url_rule("/<uuid:expert_id>", "show", views.show)
