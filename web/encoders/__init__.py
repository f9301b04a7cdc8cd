"""向量模型: which model the postings are embedded with, how far another one is, and the change from one to the other."""

from flask import Blueprint

from web.encoders import views

blueprint = Blueprint("encoders", __name__, url_prefix="/staff/encoders")
blueprint.add_url_rule("", "list", views.index)
blueprint.add_url_rule("/rollback", "roll_back", views.roll_back, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:generation_id>/prepare", "prepare", views.prepare, methods=["POST"])
blueprint.add_url_rule("/<uuid:generation_id>/switch", "switch", views.switch, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:generation_id>/retire", "retire", views.retire, methods=["GET", "POST"])
