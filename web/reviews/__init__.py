"""评审: the reviewer's list and score sheets; for staff the committees, assignment, progress, opening, live scoring."""

from flask import Blueprint

from web.reviews import accounts, committees, live, members, paper, recusals, rounds, sheets

blueprint = Blueprint("reviews", __name__, url_prefix="/reviews")
blueprint.add_url_rule("", "mine", sheets.mine)
blueprint.add_url_rule("/sheets/<uuid:sheet_id>", "sheet", sheets.sheet, methods=["GET", "POST"])
blueprint.add_url_rule("/sheets/<uuid:sheet_id>/recusal", "recuse", sheets.recuse, methods=["GET", "POST"])
blueprint.add_url_rule("/sheets/<uuid:sheet_id>/materials/<code>", "material", paper.material)
blueprint.add_url_rule("/rounds/<uuid:round_id>/live", "live", live.judge)

staff_blueprint = Blueprint("committees", __name__, url_prefix="/staff/reviews")
staff_blueprint.add_url_rule("/seasons/<uuid:season_id>", "season", committees.season, methods=["GET", "POST"])
staff_blueprint.add_url_rule("/accounts", "accounts", accounts.index, methods=["GET", "POST"])
staff_blueprint.add_url_rule("/accounts/<uuid:grant_id>", "extend", accounts.extend, methods=["POST"])
staff_blueprint.add_url_rule("/committees/<uuid:committee_id>", "show", committees.show)
staff_blueprint.add_url_rule("/committees/<uuid:committee_id>/members", "seat", members.seat, methods=["POST"])
staff_blueprint.add_url_rule("/committees/<uuid:committee_id>/minutes", "minutes", members.minutes, methods=["POST"])
staff_blueprint.add_url_rule("/minutes/<uuid:minutes_id>", "paper", paper.minutes)
staff_blueprint.add_url_rule("/members/<uuid:member_id>", "member", members.leave, methods=["GET", "POST"])
staff_blueprint.add_url_rule("/committees/<uuid:committee_id>/rounds", "plan", committees.plan, methods=["POST"])
staff_blueprint.add_url_rule("/rounds/<uuid:round_id>", "round", rounds.show)
staff_blueprint.add_url_rule("/rounds/<uuid:round_id>/assignment", "assign", rounds.assign, methods=["POST"])
staff_blueprint.add_url_rule("/rounds/<uuid:round_id>/recusals", "recuse", recusals.record, methods=["GET", "POST"])
staff_blueprint.add_url_rule("/rounds/<uuid:round_id>/opening", "open", rounds.open_scores, methods=["POST"])
staff_blueprint.add_url_rule("/rounds/<uuid:round_id>/results", "results", rounds.results)
staff_blueprint.add_url_rule("/rounds/<uuid:round_id>/live", "live", live.stage)
staff_blueprint.add_url_rule("/rounds/<uuid:round_id>/live/next", "call", live.call, methods=["POST"])
staff_blueprint.add_url_rule("/rounds/<uuid:round_id>/live/<uuid:turn_id>/close", "close", live.close,
                             methods=["POST"])
