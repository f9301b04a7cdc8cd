"""对接: taking a challenge, inviting, talking, and the stages up to the contract."""

from flask import Blueprint

from web.engagements import acts, claims, openings, views

blueprint = Blueprint("engagements", __name__)
blueprint.add_url_rule("/engagements", "mine", views.mine)
blueprint.add_url_rule("/engagements/engagements.xlsx", "export", claims.export)
blueprint.add_url_rule("/engagements/claims/<uuid:claim_id>/confirm", "confirm_claim", claims.confirm, methods=["POST"])
blueprint.add_url_rule("/engagements/claims/<uuid:claim_id>/deny", "deny_claim", claims.deny, methods=["GET", "POST"])
blueprint.add_url_rule("/engagements/<uuid:engagement_id>", "show", views.show)
blueprint.add_url_rule("/engagements/<uuid:engagement_id>/messages", "say", views.say, methods=["POST"])
blueprint.add_url_rule("/engagements/<uuid:engagement_id>/accept", "accept", acts.accept, methods=["POST"])
blueprint.add_url_rule("/engagements/<uuid:engagement_id>/stage", "advance", acts.advance, methods=["POST"])
blueprint.add_url_rule("/engagements/<uuid:engagement_id>/end", "end", acts.end, methods=["GET", "POST"])
blueprint.add_url_rule("/demands/<uuid:demand_id>/take", "take", openings.take, methods=["GET", "POST"])
blueprint.add_url_rule("/engagements/invite", "invite", openings.invite, methods=["POST"])
