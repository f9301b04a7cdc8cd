"""推荐排序: the rankers learned from outcomes, each with its comparison; hold them, choose one by hand, go back."""

from flask import Blueprint

from web.rankings import acts, views

blueprint = Blueprint("rankings", __name__, url_prefix="/staff/ranking")
blueprint.add_url_rule("", "list", views.index)
blueprint.add_url_rule("/<int:number>", "show", views.show)
blueprint.add_url_rule("/automatic", "automatic", acts.automatic, methods=["POST"])
blueprint.add_url_rule("/rollback", "roll_back", acts.roll_back, methods=["POST"])
blueprint.add_url_rule("/<int:number>/use", "use", acts.use, methods=["POST"])
blueprint.add_url_rule("/<int:number>/hold", "hold", acts.hold, methods=["POST"])
