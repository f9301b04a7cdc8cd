"""Contests as staff run them: the seasons, what the notice leaves open, who entered with what, paper in and out."""

from flask import Blueprint

from web.seasons import acts, dashboard, entry, lists, promotions, roster, settings

blueprint = Blueprint("seasons", __name__, url_prefix="/staff/contests")
blueprint.add_url_rule("", "list", lists.index, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:season_id>", "show", dashboard.show)
blueprint.add_url_rule("/<uuid:season_id>/contracts", "contracts", lists.contracts)
blueprint.add_url_rule("/<uuid:season_id>/settings", "settings", settings.edit, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:season_id>/promotions", "promotions", promotions.show, methods=["GET", "POST"])
blueprint.add_url_rule("/<uuid:season_id>/roster.xlsx", "roster", roster.export)
blueprint.add_url_rule("/entries/<uuid:entry_id>", "entry", entry.show)
blueprint.add_url_rule("/entries/<uuid:entry_id>/paper", "receive", acts.receive, methods=["POST"])
blueprint.add_url_rule("/entries/<uuid:entry_id>/return", "send_back", acts.send_back, methods=["POST"])
blueprint.add_url_rule("/entries/<uuid:entry_id>/sanction", "sanction", acts.sanction, methods=["GET", "POST"])
