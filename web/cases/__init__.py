"""Cases of a contest's lifecycles: what is due, each case's course, the moves open to a person, offices, quotas."""

from flask import Blueprint

from web.cases import figures, offices, opening, quotas, views

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
blueprint.add_url_rule("", "list", views.index)
blueprint.add_url_rule("/new/<uuid:season_id>/<lifecycle>", "new", opening.new, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:case_id>", "show", views.show)
blueprint.add_url_rule("/<uuid:case_id>/moves/<code>", "move", views.move, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:case_id>/returns/<lifecycle>", "attach", opening.attach, methods=["GET", "POST"])
blueprint.add_url_rule("/offices/<uuid:season_id>", "offices", offices.index, methods=["GET", "POST"])
blueprint.add_url_rule("/offices/<uuid:office_id>/end", "end_office", offices.end, methods=["POST"])
blueprint.add_url_rule("/quotas/<uuid:season_id>", "quotas", quotas.edit, methods=["GET", "POST"])
blueprint.add_url_rule("/figures/<uuid:season_id>", "figures", figures.board, methods=["GET", "POST"])
