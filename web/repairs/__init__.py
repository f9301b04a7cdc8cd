"""文字修复: a damaged text beside its clean one, each change with its reason; a person refuses some, takes it along."""

from flask import Blueprint

from web.repairs import views

blueprint = Blueprint("repairs", __name__, url_prefix="/text-repair")
blueprint.add_url_rule("", "page", views.page, methods=["GET", "POST"])
blueprint.add_url_rule("/chosen", "chosen", views.chosen, methods=["POST"])
