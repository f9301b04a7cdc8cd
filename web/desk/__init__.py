"""The member's desk (工作台): what waits for me now, and what meets what I can do."""

from flask import Blueprint

from web.desk import views

blueprint = Blueprint("desk", __name__)
blueprint.add_url_rule("/desk", "mine", views.mine)
matches_blueprint = Blueprint("matches", __name__)
matches_blueprint.add_url_rule("/my/matches", "mine", views.matches)
