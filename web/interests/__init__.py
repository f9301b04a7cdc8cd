"""利益回避: declared conflicts of interest, one page for experts, enterprises and staff."""

from flask import Blueprint

from web.interests import views

blueprint = Blueprint("interests", __name__, url_prefix="/conflicts")
blueprint.add_url_rule("", "mine", views.mine, methods=["GET", "POST"])
blueprint.add_url_rule("/conflicts.xlsx", "export", views.export)
blueprint.add_url_rule("/<uuid:conflict_id>/withdraw", "withdraw", views.withdraw, methods=["POST"])
